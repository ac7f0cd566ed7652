"""Which format suits where the output goes?"""

from __future__ import annotations

from contextlib import AbstractContextManager

from rich.console import Console

from jupyter_namespace_viz.cli.live.formats import as_json, as_lines, as_table
from jupyter_namespace_viz.cli.live.report_stream import Show


def chosen_format(wants_json: bool, watch: bool) -> AbstractContextManager[Show]:
    """JSON where that is asked for, a table on a terminal, else lines."""
    if wants_json:
        return as_json.showing()
    console = Console(highlight=False)
    if not console.is_terminal:
        return as_lines.showing()
    return as_table.redrawing(console) if watch else as_table.showing(console)
