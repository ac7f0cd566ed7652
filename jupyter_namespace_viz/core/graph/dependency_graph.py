"""Which cell provides the names that another cell uses?"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from jupyter_namespace_viz.core.analysis.builtin_names import is_predefined
from jupyter_namespace_viz.core.analysis.cell_names import Cell, CellNames, Use, restoring_imports
from jupyter_namespace_viz.core.analysis.function_effects import FunctionEffects


@dataclass(frozen=True, slots=True)
class Edge:
    """The cell `consumer` uses `names`, which the cell `provider` defines (cell ids)."""

    provider: str
    consumer: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReboundReads:
    """Names that functions read and that are bound again before a cell calls them.

    `providers` has, for the place of a function's cell, the places that bind them. `concerned`
    are the names that functions read, and the functions: an edit of others changes nothing here.
    """

    providers: Mapping[int, Mapping[int, frozenset[str]]]
    concerned: frozenset[str]


NO_REBOUND_READS = ReboundReads(MappingProxyType({}), frozenset())


@dataclass(frozen=True, slots=True)
class DependencyGraph:
    """All cells of a notebook in document order, as read, and who provides what to whom.

    `index_of` gives each cell id its place, from 0; `definers` each name the places that define
    it, ascending; `stars` the places with a star import of unknown names; `clearing` those that
    delete all names; `unparsed` those whose text would define more names if it could be parsed.
    Edges are direct and in document order of their consumers, `late` bindings included; a name that
    no cell defines comes from the star import above, if there is one.
    """

    cells: tuple[Cell, ...]
    names: Mapping[str, CellNames]
    index_of: Mapping[str, int]
    definers: Mapping[str, tuple[int, ...]]
    stars: tuple[int, ...] = ()
    clearing: tuple[int, ...] = ()
    unparsed: tuple[int, ...] = ()
    edges: tuple[Edge, ...] = ()
    late: ReboundReads = NO_REBOUND_READS

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
        if index > 0 and not self.is_cleared_between(places[index - 1], position):
            return places[index - 1]
        if is_predefined(name):
            return None
        later = (place for place in places[index:] if place != position)
        return next(later, places[index - 1] if index > 0 else None)

    def providers_at(self, name: str, position: int) -> Iterator[int]:
        """The places that may provide the name: one that may not have bound it leaves what was
        there before.
        """
        place = self.provider_at(name, position)
        if place is None:
            return
        yield place
        while place < position:
            definition = self.names_at(place).definition_of(name)
            before = self.provider_at(name, place)
            if definition is None or definition.certain or before is None or before > place:
                return
            yield before
            place = before

    def is_import_at(self, name: str, index: int) -> bool:
        """Whether the cell at `index` imports the name."""
        return bool(restoring_imports(self.names_at(index), name))

    def is_cleared_between(self, place: int, position: int) -> bool:
        """Whether a cell after `place` and before `position` deletes all names."""
        index = bisect_left(self.clearing, position)
        return index > 0 and self.clearing[index - 1] > place

    def star_at(self, position: int) -> int | None:
        """The nearest earlier place with a star import, which may provide any name."""
        index = bisect_left(self.stars, position)
        return self.stars[index - 1] if index > 0 else None

    def intended_by(self, name: str, position: int) -> int | None:
        """The place whose text would define the name if it could be parsed, the nearest above."""
        places = [place for place in self.unparsed if name in self.names_at(place).intended_names]
        return next((p for p in reversed(places) if p <= position), min(places, default=None))

    def function_at(self, name: str, position: int) -> tuple[FunctionEffects | None, int]:
        """What the function `name` reads that the cell at `position` would call, by the text of the
        cell that provides it, and that cell's place; -1 when there is none.
        """
        place = self.provider_at(name, position)
        if place is None:
            return None, -1
        return self.names_at(place).function_of(name), place


_NOTHING: Mapping[str, Any] = MappingProxyType({})
EMPTY_GRAPH = DependencyGraph((), _NOTHING, _NOTHING, _NOTHING)


def free_uses(graph: DependencyGraph, position: int) -> tuple[Use, ...]:
    """The names that the cell takes from elsewhere.

    Builtins count where a cell defines them, and so does what the cell's own star import may give.
    """
    return tuple(
        use
        for use in graph.names_at(position).uses
        if not (use.star or is_predefined(use.name))
        or graph.provider_at(use.name, position) is not None
    )
