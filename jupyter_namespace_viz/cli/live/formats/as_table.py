"""How are live reports read on a terminal? As a table that is redrawn in place."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.box import SIMPLE_HEAD
from rich.console import Console, Group
from rich.live import Live
from rich.table import Table
from rich.text import Text

from jupyter_namespace_viz.cli.live.live_report import LiveReport, Show
from jupyter_namespace_viz.cli.live.rows import CellRow, kernel_line, rows_of


@contextmanager
def showing(console: Console) -> Iterator[Show]:
    """Prints each report as a table of its own."""

    def show(live: LiveReport) -> None:
        console.print(_table(live))

    yield show


@contextmanager
def redrawing(console: Console) -> Iterator[Show]:
    """Draws each report over the last one on the whole screen, cut off at its lower edge. In the
    end the screen is restored, and the last report printed below what was there."""
    screen = Live(console=console, screen=True, auto_refresh=False)
    last: LiveReport | None = None

    def show(live: LiveReport) -> None:
        nonlocal last
        last = live
        screen.start()
        screen.update(_table(live), refresh=True)

    try:
        with _calling_on_resize(screen.refresh):
            yield show
    finally:
        try:
            screen.stop()
            if last is not None:
                console.print(_table(last))
        except OSError:  # the terminal was closed; what is left in buffers must not fail at exit
            os.dup2(os.open(os.devnull, os.O_WRONLY), console.file.fileno())


@contextmanager
def _calling_on_resize(redraw: Callable[[], None]) -> Iterator[None]:
    """Windows has no signal for it: there the next report is drawn in the new size."""
    if sys.platform == "win32":
        yield
        return
    before = signal.signal(signal.SIGWINCH, lambda *_: redraw())
    try:
        yield
    finally:
        signal.signal(signal.SIGWINCH, before)


def _table(live: LiveReport) -> Group:
    table = Table("cell", "run", "status", "code, and what is missing", box=SIMPLE_HEAD)
    table.columns[0].justify = "right"
    for row in rows_of(live):
        table.add_row(str(row.number), row.count, Text(row.status, row.colour), _description(row))
    summary = Text(live.report.summary.message, "bold")
    return Group(summary, Text(kernel_line(live.report.kernel), "bright_black"), table)


def _description(row: CellRow) -> Text:
    """The cell's first line, and below it what is wrong."""
    return Text("\n").join([Text(row.title, "bright_black"), *map(Text, row.reasons)])
