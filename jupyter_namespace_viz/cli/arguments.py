"""Which arguments do several commands take?"""

from __future__ import annotations

from pathlib import Path

import click

from jupyter_namespace_viz.environment.interpreters import UnusablePython, search_paths

COULD_NOT_READ = 2
"""The exit status of every command when a file could not be read."""


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
