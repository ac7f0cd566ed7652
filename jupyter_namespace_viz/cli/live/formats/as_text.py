"""How are live reports read in a file or a pipe? A line per cell; later the lines that changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

import click

from jupyter_namespace_viz.cli.live.live_report import LiveReport, Show
from jupyter_namespace_viz.cli.live.rows import CellRow, kernel_line, rows_of


@contextmanager
def showing(stream: IO[str] | None) -> Iterator[Show]:
    """Prints the first report whole, and of each later one the lines that the last did not have."""
    before: list[str] = []

    def show(live: LiveReport) -> None:
        nonlocal before
        lines = [live.report.summary.message, kernel_line(live.report.kernel)]
        lines += map(_line, rows_of(live))
        known = set(before)
        for line in lines:
            if line not in known:
                click.echo(line, file=stream)
        before = lines

    yield show


def _line(row: CellRow) -> str:
    text = " ".join(row.reasons) or row.title
    return f"cell {row.number:<4} {row.count:<6} {row.status:<15} {text}".rstrip()
