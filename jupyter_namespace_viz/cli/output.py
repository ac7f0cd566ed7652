"""Where does a command write its answer?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import click

from jupyter_namespace_viz.cli.arguments import COULD_NOT_READ

SCHEMA_VERSION = 1
"""The number in all JSON; it grows when a field is removed or means something else."""


class CouldNotWrite(click.ClickException):
    """The answer could not be made or written; the message says why."""

    exit_code = COULD_NOT_READ


@contextmanager
def opened(output: Path | None) -> Iterator[IO[str] | None]:
    """The file to write to, in UTF-8, or None for standard output; raises CouldNotWrite."""
    if output is None:
        yield None  # errors are those of a closed pipe, which click handles
        return
    try:
        with output.open("w", encoding="utf-8", errors="replace") as stream:
            yield stream
    except OSError as error:
        raise CouldNotWrite(f"{output} could not be written: {error.strerror}") from error


def write_line(line: str, stream: IO[str] | None, err: bool = False) -> None:
    """Write to the stream, or standard output or error; texts of cells need not be valid UTF-8."""
    click.echo(line.encode("utf-8", "replace").decode(), file=stream, err=err)
