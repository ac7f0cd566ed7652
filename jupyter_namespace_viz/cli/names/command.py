"""What does `jupyter namespace-viz names` take, and how does it end?"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from jupyter_namespace_viz.cli.arguments import (
    COULD_NOT_READ,
    KernelOptions,
    kernel_options,
    notebooks_argument,
)
from jupyter_namespace_viz.cli.names.output import names_as_json, names_as_text
from jupyter_namespace_viz.cli.notebooks.notebook_file import notebook_files
from jupyter_namespace_viz.cli.notebooks.reader import NotebookReader


@click.command()
@notebooks_argument
@kernel_options
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for all notebooks.")
def names(notebooks: tuple[Path, ...], kernel: KernelOptions, as_json: bool) -> None:
    """Print what each cell defines and needs, and which cell provides it.

    Exit status: 0, or 2 when a file could not be read.
    """
    reader = NotebookReader(notebook_files(notebooks), kernel)
    if as_json:
        for line in names_as_json(iter(reader)):
            click.echo(line)
    else:
        for notebook in reader:
            for line in names_as_text(notebook):
                click.echo(line)
    sys.exit(COULD_NOT_READ if reader.failed else 0)
