"""Which formats are there, and which packages do they need?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import cast

import click

from jupyter_namespace_viz.cli.check import CheckedNotebook

Format = Callable[[Iterable[CheckedNotebook]], Iterator[str]]
"""Writes notebooks as lines, each as soon as it can."""

FORMATS = ("text", "json", "github", "sarif", "junit")

_EXTRAS = {"sarif_pydantic": "sarif"}
"""Modules that are not always installed, and the extra that brings each."""


def chosen_format(
    context: click.Context,  # noqa: ARG001 - given by click
    parameter: click.Parameter,  # noqa: ARG001
    name: str,
) -> Format:
    """The format of that name; only its own file, and so the packages it needs, is imported."""
    try:
        module = import_module(f"jupyter_namespace_viz.cli.formats.as_{name}")
    except ModuleNotFoundError as error:
        if error.name not in _EXTRAS:
            raise
        extra = _EXTRAS[error.name]
        install = f'pip install "jupyter_namespace_viz[{extra}]"'
        raise click.UsageError(f"--format {name} needs `{error.name}`: {install}") from error
    return cast(Format, module.lines)
