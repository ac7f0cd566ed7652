"""How is a notebook's running kernel found, and asked once or again and again?"""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from dataclasses import dataclass, field
from pathlib import Path

import click

from jupyter_namespace_viz.cli.live.kernels import FoundKernel, find_kernel
from jupyter_namespace_viz.cli.live.report_stream import SeenNotebook, Show, report_on, reports_on
from jupyter_namespace_viz.cli.live.servers import servers_to_ask
from jupyter_namespace_viz.cli.notebooks.notebook_file import read_notebook_file


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked on the command line; None is what was not."""

    notebook: Path
    kernel_id: str | None = None
    url: str | None = None
    token: str | None = field(default=None, repr=False)


def ask(question: Question, show: Show) -> SeenNotebook:
    """Shows the report as of now; raises CannotTell or UnreadableNotebook."""

    async def once() -> SeenNotebook:
        seen = await report_on(question.notebook, await _kernel_for(question))
        show(seen)
        return seen

    return asyncio.run(once())


def watch(question: Question, show: Show) -> SeenNotebook | None:
    """Shows each report until Ctrl-C, and returns the last one; raises as `ask` does."""
    last: SeenNotebook | None = None

    async def again_and_again() -> None:
        nonlocal last
        kernel = await _kernel_for(question)
        follow = question.kernel_id is None
        async with aclosing(reports_on(question.notebook, kernel, follow)) as reports:
            async for last in reports:
                show(last)

    try:
        asyncio.run(again_and_again())
    except KeyboardInterrupt:
        return last
    raise AssertionError("reports end with an error only")


async def _kernel_for(question: Question) -> FoundKernel:
    read_notebook_file(question.notebook)  # what is no notebook is told before anything else
    servers = servers_to_ask(question.notebook, question.url, question.token)
    kernel = await find_kernel(servers, question.notebook, question.kernel_id)
    if len(servers) > 1:
        click.echo(
            f"{len(servers)} Jupyter servers run here; {kernel.api.server.url} it is.", err=True
        )
    return kernel
