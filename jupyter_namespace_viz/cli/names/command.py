"""What are the arguments of `jupyter namespace-viz names`, and what is its exit status?"""

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
from jupyter_namespace_viz.cli.names.formats import FORMATS
from jupyter_namespace_viz.cli.notebooks.paths import notebook_files
from jupyter_namespace_viz.cli.notebooks.reader import NotebookReader
from jupyter_namespace_viz.cli.output import opened, write_line


@click.command()
@search_arguments
@kernel_options
@format_options(FORMATS, "How to print it: for people, or as one JSON object.", default="text")
@output_option
@quiet_option
def names(
    search: Search,
    kernel: KernelOptions,
    output_format: str,
    output: Path | None,
    quiet: bool,  # noqa: ARG001 - an option of all commands; this one prints nothing but errors
) -> None:
    """Print what each cell defines and needs, and which cell provides it.

    Folders are searched for .ipynb files; patterns such as "notebooks/**/*.ipynb" may be quoted,
    and - reads standard input.

    Exit status: 0, or 2 when a file could not be read.
    """
    reader = NotebookReader(notebook_files(search.paths, search.exclude), kernel)
    with opened(output) as stream:
        for line in FORMATS[output_format](reader):
            write_line(line, stream)
    sys.exit(COULD_NOT_READ if reader.failed else 0)
