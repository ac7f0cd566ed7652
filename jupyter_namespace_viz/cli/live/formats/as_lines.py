"""How does it read in a file or a pipe? A line a cell, which `grep` finds; later what changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click

from jupyter_namespace_viz.cli.live.report_stream import SeenNotebook, Show
from jupyter_namespace_viz.cli.live.rows import CellRow, kernel_line, rows_of


@contextmanager
def showing() -> Iterator[Show]:
    """The first report is printed whole, of the following ones the lines that are not as before."""
    before: list[str] = []

    def show(seen: SeenNotebook) -> None:
        nonlocal before
        lines = [seen.report.summary.message, kernel_line(seen.report.kernel)]
        lines += map(_line, rows_of(seen))
        known = set(before)
        for line in lines:
            if line not in known:
                click.echo(line)
        before = lines

    yield show


def _line(row: CellRow) -> str:
    told = " ".join(row.reasons) or row.title
    return f"cell {row.number:<4} {row.count:<6} {row.status:<15} {told}".rstrip()
