"""What does `jupyter namespace-viz check` take, and how does it end?"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import click
from tqdm import tqdm

from jupyter_namespace_viz.cli.arguments import (
    COULD_NOT_READ,
    KernelOptions,
    kernel_options,
    notebooks_argument,
)
from jupyter_namespace_viz.cli.check.checker import CheckedNotebook
from jupyter_namespace_viz.cli.check.formats.registry import FORMATS, Format, chosen_format
from jupyter_namespace_viz.cli.check.parallel import check_files, suitable_jobs
from jupyter_namespace_viz.cli.notebooks.notebook_file import UnreadableNotebook, notebook_files

FOUND_SOMETHING = 1


@click.command()
@notebooks_argument
@kernel_options
@click.option(
    "--format",
    "lines_of",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    callback=chosen_format,
    help="How to tell what was found.",
)
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="How many processes to use.  [default: as many as it pays to start]",
)
@click.pass_context
def check(
    context: click.Context,
    notebooks: tuple[Path, ...],
    kernel: KernelOptions,
    lines_of: Format,
    jobs: int | None,
) -> None:
    """Print what Restart & Run All would raise, without running anything.

    A name that is used before any cell defines it, that only a later cell defines or that a cell
    deletes; a module that the environment does not have, or that a file beside the notebook
    shadows; text that is no Python. What might be raised on some path only is told and does not
    count.

    Folders are searched for .ipynb files; patterns such as "notebooks/**/*.ipynb" may be quoted.
    Percent scripts (.py) and markdown (.md) are read where jupytext is installed.

    Exit status: 0 when nothing is certain to be raised, 1 when something is, 2 when a file could
    not be read.
    """
    if os.environ.get("NO_COLOR"):
        context.color = False
    files = list(notebook_files(notebooks))
    with _Output(len(files)) as output:
        results = _Results(check_files(files, kernel, jobs or suitable_jobs(len(files))), output)
        for line in lines_of(results):
            output.print(line)
    click.echo(_summary(results), err=True)
    found = FOUND_SOMETHING if results.certain else 0
    sys.exit(COULD_NOT_READ if results.unreadable else found)


class _Output(tqdm):  # type: ignore[type-arg]
    """A bar on standard error that shows how far it is, if that is a terminal and it takes long;
    lines are printed in its place."""

    monitor_interval = 0  # no thread, which processes that are forked could not do with

    def __init__(self, files: int) -> None:
        super().__init__(total=files, unit=" notebooks", delay=1, leave=False, disable=None)

    def print(self, line: str, err: bool = False) -> None:
        self.clear()
        click.echo(line, err=err)


@dataclass
class _Results:
    """The checked notebooks as they come, counted; what could not be read is named."""

    results: Iterable[CheckedNotebook | UnreadableNotebook]
    output: _Output
    checked: int = 0
    certain: int = 0
    unreadable: int = 0

    def __iter__(self) -> Iterator[CheckedNotebook]:
        for result in self.results:
            self.output.update()
            if isinstance(result, UnreadableNotebook):
                self.unreadable += 1
                self.output.print(str(result), err=True)
            else:
                self.checked += 1
                self.certain += sum(finding.certain for finding in result.findings)
                yield result


def _summary(results: _Results) -> str:
    files = "1 notebook" if results.checked == 1 else f"{results.checked} notebooks"
    if not results.checked:
        return "No notebook was checked."
    if not results.certain:
        return f"{files} checked: nothing is certain to be raised."
    errors = "1 error" if results.certain == 1 else f"{results.certain} errors"
    return f"{files} checked: {errors} would be raised."
