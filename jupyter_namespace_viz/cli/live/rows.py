"""What is there to show of each cell?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from jupyter_namespace_viz.cli.live.report_stream import SeenNotebook
from jupyter_namespace_viz.core.vocabulary import CellStatus, KernelState
from jupyter_namespace_viz.drawing.cell_titles import title
from jupyter_namespace_viz.protocol import reports

_MOST_REASONS = 5

LOOKS: dict[CellStatus, tuple[str, str]] = {
    "at_risk": ("at risk", "yellow"),
    "blocked": ("blocked", "red"),
    "empty": ("empty", "bright_black"),
    "fresh": ("fresh", "green"),
    "not_python": ("not Python", "bright_black"),
    "ready": ("ready", "cyan"),
    "stale": ("stale", "yellow"),
    "syntax_error": ("syntax error", "red"),
}
"""Word and colour of each status; a waiting cell has its own."""

KERNEL_STATES: dict[KernelState, str] = {
    "busy": "The kernel is busy.",
    "connecting": "The kernel has not answered yet.",
    "dead": "The kernel has ended.",
    "idle": "The kernel is idle.",
    "none": "There is no kernel.",
    "not_python": "The kernel does not speak Python.",
    "silent": "The kernel does not answer.",
    "starting": "The kernel is starting.",
    "unreachable": "The server cannot reach the kernel.",
}
"""What each state is, where the server does not say more."""


@dataclass(frozen=True, slots=True)
class CellRow:
    """One code cell: `number` counts from 1; `count` as Jupyter shows it, that of its last run in
    this kernel; `colour` is one of the eight that all terminals have, or grey."""

    number: int
    count: str
    status: str
    colour: str
    title: str
    reasons: tuple[str, ...]


def rows_of(seen: SeenNotebook) -> Iterator[CellRow]:
    """A row for each code cell, in document order."""
    for number, (cell, told) in enumerate(
        zip(seen.file.cells, seen.report.cells, strict=True), start=1
    ):
        status, colour = LOOKS[told.status]
        if told.waiting:
            status, colour = "waiting", "bright_black"
        elif told.blocked_by_import:
            status = "blocked: import"
        count = "[ ]" if told.execution_count is None else f"[{told.execution_count}]"
        yield CellRow(number, count, status, colour, title(cell.source, 60), _reasons(told))


def kernel_line(kernel: reports.Kernel) -> str:
    """The state of the kernel in a sentence, and whose Python it is."""
    sentence = kernel.message or KERNEL_STATES[kernel.state]
    return sentence if kernel.python is None else f"{sentence} {kernel.python}"


def _reasons(cell: reports.CellReport) -> tuple[str, ...]:
    """What is wrong, what keeps the cell from running first; nothing that is needed later only."""
    needs = sorted(
        (it for it in cell.needs if it.phase == "immediate" and it.status != "live"),
        key=lambda need: not need.certain,
    )
    sentences = [
        *([cell.message] if cell.message else []),
        *(need.message for need in needs if need.message),
        *(
            f"Line {it.line or 1}: {it.message}"
            for it in cell.problems
            if it.message != cell.message
        ),
    ]
    distinct = tuple(dict.fromkeys(sentences))
    if len(distinct) <= _MOST_REASONS:
        return distinct
    return (*distinct[:_MOST_REASONS], f"And {len(distinct) - _MOST_REASONS} more.")
