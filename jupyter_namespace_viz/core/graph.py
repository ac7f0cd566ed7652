"""Which cell provides the names that another cell uses?"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from operator import is_
from types import MappingProxyType
from typing import Any

from jupyter_namespace_viz.core.cell_names import CellNames, Use
from jupyter_namespace_viz.core.cells import Cell
from jupyter_namespace_viz.core.dialects import PYTHON, Dialect
from jupyter_namespace_viz.core.given_names import is_given
from jupyter_namespace_viz.core.reading import read_cell
from jupyter_namespace_viz.core.scopes import FunctionNames
from jupyter_namespace_viz.core.star_imports import StarNames, nothing_known, with_star_names


@dataclass(frozen=True, slots=True)
class Edge:
    """The cell `consumer` uses `names`, which the cell `provider` defines (cell ids)."""

    provider: str
    consumer: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DependencyGraph:
    """All cells of a notebook in document order, as read, and who provides what to whom.

    `positions` gives each cell id its place, from 0; `definers` each name the places that define
    it, ascending; `stars` the places with a star import of unknown names; `resets` those that
    delete all names. Edges are direct and in document order of their consumers; a name that no
    cell defines comes from the star import above, if there is one.
    """

    cells: tuple[Cell, ...]
    names: Mapping[str, CellNames]
    positions: Mapping[str, int]
    definers: Mapping[str, tuple[int, ...]]
    stars: tuple[int, ...] = ()
    resets: tuple[int, ...] = ()
    edges: tuple[Edge, ...] = ()

    def names_at(self, position: int) -> CellNames:
        """The names of the cell at a place."""
        return self.names[self.cells[position].id]

    def provider_at(self, name: str, position: int) -> int | None:
        """The place that provides the name to the cell at `position` when cells run in order.

        The nearest earlier cell that defines it, if nothing deletes all names in between; else
        the nearest later one, but for builtin names.
        """
        places = self.definers.get(name, ())
        index = bisect_left(places, position)
        if index > 0 and not self.is_reset_between(places[index - 1], position):
            return places[index - 1]
        if is_given(name):
            return None
        later = (place for place in places[index:] if place != position)
        return next(later, places[index - 1] if index > 0 else None)

    def is_reset_between(self, place: int, position: int) -> bool:
        """Whether a cell after `place` and before `position` deletes all names."""
        index = bisect_left(self.resets, position)
        return index > 0 and self.resets[index - 1] > place

    def star_at(self, position: int) -> int | None:
        """The nearest earlier place with a star import, which may provide any name."""
        index = bisect_left(self.stars, position)
        return self.stars[index - 1] if index > 0 else None

    def function_at(self, name: str, position: int) -> FunctionNames | None:
        """What the function `name` reads that the cell at `position` would call."""
        place = self.provider_at(name, position)
        if place is None:
            return None
        return next((f for f in self.names_at(place).functions if f.name == name), None)


_NOTHING: Mapping[str, Any] = MappingProxyType({})
EMPTY_GRAPH = DependencyGraph((), _NOTHING, _NOTHING, _NOTHING)


def updated_graph(
    old: DependencyGraph,
    cells: Sequence[Cell],
    star_names: StarNames = nothing_known,
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
    in_order = tuple(cells)
    if list(names) == list(old.names) and all(map(is_, names.values(), old.names.values())):
        return replace(old, cells=in_order)
    definers: dict[str, list[int]] = {}
    stars: list[int] = []
    resets: list[int] = []
    for position, cell_names in enumerate(names.values()):
        for definition in cell_names.definitions:
            definers.setdefault(definition.name, []).append(position)
        if cell_names.unknown_stars:
            stars.append(position)
        if cell_names.resets:
            resets.append(position)
    graph = DependencyGraph(
        cells=in_order,
        names=MappingProxyType(names),
        positions=MappingProxyType(dict(zip(names, count(), strict=False))),
        definers=MappingProxyType({name: tuple(places) for name, places in definers.items()}),
        stars=tuple(stars),
        resets=tuple(resets),
    )
    return replace(graph, edges=tuple(_edges(graph, old)))


def _enter_star_names(names: dict[str, CellNames], star_names: StarNames) -> None:
    """Let the cells with star imports define what these give."""
    importing = [cell_id for cell_id, found in names.items() if found.star_imports]
    if importing:
        used = frozenset(use.name for found in names.values() for use in found.uses)
        used |= {it.name for n in names.values() for f in n.functions for it in f.uses}
        for cell_id in importing:
            names[cell_id] = with_star_names(names[cell_id], star_names, used)


def _is_same(one: Cell, other: Cell) -> bool:
    return one is other or one == other


def _edges(graph: DependencyGraph, old: DependencyGraph) -> Iterator[Edge]:
    kept = _kept_edges(graph, old)
    for position, cell in enumerate(graph.cells):
        yield from kept[cell.id] if cell.id in kept else _edges_into(graph, position)


def _kept_edges(graph: DependencyGraph, old: DependencyGraph) -> dict[str, list[Edge]]:
    """The edges into the cells that an edit leaves as they are, by the cells' ids."""
    marks = (graph.stars, graph.resets)
    if list(graph.names) != list(old.names) or marks != (old.stars, old.resets):
        return {}
    touched: set[str] = set()
    kept: dict[str, list[Edge]] = {}
    for cell_id, names in graph.names.items():
        if names is old.names[cell_id]:
            kept[cell_id] = []
        else:
            before = old.names[cell_id].definitions
            touched |= {it.name for it in names.definitions} ^ {it.name for it in before}
    for edge in old.edges:
        if edge.consumer in kept:
            kept[edge.consumer].append(edge)
    for cell_id in list(kept) if touched else ():
        if any(use.name in touched for use in graph.names[cell_id].uses):
            del kept[cell_id]
    return kept


