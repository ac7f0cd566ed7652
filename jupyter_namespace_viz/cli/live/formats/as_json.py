"""How do programs read it? As the REST API's answer to `POST report`, one object a line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click

from jupyter_namespace_viz.cli.live.report_stream import SeenNotebook, Show
from jupyter_namespace_viz.protocol import codec


@contextmanager
def showing() -> Iterator[Show]:
    """Each report is printed whole."""

    def show(seen: SeenNotebook) -> None:
        click.echo(codec.encode(seen.report).decode())

    yield show
