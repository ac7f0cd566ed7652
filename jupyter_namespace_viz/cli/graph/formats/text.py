"""How does a dependency graph read in a terminal?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import click

from jupyter_namespace_viz.cli.graph.drawn import DrawnNotebook
from jupyter_namespace_viz.drawing.model import DrawnEdge

_WIDTH = 72


def as_text(drawn: DrawnNotebook) -> str:
    """Per cell its first line, what it needs from which cell, and what it provides to which."""
    return "".join(f"{line}\n" for line in _lines(drawn))


def _lines(drawn: DrawnNotebook) -> Iterator[str]:
    drawing = drawn.drawing
    yield click.format_filename(drawn.file.path)
    width = len(str(len(drawing.cells)))
    for cell in drawing.cells:
        yield f"  cell {cell.number:{width}}  {cell.title(_WIDTH)}".rstrip()
        needed = [edge for edge in drawing.edges if edge.consumer == cell.number]
        yield from _labelled("needs", _needed(needed))
        provided = [edge for edge in drawing.edges if edge.provider == cell.number]
        yield from _labelled("provides", _provided(provided))


def _labelled(label: str, lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        yield f"    {label:8}  {line}"
        label = ""


def _needed(edges: Iterable[DrawnEdge]) -> Iterator[str]:
    """One line an edge; two where only some of its names are out of order."""
    for edge in edges:
        for names, odd in _by_order(edge, "further down"):
            yield f"{', '.join(names)} from cell {edge.provider}{odd}"


def _provided(edges: Iterable[DrawnEdge]) -> Iterator[str]:
    """One line for all names that go to the same cells."""
    consumers: dict[tuple[str, str], list[int]] = {}
    for edge in edges:
        for names, odd in _by_order(edge, "further up"):
            for name in names:
                consumers.setdefault((odd, name), []).append(edge.consumer)
    alike: dict[tuple[str, str], list[str]] = {}
    for (odd, name), numbers in consumers.items():
        cells = "cell" if len(numbers) == 1 else "cells"
        where = f"{cells} {', '.join(_runs(sorted(numbers)))}"
        alike.setdefault((where, odd), []).append(name)
    for (where, odd), together in alike.items():
        yield f"{', '.join(together)} to {where}{odd}"


def _by_order(edge: DrawnEdge, where: str) -> Iterator[tuple[tuple[str, ...], str]]:
    rest = tuple(name for name in edge.names if name not in edge.out_of_order)
    if rest:
        yield rest, f", {where}" if edge.is_from_below else ""
    if edge.out_of_order:
        yield edge.out_of_order, f", {where}: out of order"


def _runs(numbers: list[int]) -> Iterator[str]:
    """`2, 3, 5-9`: three and more in a row are told by their ends."""
    row: list[int] = []
    for number in (*numbers, None):
        if row and number != row[-1] + 1:
            yield from [f"{row[0]}-{row[-1]}"] if len(row) > 2 else map(str, row)
            row = []
        if number is not None:
            row.append(number)