def _edges_into(graph: DependencyGraph, position: int) -> Iterator[Edge]:
    cell = graph.cells[position]
    provided: dict[int, list[str]] = {}
    for use in graph.names[cell.id].uses:
        place = graph.provider_at(use.name, position)
        if place is None and not (use.guarded or use.star or is_given(use.name)):
            place = graph.star_at(position)  # who else?
        if place is not None:
            provided.setdefault(place, []).append(use.name)
    for place in sorted(provided):
        yield Edge(graph.cells[place].id, cell.id, tuple(provided[place]))


def free_uses(graph: DependencyGraph, position: int) -> tuple[Use, ...]:
    """The names that the cell takes from elsewhere.

    Builtins count where a cell defines them, and so does what the cell's own star import may give.
    """
    return tuple(
        use
        for use in graph.names_at(position).uses
        if not (use.star or is_given(use.name)) or graph.provider_at(use.name, position) is not None
    )


def needs_at(graph: DependencyGraph, position: int) -> tuple[Use, ...]:
    """What the cell needs: its unguarded free names, and what the functions it uses read.

    A name that a function of another cell reads is needed by the cell that calls the function,
    and has that function as `via`; certain only where call and read are, and none where the cell
    has bound the name itself by then. Sorted by name, the immediate needs of the text itself
    before those that come by a call.
    """
    needs: dict[str, Use] = {}
    waiting: list[tuple[Use, str | None]] = []
    for use in graph.names_at(position).uses:
        if not use.guarded:
            needs[use.name] = use
            if use.phase == "immediate":
                waiting.append((use, use.via))
    own = {definition.name: definition.line for definition in graph.names_at(position).definitions}
    seen: set[tuple[str, bool]] = set()
    while waiting:
        caller, via = waiting.pop()
        certain = caller.certain and caller.called
        if (caller.name, certain) in seen:
            continue
        seen.add((caller.name, certain))
        function = graph.function_at(caller.name, position)
        for read in function.uses if function is not None else ():
            bound = own.get(read.name)
            if bound is not None and caller.line is not None and bound < caller.line:
                continue  # by the cell itself, before it makes the call
            through = via or caller.name
            use = Use(
                read.name,
                "immediate",
                read.certain and certain,
                through,
                read.called and certain,
                line=caller.line,
            )
            old = needs.get(read.name)
            if old is None or old.phase == "deferred" or (use.certain and not old.certain):
                needs[read.name] = use
            waiting.append((use, through))
    return tuple(use for _, use in sorted(needs.items()))
