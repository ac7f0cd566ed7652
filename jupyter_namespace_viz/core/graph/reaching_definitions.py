"""Which cells give a name its value, when the notebook runs in order?"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph


class ReachingDefinitions:
    """The cells that bind each name, may change its object in place, or delete it.

    Text that does not parse may bind what it seems to.
    """

    def __init__(self, graph: DependencyGraph) -> None:
        self._graph = graph
        self._places: dict[str, list[int]] = {}
        self._deleters: dict[str, list[int]] = {}
        for place, names in enumerate(graph.names.values()):
            changed = {definition.name for definition in names.definitions}
            for name in changed.union(names.mutated, names.intended_names):
                self._places.setdefault(name, []).append(place)
            for name in names.deletions:
                self._deleters.setdefault(name, []).append(place)

    def above(self, name: str, place: int) -> Iterator[int]:
        """The places that make the name what the cell at `place` would read, nearest first.

        The last one binds it for certain; before that come those that may bind it, or change it in
        place.
        """
        for changer in self.all_above(name, place):
            if self._graph.is_cleared_between(changer, place):
                return
            yield changer
            if self.binds(name, changer):
                return

    def all_above(self, name: str, place: int) -> Iterator[int]:
        """The places above of all cells that have to do with the name, nearest first."""
        places = self._places.get(name, ())
        for index in range(bisect_left(places, place) - 1, -1, -1):
            yield places[index]

    def binds(self, name: str, place: int) -> bool:
        """Whether the cell at a place certainly binds the name."""
        definition = self._graph.names_at(place).definition_of(name)
        return definition is not None and definition.certain

    def deleter_between(self, name: str, changer: int, place: int) -> int | None:
        """The cell that deletes the name after `changer` and before `place`, if one does."""
        for deleter in self._deleters.get(name, ()):
            if changer < deleter < place:
                return deleter
        return None
