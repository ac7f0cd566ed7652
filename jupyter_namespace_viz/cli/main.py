"""What can be asked on the command line? (`jupyter namespace-viz`)"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from jupyter_namespace_viz.cli.names import names_as_json, names_as_text
from jupyter_namespace_viz.cli.notebook_file import (
    NotebookFile,
    UnreadableNotebook,
    read_notebook_file,
)

COULD_NOT_READ = 2


@click.group(name="jupyter namespace-viz")
@click.version_option(package_name="jupyter_namespace_viz")
def main() -> None:
    """Tell which notebook cells provide and need which names."""


@main.command()
@click.argument(
    "notebooks", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="NOTEBOOK..."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for all notebooks.")
def names(notebooks: tuple[Path, ...], as_json: bool) -> None:
    """Print what each cell defines and needs, and which cell provides it.

    Exit status: 0, or 2 when a file could not be read.
    """
    files = _Files(notebooks)
    if as_json:
        for line in names_as_json(iter(files)):
            click.echo(line)
    else:
        for file in files:
            for line in names_as_text(file):
                click.echo(line)
    sys.exit(COULD_NOT_READ if files.failed else 0)


class _Files:
    """The notebooks that can be read; the others are named on standard error."""

    def __init__(self, paths: tuple[Path, ...]) -> None:
        self._paths = paths
        self.failed = False

    def __iter__(self) -> Iterator[NotebookFile]:
        for path in self._paths:
            try:
                yield read_notebook_file(path)
            except UnreadableNotebook as error:
                self.failed = True
                click.echo(str(error), err=True)
