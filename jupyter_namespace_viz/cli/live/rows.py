"""What does a live report show per cell, in words?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from jupyter_namespace_viz.cli.live.live_report import LiveReport
from jupyter_namespace_viz.core.vocabulary import CellStatus, KernelState
from jupyter_namespace_viz.drawing.cell_titles import title
from jupyter_namespace_viz.protocol import reports

_MAX_REASONS = 5

STATUS_STYLES: dict[CellStatus, tuple[str, str]] = {
    "at_risk": ("at risk", "yellow"),
    "blocked": ("blocked", "red"),
    "empty": ("empty", "bright_black"),
    "failed": ("failed", "red"),
    "fresh": ("fresh", "green"),
    "not_python": ("not Python", "bright_black"),
    "queued": ("queued", "cyan"),
    "ready": ("ready", "cyan"),
    "running": ("running", "cyan"),
    "stale": ("stale", "yellow"),
    "syntax_error": ("syntax error", "red"),
}
"""Word and colour of each status; cells that wait have their own."""

KERNEL_STATES: dict[KernelState, str] = {
    "busy": "The kernel is busy.",
    "connecting": "The kernel has not answered yet.",
    "dead": "The kernel has ended.",
    "idle": "The kernel is idle.",
    "none": "There is no kernel.",
    "not_python": "This is not a Python kernel.",
    "silent": "The kernel does not answer.",
    "starting": "The kernel is starting.",
    "unreachable": "The server cannot reach the kernel.",
}
"""A sentence per state, for reports in which the server does not write one."""


@dataclass(frozen=True, slots=True)
class CellRow:
    """One code cell. `number` counts code cells from 1; `count` is the execution count of the last
    run in this kernel, as Jupyter shows it; `colour` is one of the eight of all terminals, or
    grey."""

    number: int
    count: str
    status: str
    colour: str
    title: str
    reasons: tuple[str, ...]


def rows_of(live: LiveReport) -> Iterator[CellRow]:
    """A row per code cell, in document order."""
    for number, (cell, report) in enumerate(
        zip(live.file.cells, live.report.cells, strict=True), start=1
    ):
        status, colour = STATUS_STYLES[report.status]
        if report.waiting:
            status, colour = "not run yet", "bright_black"
        elif report.blocked_by_import:
            status = "blocked: import"
        count = "[ ]" if report.execution_count is None else f"[{report.execution_count}]"
        yield CellRow(number, count, status, colour, title(cell.source, 60), _reasons(report))


def kernel_line(kernel: reports.Kernel) -> str:
    """The state of the kernel in a sentence, and the path of its Python."""
    sentence = kernel.message or KERNEL_STATES[kernel.state]
    return sentence if kernel.python is None else f"{sentence} {kernel.python}"


def _reasons(cell: reports.CellReport) -> tuple[str, ...]:
    """What is wrong with the cell, errors that are certain first; names that only functions read
    later are left out."""
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
    if len(distinct) <= _MAX_REASONS:
        return distinct
    return (*distinct[:_MAX_REASONS], f"And {len(distinct) - _MAX_REASONS} more.")
