"""Which cells of a notebook need attention?"""

from __future__ import annotations

from collections import defaultdict

from jupyter_namespace_viz.agents.answers import NotebookState
from jupyter_namespace_viz.agents.assessments import Assessed
from jupyter_namespace_viz.agents.wording.bases import basis
from jupyter_namespace_viz.agents.wording.lines import Line, numbers, within_limit
from jupyter_namespace_viz.core.kernel_state.namespace import Run
from jupyter_namespace_viz.core.verdicts.cell_status import NotebookVerdict
from jupyter_namespace_viz.core.verdicts.verdict_types import CellVerdict
from jupyter_namespace_viz.core.vocabulary import CellStatus

URGENT: tuple[CellStatus, ...] = (
    "running",
    "queued",
    "failed",
    "syntax_error",
    "blocked",
    "at_risk",
    "stale",
)
"""The statuses of cells that have a line each, the most urgent first."""

MEANINGS: dict[str, str] = {
    "waiting": "not run yet, would raise now, but not once the cells above have run",
    "ready": "not run yet, would run",
    "fresh": "ran, and would give the same again",
    "empty": "empty",
    "not_python": "not Python",
}
"""What is said of the cells that have a line for all with the same status."""


def notebook_state(assessed: Assessed) -> NotebookState:
    """The state of the notebook, without what only waits."""
    verdict, graph = assessed.assessment.verdict, assessed.graph
    lines: list[Line] = []
    others: dict[str, list[int]] = defaultdict(list)
    for index, cell in enumerate(verdict.cells):
        if (cell.status in URGENT and not cell.waiting) or (
            cell.status == "ready" and perhaps_run(verdict, index) is not None
        ):
            lines.append(Line(index, shown(cell.status), f"{shown(cell.status)}{_why(cell)}"))
        else:
            others["waiting" if cell.waiting else cell.status].append(index)
    meanings = dict(MEANINGS)
    if verdict.context.is_running and not verdict.context.has_answered:
        meanings["ready"] = "would run; earlier runs are not known"
    order = {shown(status): rank for rank, status in enumerate((*URGENT, "ready"))}
    lines.sort(key=lambda it: order[it.kind])
    return NotebookState(
        str(verdict.summary),
        within_limit(graph, lines),
        [f"{_sentence(numbers(others[it]))}: {meanings[it]}" for it in meanings if others[it]],
        basis(assessed),
    )


def shown(status: str) -> str:
    """A status as a sentence has it."""
    return status.replace("_", " ")


def messages(cell: CellVerdict) -> list[str]:
    """The sentences on the cell, that of the cell first, without what does not concern its run."""
    found: list[str] = []
    for message in (cell.message, *(need.message for need in cell.needs if need.is_risk)):
        if message is not None and not any(message in known for known in found):
            found.append(str(message))
    return found


def perhaps_run(verdict: NotebookVerdict, index: int) -> Run | None:
    """The run that the cell or another one with its text has made; None where that is known."""
    return None if verdict.judge is None else verdict.judge.runs.perhaps_of(index)


def _why(cell: CellVerdict) -> str:
    """The sentence on the cell, and how many more there are."""
    found = messages(cell)
    more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
    return f": {found[0]}{more}" if found else ""


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
