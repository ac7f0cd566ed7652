"""What are the arguments of `jupyter namespace-viz graph`, and what is its exit status?"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from jupyter_namespace_viz.cli.arguments import (
    COULD_NOT_READ,
    KernelOptions,
    format_options,
    kernel_options,
)
from jupyter_namespace_viz.cli.graph.output import FORMATS, format_for, write
from jupyter_namespace_viz.cli.notebooks.reader import NotebookReader
from jupyter_namespace_viz.drawing.model import drawing_of


@click.command()
@click.argument("notebook", type=click.Path(path_type=Path))
@kernel_options
@format_options(FORMATS, "How to draw it.  [default: by the suffix of FILE, else text]")
@click.option(
    "--output",
    metavar="FILE",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Where to write it.  [default: standard output]",
)
def graph(
    notebook: Path, kernel: KernelOptions, output_format: str | None, output: Path | None
) -> None:
    """Draw which cell provides which names to which other cell.

    Names that a cell takes from a cell further down are marked: they are out of order, unless only
    functions read them, which may be called later. SVG needs
    pip install 'jupyter_namespace_viz[graph]'.

    Exit status: 0, or 2 when the file could not be read or the graph could not be drawn.
    """
    reader = NotebookReader([notebook], kernel)
    for read in reader:
        write(read.file, drawing_of(read.graph), output_format or format_for(output), output)
    sys.exit(COULD_NOT_READ if reader.failed else 0)
