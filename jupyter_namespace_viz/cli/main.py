"""What can be asked on the command line? (`jupyter namespace-viz`)"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from jupyter_namespace_viz.cli.names import names_as_json, names_as_text
from jupyter_namespace_viz.cli.reading import NotebookReader
from jupyter_namespace_viz.environment.interpreters import UnusablePython, search_paths

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
