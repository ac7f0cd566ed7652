"""Which arguments and exit statuses do several commands share?"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any

import click

from jupyter_namespace_viz.core.syntax.known_magics import Magics, UnusableMagic, user_magics

FOUND_SOMETHING = 1
"""The exit status of a command that found an error or a blocked cell."""

COULD_NOT_READ = 2
"""The exit status of a command that could not read a file, or not get an answer."""

Command = Callable[..., None]


@dataclass(frozen=True, slots=True)
class KernelOptions:
    """What the options say about the kernel of the notebooks.

    `python` is the Python whose environment counts; None means that of each notebook's kernel, or
    ours where that kernel is not installed, or, with `names_only`, that no environment is known.
    `magics` are the user's own.
    """

    python: str | None = None
    magics: Magics = ()
    names_only: bool = False


@dataclass(frozen=True, slots=True)
class Search:
    """The paths and patterns that name notebooks, and patterns of what is left out below them."""

    paths: tuple[Path, ...]
    exclude: tuple[str, ...] = ()


def search_arguments(command: Command) -> Command:
    """Adds the notebooks and `--exclude`; the command takes them as its argument `search`."""

    @click.argument(
        "paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="NOTEBOOK..."
    )
    @click.option(
        "--exclude",
        metavar="PATTERN",
        multiple=True,
        help="Files and folders to leave out, written as in a .gitignore file. Searches leave out "
        "environments, builds and what .gitignore names, too.",
    )
    @wraps(command)
    def with_search(paths: tuple[Path, ...], exclude: tuple[str, ...], **arguments: Any) -> None:
        command(search=Search(paths, exclude), **arguments)

    return with_search


def kernel_options(command: Command) -> Command:
    """Adds `--python` and `--magic`; the command takes them as its argument `kernel`."""

    @_python_option
    @_magic_option
    @wraps(command)
    def with_kernel(python: str | None, magics: Magics, **arguments: Any) -> None:
        command(kernel=KernelOptions(python, magics), **arguments)

    return with_kernel


def server_options(command: Command) -> Command:
    """Adds `--server` and `--token`; the command takes them as its arguments `url` and `token`."""
    return _server_option(_token_option(command))


def format_options(
    formats: Collection[str], help_text: str, default: str | None = None
) -> Callable[[Command], Command]:
    """Adds `--format`, and `--json` for short; the command takes the name of the format as its
    argument `output_format`, which is `default` where neither option is given."""
    if default is not None:
        help_text += f"  [default: {default}]"

    def decorate(command: Command) -> Command:
        @click.option("--format", "named", type=click.Choice(list(formats)), help=help_text)
        @click.option("--json", "as_json", is_flag=True, help="Short for --format json.")
        @wraps(command)
        def with_format(named: str | None, as_json: bool, **arguments: Any) -> None:
            if as_json and named not in {None, "json"}:
                raise click.UsageError(
                    f"--json is short for --format json: it contradicts --format {named}."
                )
            command(output_format="json" if as_json else named or default, **arguments)

        return with_format

    return decorate


def _usable_python(
    context: click.Context,  # noqa: ARG001 - passed by click
    parameter: click.Parameter,  # noqa: ARG001
    python: str | None,
) -> str | None:
    if python is None:
        return None
    from jupyter_namespace_viz.environment.interpreters import (  # noqa: PLC0415 - slow to import
        UnusablePython,
        search_paths,
    )

    try:
        search_paths(python)
    except UnusablePython as error:
        raise click.BadParameter(str(error)) from error
    return python


def _magics(
    context: click.Context,  # noqa: ARG001 - passed by click
    parameter: click.Parameter,  # noqa: ARG001
    entries: tuple[str, ...],
) -> Magics:
    try:
        return user_magics(dict(entry.partition("=")[::2] for entry in entries))
    except UnusableMagic as error:
        raise click.BadParameter(str(error)) from error


output_option = click.option(
    "--output",
    metavar="FILE",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Where to write it.  [default: standard output]",
)
quiet_option = click.option(
    "-q", "--quiet", is_flag=True, help="Print nothing on standard error but errors."
)
_server_option = click.option(
    "--server",
    "url",
    metavar="URL",
    help="The server that runs the kernel.  [default: the one on this machine that has the "
    "notebook open]",
)
_token_option = click.option(
    "--token",
    metavar="TOKEN",
    help="The server's token.  [default: the token in the URL, that of a server on this machine, "
    "or $JUPYTER_TOKEN]",
)
_python_option = click.option(
    "--python",
    metavar="PATH",
    callback=_usable_python,
    help="The Python whose installed modules count.  [default: that of the notebook's kernel]",
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
