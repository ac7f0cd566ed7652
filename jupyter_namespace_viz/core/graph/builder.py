"""How do cells become a graph?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import count
from operator import is_
from types import MappingProxyType

from jupyter_namespace_viz.core.analysis.cell_names import Cell, CellNames
from jupyter_namespace_viz.core.analysis.reader import read_cell
from jupyter_namespace_viz.core.graph.call_effects import add_call_effects
from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph
from jupyter_namespace_viz.core.graph.edges import with_edges
from jupyter_namespace_viz.core.graph.star_imports import (
    StarNameLookup,
    nothing_known,
    with_star_names,
)
from jupyter_namespace_viz.core.syntax.dialect import PYTHON, Dialect


def updated_graph(
    old: DependencyGraph,
    cells: Sequence[Cell],
    star_names: StarNameLookup = nothing_known,
    dialect: Dialect = PYTHON,
) -> DependencyGraph:
    """The graph of `cells`; `old` itself when they are the same, else only changes are read.

    `star_names` tells what star imports give, and `dialect` what the kernel takes the first cell
    for: always the same for one graph and its successors.
    """
    if len(cells) == len(old.cells) and all(map(_is_same, cells, old.cells)):
        return old
    names = {}
    for cell in cells:
        names[cell.id] = found = read_cell(cell.source, dialect)
        if found.stops_annotations:
            dialect = dialect.without_annotations()
    _enter_star_names(names, star_names)
    add_call_effects(names)
    in_order = tuple(cells)
    if list(names) == list(old.names) and all(map(is_, names.values(), old.names.values())):
        return replace(old, cells=in_order)
    definers: dict[str, list[int]] = {}
    stars: list[int] = []
    clearing: list[int] = []
    unparsed: list[int] = []
    for position, cell_names in enumerate(names.values()):
        for definition in cell_names.definitions:
            definers.setdefault(definition.name, []).append(position)
        if cell_names.unknown_sources:
            stars.append(position)
        if cell_names.clears_namespace:
            clearing.append(position)
        if cell_names.intended_names:
            unparsed.append(position)
    graph = DependencyGraph(
        cells=in_order,
        names=MappingProxyType(names),
        index_of=MappingProxyType(dict(zip(names, count(), strict=False))),
        definers=MappingProxyType({name: tuple(places) for name, places in definers.items()}),
        stars=tuple(stars),
        clearing=tuple(clearing),
        unparsed=tuple(unparsed),
    )
    return with_edges(graph, old)


def _enter_star_names(names: dict[str, CellNames], star_names: StarNameLookup) -> None:
    """Let the cells with star imports define what these give."""
    importing = [cell_id for cell_id, found in names.items() if found.name_sources]
    if importing:
        used = frozenset(use.name for found in names.values() for use in found.uses)
        used |= {it.name for n in names.values() for f in n.functions for it in f.uses}
        for cell_id in importing:
            names[cell_id] = with_star_names(names[cell_id], star_names, used)


def _is_same(one: Cell, other: Cell) -> bool:
    return one is other or one == other
