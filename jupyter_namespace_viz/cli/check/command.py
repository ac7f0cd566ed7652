"""What are the arguments of `jupyter namespace-viz check`, and what is its exit status?"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from jupyter_namespace_viz.cli.arguments import (
    COULD_NOT_READ,
    FOUND_SOMETHING,
    KernelOptions,
    format_options,
    kernel_options,
    notebooks_argument,
)
from jupyter_namespace_viz.cli.check.output import FORMATS, lines_as
from jupyter_namespace_viz.cli.check.parallel import check_files, suitable_jobs
from jupyter_namespace_viz.cli.check.progress import ProgressBar, Results
from jupyter_namespace_viz.cli.notebooks.paths import notebook_files


@click.command()
@notebooks_argument
@kernel_options
@format_options(FORMATS, "How to print the findings.", default="text")
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="How many processes to use.  [default: as many as make it faster]",
)
@click.pass_context
def check(
    context: click.Context,
    notebooks: tuple[Path, ...],
    kernel: KernelOptions,
    output_format: str,
    jobs: int | None,
) -> None:
    """Print what Restart & Run All would raise, without running anything.

    Reported are: a name that is used before any cell defines it, that only a later cell defines or
    that a cell deletes; a module that the environment does not have, or that a file next to the
    notebook shadows; a cell whose text is not Python. What only some runs would raise is reported
    too, but does not affect the exit status.

    Folders are searched for .ipynb files; patterns such as "notebooks/**/*.ipynb" may be quoted.
    Percent scripts (.py) and markdown (.md) are read where jupytext is installed.

    Exit status: 0 when nothing is certain to be raised, 1 when something is, 2 when a file could
    not be read.
    """
    if os.environ.get("NO_COLOR"):
        context.color = False
    files = list(notebook_files(notebooks))
    with ProgressBar(len(files)) as bar:
        results = Results(check_files(files, kernel, jobs or suitable_jobs(len(files))), bar)
        for line in lines_as(output_format, results):
            bar.print(line)
    click.echo(results.summary(), err=True)
    found = FOUND_SOMETHING if results.certain else 0
    sys.exit(COULD_NOT_READ if results.unreadable else found)
