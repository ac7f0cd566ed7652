"""How is a notebook's kernel found, and its reports shown, once or until a signal?"""

from __future__ import annotations

import asyncio
from contextlib import AbstractContextManager, aclosing
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import click
from rich.console import Console

from jupyter_namespace_viz.cli.arguments import COULD_NOT_READ, FOUND_SOMETHING
from jupyter_namespace_viz.cli.live.errors import LiveError
from jupyter_namespace_viz.cli.live.formats import as_json, as_table, as_text
from jupyter_namespace_viz.cli.live.kernels import FoundKernel, find_kernel
from jupyter_namespace_viz.cli.live.live_report import LiveReport, Show, report_on
from jupyter_namespace_viz.cli.live.report_stream import reports_on
from jupyter_namespace_viz.cli.live.servers import candidate_servers
from jupyter_namespace_viz.cli.live.termination import ended_by_signals
from jupyter_namespace_viz.cli.notebooks.notebook_file import (
    UnreadableNotebook,
    read_notebook_file,
)


@dataclass(frozen=True, slots=True)
class Target:
    """The notebook, and the kernel and server that the arguments name; None where they do not.

    `quiet` is whether only errors are printed on standard error.
    """

    notebook: Path
    kernel_id: str | None = None
    url: str | None = None
    token: str | None = field(default=None, repr=False)
    quiet: bool = False


def run(
    target: Target,
    output_format: str | None,
    keep_watching: bool,
    stream: IO[str] | None = None,
) -> int:
    """Shows one report, or each until a signal, on the stream or on standard output; returns the
    exit status."""
    last: LiveReport | None
    try:
        if keep_watching:
            with ended_by_signals(), _showing(output_format, stream, redraw=True) as show:
                last = watch(target, show)
        else:
            with _showing(output_format, stream, redraw=False) as show:
                last = report_once(target, show)
    except (LiveError, UnreadableNotebook) as error:
        click.echo(str(error), err=True)
        return COULD_NOT_READ
    if last is not None and last.is_blocked:
        return FOUND_SOMETHING
    return 0 if last is not None and last.is_conclusive else COULD_NOT_READ


def report_once(target: Target, show: Show) -> LiveReport:
    """Shows the report at this moment; raises LiveError or UnreadableNotebook."""

    async def once() -> LiveReport:
        report = await report_on(target.notebook, await _kernel_for(target))
        show(report)
        return report

    return asyncio.run(once())


def watch(target: Target, show: Show) -> LiveReport | None:
    """Shows each report until a KeyboardInterrupt, and returns the last one, None if there was
    none; raises as `report_once` does."""
    last: LiveReport | None = None

    async def follow_reports() -> None:
        nonlocal last
        kernel = await _kernel_for(target)
        follow = target.kernel_id is None
        async with aclosing(reports_on(target.notebook, kernel, follow)) as reports:
            async for last in reports:
                show(last)

    try:
        asyncio.run(follow_reports())
    except KeyboardInterrupt:
        return last
    raise AssertionError("the stream of reports ends only with an error")


async def _kernel_for(target: Target) -> FoundKernel:
    read_notebook_file(target.notebook)  # an unreadable notebook is reported first
    servers = candidate_servers(target.notebook, target.url, target.token)
    kernel = await find_kernel(servers, target.notebook, target.kernel_id)
    if len(servers) > 1 and not target.quiet:
        click.echo(
            f"{len(servers)} Jupyter servers run here; {kernel.api.server.url} it is.", err=True
        )
    return kernel


def _showing(
    output_format: str | None, stream: IO[str] | None, redraw: bool
) -> AbstractContextManager[Show]:
    """The named format; by default a table on a terminal and text elsewhere."""
    console = Console(highlight=False, file=stream)
    chosen = output_format or ("table" if console.is_terminal else "text")
    if chosen == "json":
        return as_json.showing(stream)
    if chosen == "text":
        return as_text.showing(stream)
    return (
        as_table.redrawing(console) if redraw and console.is_terminal else as_table.showing(console)
    )
