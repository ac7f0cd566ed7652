"""How do programs read live reports? As the REST API's answer to `POST report`, one per line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click

from jupyter_namespace_viz.cli.live.live_report import LiveReport, Show
from jupyter_namespace_viz.protocol import codec


@contextmanager
def showing() -> Iterator[Show]:
    """Prints each report whole."""

    def show(live: LiveReport) -> None:
        click.echo(codec.encode(live.report).decode())

    yield show
