"""What does `jupyter namespace-viz graph` take, and how does it end?"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from jupyter_namespace_viz.cli.arguments import COULD_NOT_READ, KernelOptions, kernel_options
from jupyter_namespace_viz.cli.graph.drawn import drawn
from jupyter_namespace_viz.cli.graph.formats.registry import FORMATS, format_for, write
from jupyter_namespace_viz.cli.notebooks.reader import NotebookReader


@click.command()
@click.argument("notebook", type=click.Path(path_type=Path))
@kernel_options
@click.option(
    "--format",
    "output_format",
    type=click.Choice(list(FORMATS)),
    help="How to draw it.  [default: as the name of FILE ends, else text]",
)
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

    What a cell takes from a cell further down is marked: it is out of order, unless only functions
    read it that may be called later. SVG needs pip install 'jupyter_namespace_viz[graph]'.

    Exit status: 0, or 2 when the file could not be read or the graph not be drawn.
    """
    reader = NotebookReader([notebook], kernel)
    for read in reader:
        write(drawn(read), output_format or format_for(output), output)
    sys.exit(COULD_NOT_READ if reader.failed else 0)
