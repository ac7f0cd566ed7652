"""What are the arguments of `jupyter namespace-viz names`, and what is its exit status?"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from jupyter_namespace_viz.cli.arguments import (
    COULD_NOT_READ,
    KernelOptions,
    format_options,
    kernel_options,
    notebooks_argument,
)
from jupyter_namespace_viz.cli.names.formats import FORMATS
from jupyter_namespace_viz.cli.notebooks.paths import notebook_files
from jupyter_namespace_viz.cli.notebooks.reader import NotebookReader


@click.command()
@notebooks_argument
@kernel_options
@format_options(FORMATS, "How to print it: for people, or as one JSON object.", default="text")
def names(notebooks: tuple[Path, ...], kernel: KernelOptions, output_format: str) -> None:
    """Print what each cell defines and needs, and which cell provides it.

    Exit status: 0, or 2 when a file could not be read.
    """
    reader = NotebookReader(notebook_files(notebooks), kernel)
    for line in FORMATS[output_format](reader):
        click.echo(line.encode("utf-8", "replace").decode())
    sys.exit(COULD_NOT_READ if reader.failed else 0)
