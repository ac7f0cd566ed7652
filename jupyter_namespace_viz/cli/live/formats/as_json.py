"""How do programs read live reports? As the REST API's answer to `POST report`, one per line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

import click

from jupyter_namespace_viz.cli.live.live_report import LiveReport, Show
from jupyter_namespace_viz.cli.output import SCHEMA_VERSION
from jupyter_namespace_viz.protocol import codec


@contextmanager
def showing(stream: IO[str] | None) -> Iterator[Show]:
    """Prints each report whole."""

    def show(live: LiveReport) -> None:
        answer = codec.encode(live.report).decode()
        click.echo(f'{{"schema_version":{SCHEMA_VERSION},{answer[1:]}', file=stream)

    yield show
