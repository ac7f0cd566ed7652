"""What would editing, moving or deleting a cell do to the others?"""

from __future__ import annotations

from collections.abc import Iterator

from jupyter_namespace_viz.agents.answers import Change, Effects
from jupyter_namespace_viz.agents.assessments import Assessed
from jupyter_namespace_viz.agents.errors import Unanswerable
from jupyter_namespace_viz.agents.notebook_state import shown
from jupyter_namespace_viz.agents.wording.bases import basis
from jupyter_namespace_viz.agents.wording.lines import (
    Line,
    cell_index,
    mention,
    texts_within_limit,
    within_limit,
)
from jupyter_namespace_viz.core.analysis.cell_names import Cell
from jupyter_namespace_viz.core.verdicts.verdict_types import CellVerdict
from jupyter_namespace_viz.notebook.assessment import Assessment

NUMBERED = ". After the colons, sentences number the cells as they would be then"
"""What to know of the lines where a change moves cells."""


def effects_of(
    assessed: Assessed,
    cell: str | int,
    change: Change,
    source: str | None,
    position: int | None,
) -> Effects:
    """How the assessment would differ after the change."""
    index = cell_index(assessed.graph, cell)
    cells, what = _changed_cells(assessed, index, change, source, position)
    before, after = assessed.assessment, assessed.changed(cells)
    lost = sorted({*after.lost_by_restart()}.difference(before.lost_by_restart()))
    return Effects(
        f"{mention(assessed.graph, index)} {what}{NUMBERED if change != 'edit' else ''}",
        within_limit(assessed.graph, _lines(before, after)),
        texts_within_limit(lost, most=600),
        basis(assessed),
    )


def _changed_cells(
    assessed: Assessed, index: int, change: Change, source: str | None, position: int | None
) -> tuple[list[Cell], str]:
    """The cells after the change, and the change in words."""
    cells = list(assessed.text.cells)
    cell = cells.pop(index)
    if change == "delete":
        return cells, "deleted"
    if change == "edit":
        if source is None:
            raise Unanswerable("The change edit needs source, the new text of the cell.")
        cells.insert(index, Cell(cell.id, source))
        return cells, "edited"
    if position is None or not 1 <= position <= len(cells) + 1:
        raise Unanswerable(f"The change move needs position, a number from 1 to {len(cells) + 1}.")
    cells.insert(position - 1, cell)
    return cells, f"moved to number {position}"


def _lines(before: Assessment, after: Assessment) -> Iterator[Line]:
    """A line per cell that would have another status."""
    then = {verdict.id: verdict for verdict in after.verdict.cells}
    for index, now in enumerate(before.verdict.cells):
        later = then.get(now.id)
        if later is not None and _status(now) != _status(later):
            why = f": {later.message}" if later.message else ""
            yield Line(index, _status(later), f"{_status(now)} → {_status(later)}{why}")


def _status(verdict: CellVerdict) -> str:
    return "not run yet" if verdict.waiting else shown(verdict.status)
