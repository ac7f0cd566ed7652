"""How does it read on a screen? As a table that is drawn anew in place."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.box import SIMPLE_HEAD
from rich.console import Console, Group
from rich.live import Live
from rich.table import Table
from rich.text import Text

from jupyter_namespace_viz.cli.live.report_stream import SeenNotebook, Show
from jupyter_namespace_viz.cli.live.rows import CellRow, kernel_line, rows_of


@contextmanager
def showing(console: Console) -> Iterator[Show]:
    """Each report is printed as a table of its own."""

    def show(seen: SeenNotebook) -> None:
        console.print(_drawn(seen))

    yield show


@contextmanager
def redrawing(console: Console) -> Iterator[Show]:
    """Each report takes the whole screen, as far down as that goes; the last one stays."""
    screen = Live(console=console, screen=True, auto_refresh=False)
    last: SeenNotebook | None = None

    def show(seen: SeenNotebook) -> None:
        nonlocal last
        last = seen
        screen.start()
        screen.update(_drawn(seen), refresh=True)

    try:
        with _calling_on_resize(screen.refresh):
            yield show
    finally:
        screen.stop()
        if last is not None:
            console.print(_drawn(last))


@contextmanager
def _calling_on_resize(redraw: Callable[[], None]) -> Iterator[None]:
    """Windows has no such signal: there the next report brings it right."""
    if sys.platform == "win32":
        yield
        return
    before = signal.signal(signal.SIGWINCH, lambda *_: redraw())
    try:
        yield
    finally:
        signal.signal(signal.SIGWINCH, before)


def _drawn(seen: SeenNotebook) -> Group:
    table = Table("cell", "run", "status", "what it is, and what it lacks", box=SIMPLE_HEAD)
    table.columns[0].justify = "right"
    for row in rows_of(seen):
        table.add_row(str(row.number), row.count, Text(row.status, row.colour), _told(row))
    summary = Text(seen.report.summary.message, "bold")
    return Group(summary, Text(kernel_line(seen.report.kernel), "bright_black"), table)


def _told(row: CellRow) -> Text:
    """The cell's first line, and below it what is wrong."""
    return Text("\n").join([Text(row.title, "bright_black"), *map(Text, row.reasons)])
