"""Which imports of a notebook are not available in its kernel?"""

from __future__ import annotations

from jupyter_namespace_viz.agents.answers import ImportStates
from jupyter_namespace_viz.agents.assessments import Assessed
from jupyter_namespace_viz.agents.notebook_state import shown
from jupyter_namespace_viz.agents.wording.bases import basis
from jupyter_namespace_viz.agents.wording.lines import Line, within_limit
from jupyter_namespace_viz.core.verdicts.import_table import ImportRow


def import_states(assessed: Assessed) -> ImportStates:
    """A line for each import that is not live, and the others in one text."""
    graph, rows = assessed.graph, assessed.assessment.import_table
    lines = [
        Line(graph.index_of[row.cell], shown(row.state), _text(row))
        for row in rows
        if row.state != "live"
    ]
    live = sorted(
        {row.name if row.name != "*" else row.module for row in rows if row.state == "live"}
    )
    return ImportStates(within_limit(graph, lines), _listed(live), basis(assessed))


def _text(row: ImportRow) -> str:
    """The import, its state, the sentence on it, and the package to install."""
    why = f": {row.message}" if row.message else ""
    package = f" Package: {row.distribution}." if row.distribution else ""
    return f"{shown(row.state)}: {row.code}{why}{package}"


def _listed(names: list[str], most: int = 60) -> str:
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more
