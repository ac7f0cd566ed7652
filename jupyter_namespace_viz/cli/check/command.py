"""What are the arguments of `jupyter namespace-viz check`, and what is its exit status?"""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path

import click

from jupyter_namespace_viz.cli.arguments import (
    COULD_NOT_READ,
    FOUND_SOMETHING,
    KernelOptions,
    Search,
    format_options,
    kernel_options,
    output_option,
    quiet_option,
    search_arguments,
)
from jupyter_namespace_viz.cli.check.checker import KINDS
from jupyter_namespace_viz.cli.check.output import FORMATS, lines_as
from jupyter_namespace_viz.cli.check.parallel import check_files, suitable_jobs
from jupyter_namespace_viz.cli.check.progress import ProgressBar, Results
from jupyter_namespace_viz.cli.notebooks.paths import notebook_files
from jupyter_namespace_viz.cli.output import opened, write_line


def _kinds(
    context: click.Context,  # noqa: ARG001 - passed by click
    parameter: click.Parameter,  # noqa: ARG001
    given: tuple[str, ...],
) -> frozenset[str]:
    """The kinds of all lists, whose entries are separated by commas."""
    kinds = frozenset(kind.strip() for entry in given for kind in entry.split(","))
    for kind in sorted(kinds - set(KINDS)):
        raise click.BadParameter(f"{kind!r} is not one of {', '.join(KINDS)}.")
    return kinds


@click.command()
@search_arguments
@kernel_options
@click.option(
    "--names-only",
    is_flag=True,
    help="Without --python, know no environment: no module counts as not installed.",
)
@click.option(
    "--select",
    metavar="KINDS",
    multiple=True,
    callback=_kinds,
    help=f"Report only these kinds of findings: {', '.join(KINDS)}.",
)
@click.option(
    "--ignore",
    metavar="KINDS",
    multiple=True,
    callback=_kinds,
    help="Do not report these kinds of findings.",
)
@format_options(FORMATS, "How to print the findings.", default="text")
@output_option
@quiet_option
@click.option("--exit-zero", is_flag=True, help="Exit with 0 even when something was found.")
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="How many processes to use.  [default: as many as make it faster]",
)
@click.pass_context
def check(
    context: click.Context,
    search: Search,
    kernel: KernelOptions,
    names_only: bool,
    select: frozenset[str],
    ignore: frozenset[str],
    output_format: str,
    output: Path | None,
    quiet: bool,
    exit_zero: bool,
    jobs: int | None,
) -> None:
    """Print what Restart & Run All would raise, without running anything.

    Reported are: a name that is used before any cell defines it, that only a later cell defines or
    that a cell deletes; a module that the environment does not have, or that a file next to the
    notebook shadows; a cell whose text is not Python. What only some runs would raise is reported
    too, but does not affect the exit status.

    Folders are searched for .ipynb files; patterns such as "notebooks/**/*.ipynb" may be quoted,
    and - reads standard input. Percent scripts (.py) and markdown (.md) are read where jupytext is
    installed.

    Exit status: 0 when nothing is certain to be raised, 1 when something is, 2 when a file could
    not be read.
    """
    if os.environ.get("NO_COLOR"):
        context.color = False
    files = list(notebook_files(search.paths, search.exclude))
    kinds = (select or frozenset(KINDS)) - ignore
    options = replace(kernel, names_only=names_only)
    with opened(output) as stream, ProgressBar(len(files), quiet) as bar:
        checked = check_files(files, options, kinds, jobs or suitable_jobs(len(files)))
        results = Results(checked, bar, quiet or names_only)
        for line in lines_as(output_format, results):
            bar.clear()
            write_line(line, stream)
    if not quiet:
        click.echo(results.summary(), err=True)
    found = FOUND_SOMETHING if results.certain and not exit_zero else 0
    sys.exit(COULD_NOT_READ if results.unreadable else found)
