"""Which formats are there?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import cast

import click

from jupyter_namespace_viz.cli.check.checker import CheckedNotebook

Format = Callable[[Iterable[CheckedNotebook]], Iterator[str]]
"""Writes notebooks as lines, each as soon as it can."""

FORMATS = ("text", "json", "github", "sarif", "junit")


def chosen_format(
    context: click.Context,  # noqa: ARG001 - given by click
    parameter: click.Parameter,  # noqa: ARG001
    name: str,
) -> Format:
    """The format of that name; only its own file, and so the packages it needs, is imported."""
    module = import_module(f"jupyter_namespace_viz.cli.check.formats.as_{name}")
    return cast(Format, module.lines)
