"""What does `jupyter namespace-viz check` take, and how does it end?"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from jupyter_namespace_viz.cli.arguments import COULD_NOT_READ, notebooks_argument, python_option
from jupyter_namespace_viz.cli.check import CheckedNotebook, check_notebook
from jupyter_namespace_viz.cli.formats.choice import FORMATS, Format, chosen_format
from jupyter_namespace_viz.cli.notebook_file import notebook_files
from jupyter_namespace_viz.cli.reading import NotebookReader

FOUND_SOMETHING = 1


@click.command()
@notebooks_argument
@python_option
@click.option(
    "--format",
    "lines_of",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    callback=chosen_format,
    help="How to tell what was found.",
)
def check(notebooks: tuple[Path, ...], python: str | None, lines_of: Format) -> None:
    """Print what Restart & Run All would raise, without running anything.

    A name that is used before any cell defines it, that only a later cell defines or that a cell
    deletes; a module that the environment does not have; text that is no Python. Folders are
    searched for notebooks. What might be raised on some path only is told and does not count.

    Exit status: 0 when nothing is certain to be raised, 1 when something is, 2 when a file could
    not be read.
    """
    reader = NotebookReader(notebook_files(notebooks), python)
    checked: list[CheckedNotebook] = []

    def results() -> Iterator[CheckedNotebook]:
        for read in reader:
            checked.append(check_notebook(read))
            yield checked[-1]

    for line in lines_of(results()):
        click.echo(line)
    certain = sum(finding.certain for one in checked for finding in one.findings)
    click.echo(_summary(len(checked), certain), err=True)
    sys.exit(COULD_NOT_READ if reader.failed else FOUND_SOMETHING if certain else 0)


def _summary(notebooks: int, certain: int) -> str:
    files = "1 notebook" if notebooks == 1 else f"{notebooks} notebooks"
    if not certain:
        return f"{files} checked: nothing is certain to be raised."
    errors = "1 error" if certain == 1 else f"{certain} errors"
    return f"{files} checked: {errors} would be raised."
