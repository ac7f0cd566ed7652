"""Which arguments do several commands take?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any

import click

from jupyter_namespace_viz.core.syntax.known_magics import Magics, UnusableMagic, user_magics
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


def _magics(
    context: click.Context,  # noqa: ARG001 - given by click
    parameter: click.Parameter,  # noqa: ARG001
    entries: tuple[str, ...],
) -> Magics:
    try:
        return user_magics(dict(entry.partition("=")[::2] for entry in entries))
    except UnusableMagic as error:
        raise click.BadParameter(str(error)) from error


notebooks_argument = click.argument(
    "notebooks", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="NOTEBOOK..."
)
_python_option = click.option(
    "--python",
    metavar="PATH",
    callback=_usable_python,
    help="The Python whose modules count.  [default: that of the notebook's kernel]",
)
_magic_option = click.option(
    "--magic",
    "magics",
    metavar="NAME=HOLDS",
    multiple=True,
    callback=_magics,
    help="A magic of your own, %name or %%name for cells, and what it holds: python, unbound "
    "(Python whose bindings are lost, as in %timeit), or a language.",
)


@dataclass(frozen=True, slots=True)
class KernelOptions:
    """What is asked about the kernel that the notebooks are read for.

    `python` is whose environment counts; None means that of each notebook's kernel, or our own
    where the kernel is not installed here. `magics` are the user's own.
    """

    python: str | None = None
    magics: Magics = ()


def kernel_options(command: Callable[..., None]) -> Callable[..., None]:
    """Adds the options to a command, which takes them as its argument `kernel`."""

    @_python_option
    @_magic_option
    @wraps(command)
    def with_kernel(python: str | None, magics: Magics, **arguments: Any) -> None:
        command(kernel=KernelOptions(python, magics), **arguments)

    return with_kernel
