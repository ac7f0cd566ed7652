"""Which cells determine what a cell reads under a name, when the notebook runs in order?"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from jupyter_namespace_viz.core.analysis.random_numbers import RandomNumbers
from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph


class ReachingDefinitions:
    """Finds the cells that bind a name, may mutate its object, or delete it.

    All cells are indexes in document order. A cell that does not parse is taken to bind the names
    that its text would bind.
    """

    def __init__(self, graph: DependencyGraph) -> None:
        self._graph = graph
        self._definers: dict[str, list[int]] = {}
        self._deleters: dict[str, list[int]] = {}
        self._drawers: dict[RandomNumbers, list[int]] = {}
        for index, names in enumerate(graph.names.values()):
            defined = {definition.name for definition in names.definitions}
            for name in defined.union(names.mutated, names.intended_names):
                self._definers.setdefault(name, []).append(index)
            for name in names.deletions:
                self._deleters.setdefault(name, []).append(index)
            for numbers in names.draws:
                self._drawers.setdefault(numbers, []).append(index)

    def of(self, name: str, index: int) -> Iterator[int]:
        """The cells that determine what the cell at `index` reads under the name, nearest first.

        They may bind the name or mutate its object. The last one certainly binds it, if any does.
        """
        for definer in self.all_before(name, index):
            if self._graph.is_cleared_between(definer, index):
                return
            yield definer
            if self.certainly_binds(name, definer):
                return

    def all_before(self, name: str, index: int) -> Iterator[int]:
        """All cells above `index` that may bind the name or mutate its object, nearest first."""
        definers = self._definers.get(name, ())
        for i in range(bisect_left(definers, index) - 1, -1, -1):
            yield definers[i]

    def drawers_before(self, numbers: RandomNumbers, index: int) -> Iterator[int]:
        """The cells above `index` that draw the random numbers or seed them, nearest first."""
        drawers = self._drawers.get(numbers, ())
        for i in range(bisect_left(drawers, index) - 1, -1, -1):
            if self._graph.is_cleared_between(drawers[i], index):
                return
            yield drawers[i]

    def certainly_binds(self, name: str, index: int) -> bool:
        """Whether the cell at `index` certainly binds the name."""
        definition = self._graph.names_at(index).definition_of(name)
        return definition is not None and definition.certain

    def deleted_between(self, name: str, definer: int, index: int) -> int | None:
        """The first cell after `definer` and before `index` that deletes the name, if one does."""
        for deleter in self._deleters.get(name, ()):
            if definer < deleter < index:
                return deleter
        return None


def reaching_definitions(graph: DependencyGraph) -> ReachingDefinitions:
    """Those of the graph, for which all its cells are gone through once."""
    found: ReachingDefinitions | None = graph.memo.get("reaching definitions")
    if found is None:
        found = graph.memo["reaching definitions"] = ReachingDefinitions(graph)
    return found
