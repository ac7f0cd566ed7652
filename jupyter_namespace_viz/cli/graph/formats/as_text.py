"""How do people read a dependency graph in a terminal? Cell by cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import click

from jupyter_namespace_viz.cli.notebooks.notebook_file import NotebookFile
from jupyter_namespace_viz.drawing.model import Drawing, DrawnEdge

_TITLE_LENGTH = 72


def as_text(file: NotebookFile, drawing: Drawing) -> str:
    """Per cell its first line, what it needs from which cell, and what it provides to which."""
    return "".join(f"{line}\n" for line in _lines(file, drawing))


def _lines(file: NotebookFile, drawing: Drawing) -> Iterator[str]:
    yield click.format_filename(file.path)
    width = len(str(len(drawing.cells)))
    for cell in drawing.cells:
        yield f"  cell {cell.number:{width}}  {cell.title(_TITLE_LENGTH)}".rstrip()
        needed = [edge for edge in drawing.edges if edge.consumer == cell.number]
        yield from _labelled("needs", _needed(needed))
        provided = [edge for edge in drawing.edges if edge.provider == cell.number]
        yield from _labelled("provides", _provided(provided))


def _labelled(label: str, lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        yield f"    {label:8}  {line}"
        label = ""


def _needed(edges: Iterable[DrawnEdge]) -> Iterator[str]:
    """One line per edge; two where only some of its names are out of order."""
    for edge in edges:
        for names, note in _by_order(edge, "further down"):
            yield f"{', '.join(names)} from cell {edge.provider}{note}"


def _provided(edges: Iterable[DrawnEdge]) -> Iterator[str]:
    """One line for all names that go to the same cells."""
    consumers: dict[tuple[str, str], list[int]] = {}
    for edge in edges:
        for names, note in _by_order(edge, "further up"):
            for name in names:
                consumers.setdefault((note, name), []).append(edge.consumer)
    names_to: dict[tuple[str, str], list[str]] = {}
    for (note, name), numbers in consumers.items():
        cells = "cell" if len(numbers) == 1 else "cells"
        target = f"{cells} {', '.join(_ranges(sorted(numbers)))}"
        names_to.setdefault((target, note), []).append(name)
    for (target, note), provided in names_to.items():
        yield f"{', '.join(provided)} to {target}{note}"


def _by_order(edge: DrawnEdge, direction: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """The names that are in order and those that are not, each with what to say about it."""
    in_order = tuple(name for name in edge.names if name not in edge.out_of_order)
    if in_order:
        yield in_order, f", {direction}" if edge.is_from_below else ""
    if edge.out_of_order:
        yield edge.out_of_order, f", {direction}: out of order"


def _ranges(numbers: list[int]) -> Iterator[str]:
    """`2, 3, 5-9`: three and more consecutive numbers become a range."""
    consecutive: list[int] = []
    for number in (*numbers, None):
        if consecutive and number != consecutive[-1] + 1:
            is_range = len(consecutive) > 2
            first, last = consecutive[0], consecutive[-1]
            yield from [f"{first}-{last}"] if is_range else map(str, consecutive)
            consecutive = []
        if number is not None:
            consecutive.append(number)
