"""In which format are findings written?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module

from jupyter_namespace_viz.cli.check.checker import CheckedNotebook
from jupyter_namespace_viz.cli.notebooks.notebook_file import UnreadableNotebook

FORMATS = ("text", "json", "github", "sarif", "junit")
"""A file in `formats/` for each."""

Write = Callable[[Iterable[CheckedNotebook | UnreadableNotebook]], Iterator[str]]
"""Writes notebooks as lines, as soon as it can."""


def lines_as(name: str, notebooks: Iterable[CheckedNotebook | UnreadableNotebook]) -> Iterator[str]:
    """The lines of the format, whose file is imported first: SARIF and JUnit take long for it."""
    write: Write = import_module(f"jupyter_namespace_viz.cli.check.formats.as_{name}").lines
    return write(notebooks)
