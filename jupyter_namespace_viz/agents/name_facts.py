"""What is known of one name, and why is it as it is?"""

from __future__ import annotations

from collections.abc import Iterator

from jupyter_namespace_viz.agents.answers import NameFacts
from jupyter_namespace_viz.agents.assessments import Assessed
from jupyter_namespace_viz.agents.errors import Unanswerable
from jupyter_namespace_viz.agents.notebook_state import shown
from jupyter_namespace_viz.agents.wording.bases import basis
from jupyter_namespace_viz.agents.wording.lines import Line, within_limit
from jupyter_namespace_viz.core.analysis.builtin_names import BUILTINS, is_predefined
from jupyter_namespace_viz.core.kernel_state.namespace import HeldName
from jupyter_namespace_viz.core.verdicts.name_table import NameRow


def name_facts(assessed: Assessed, name: str) -> NameFacts:
    """The row of the name, and the cells that need it."""
    graph = assessed.graph
    name = name.strip().partition(".")[0]
    rows = assessed.assessment.name_table().rows
    row = next((it for it in rows if it.name == name), None)
    needed_by = list(_needs(assessed, name))
    if row is None and not needed_by:
        namespace = assessed.assessment.verdict.context.namespace
        if is_predefined(name, namespace.builtins or BUILTINS):
            raise Unanswerable(f"`{name}` is built in, and no cell defines it.")
        raise Unanswerable(f"No cell defines or needs `{name}`, and the kernel does not hold it.")
    indexes = [graph.index_of[it] for it in (() if row is None else row.providers)]
    return NameFacts(
        name,
        needed_by[0].kind if row is None else shown(row.status),
        None if row is None or row.message is None else str(row.message),
        None if row is None or row.held is None else _held(row, row.held),
        within_limit(graph, (Line(it, "defined by", "defines it") for it in indexes), most=800),
        within_limit(graph, needed_by, most=2_400),
        basis(assessed),
    )


def _needs(assessed: Assessed, name: str) -> Iterator[Line]:
    """A line per cell that needs the name, with the sentence where something is wrong."""
    for index, cell in enumerate(assessed.assessment.verdict.cells):
        need = next((it for it in cell.needs if it.name == name), None)
        if need is not None:
            via = f" (through `{need.via}`)" if need.via else ""
            why = f": {need.message}" if need.message else ""
            yield Line(index, shown(need.status), f"{shown(need.status)}{via}{why}")


def _held(row: NameRow, held: HeldName) -> str:
    """What the kernel holds, by its type, and who bound it."""
    kind = f"{held.kind} {held.module}" if held.kind == "module" else f"{held.kind}: {held.type}"
    return f"{kind}, bound by {row.binder}" if row.binder else kind
