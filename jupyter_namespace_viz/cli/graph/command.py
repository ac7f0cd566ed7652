"""What are the arguments of `jupyter namespace-viz graph`, and what is its exit status?"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from jupyter_namespace_viz.cli.arguments import (
    COULD_NOT_READ,
    KernelOptions,
    Search,
    format_options,
    kernel_options,
    output_option,
    quiet_option,
    search_arguments,
)
from jupyter_namespace_viz.cli.graph.drawings import FORMATS, ONE_PER_FILE, drawings_as, format_for
from jupyter_namespace_viz.cli.notebooks.paths import notebook_files
from jupyter_namespace_viz.cli.notebooks.reader import NotebookReader
from jupyter_namespace_viz.cli.output import opened


@click.command()
@search_arguments
@kernel_options
@format_options(FORMATS, "How to draw it.  [default: by the suffix of FILE, else text]")
@output_option
@quiet_option
def graph(
    search: Search,
    kernel: KernelOptions,
    output_format: str | None,
    output: Path | None,
    quiet: bool,
) -> None:
    """Draw which cell provides which names to which other cell.

    Names that a cell takes from a cell further down are marked: they are out of order, unless only
    functions read them, which may be called later. SVG needs
    pip install 'jupyter_namespace_viz[graph]'.

    Folders are searched for .ipynb files; patterns such as "notebooks/**/*.ipynb" may be quoted,
    and - reads standard input. Mermaid and SVG draw one notebook.

    Exit status: 0, or 2 when a file could not be read or the graph could not be drawn.
    """
    chosen = output_format or format_for(output)
    files = list(notebook_files(search.paths, search.exclude))
    if chosen in ONE_PER_FILE and len(files) > 1:
        raise click.UsageError(f"--format {chosen} draws one notebook, not {len(files)}.")
    reader = NotebookReader(files, kernel)
    texts = list(drawings_as(chosen, reader, quiet))
    if texts:  # what could not be drawn overwrites no file
        with opened(output) as stream:
            click.echo("".join(texts).encode(), file=stream, nl=False)
    sys.exit(COULD_NOT_READ if reader.failed else 0)
