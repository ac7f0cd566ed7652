"""What can be asked on the command line? (`jupyter namespace-viz`)"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from jupyter_namespace_viz.cli.check import as_github, as_json, as_text, check_notebook
from jupyter_namespace_viz.cli.names import names_as_json, names_as_text
from jupyter_namespace_viz.cli.notebook_file import notebook_files
from jupyter_namespace_viz.cli.reading import NotebookReader
from jupyter_namespace_viz.environment.interpreters import UnusablePython, search_paths

FOUND_SOMETHING = 1
COULD_NOT_READ = 2


@click.group(name="jupyter namespace-viz")
@click.version_option(package_name="jupyter_namespace_viz")
def main() -> None:
    """Tell which notebook cells provide and need which names."""


def _usable_python(
    context: click.Context,  # noqa: ARG001 - given by click
    parameter: click.Parameter,  # noqa: ARG001
    python: str | None,
) -> str | None:
    try:
        if python is not None:
            search_paths(python)
    except UnusablePython as error:
        raise click.BadParameter(str(error)) from error
    return python


notebooks_argument = click.argument(
    "notebooks", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="NOTEBOOK..."
)
python_option = click.option(
    "--python",
    metavar="PATH",
    callback=_usable_python,
    help="The Python whose modules count.  [default: that of the notebook's kernel]",
)


@main.command()
@notebooks_argument
@python_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for all notebooks.")
def names(notebooks: tuple[Path, ...], python: str | None, as_json: bool) -> None:
    """Print what each cell defines and needs, and which cell provides it.

    Exit status: 0, or 2 when a file could not be read.
    """
    reader = NotebookReader(notebooks, python)
    if as_json:
        for line in names_as_json(iter(reader)):
            click.echo(line)
    else:
        for notebook in reader:
            for line in names_as_text(notebook):
                click.echo(line)
    sys.exit(COULD_NOT_READ if reader.failed else 0)


@main.command()
@notebooks_argument
@python_option
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="How to tell what was found.",
)
def check(notebooks: tuple[Path, ...], python: str | None, output_format: str) -> None:
    """Print what Restart & Run All would raise, without running anything.

    A name that is used before any cell defines it, that only a later cell defines or that a cell
    deletes; a module that the environment does not have; text that is no Python. Folders are
    searched for notebooks. What might be raised on some path only is told and does not count.

    Exit status: 0 when nothing is certain to be raised, 1 when something is, 2 when a file could
    not be read.
    """
    reader = NotebookReader(notebook_files(notebooks), python)
    checked = []
    for read in reader:
        one = check_notebook(read)
        checked.append(one)
        for line in {"text": as_text, "github": as_github}.get(output_format, lambda _: ())(one):
            click.echo(line)
    if output_format == "json":
        click.echo(as_json(checked))
    certain = sum(finding.certain for one in checked for finding in one.findings)
    if output_format == "text":
        click.echo(_summary(len(checked), certain), err=True)
    sys.exit(COULD_NOT_READ if reader.failed else FOUND_SOMETHING if certain else 0)


def _summary(notebooks: int, certain: int) -> str:
    files = "1 notebook" if notebooks == 1 else f"{notebooks} notebooks"
    if not certain:
        return f"{files} checked: nothing is certain to be raised."
    errors = "1 error" if certain == 1 else f"{certain} errors"
    return f"{files} checked: {errors} would be raised."
