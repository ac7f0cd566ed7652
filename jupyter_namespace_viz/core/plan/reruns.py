"""Which cells run once more, so that others get again what a run in order would give them?

Where a cell has changed what it reads, running it again would change that a second time:

    c1: x = [1]    c2: x *= 2    c3: print(x)    run in order, then c2 again

c2 is out of date, and so is c3; they are fresh after c1, c2 and c3, not after c2 and c3. And what
reads `x` between c1 and c2 runs again as well: c1 has bound it again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from jupyter_namespace_viz.core.analysis.constant_bindings import binds_same_value
from jupyter_namespace_viz.core.analysis.random_numbers import RANDOM_NUMBERS
from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph
from jupyter_namespace_viz.core.graph.needs import reads_of_run
from jupyter_namespace_viz.core.graph.reaching_definitions import ReachingDefinitions
from jupyter_namespace_viz.core.kernel_state.cell_runs import LastRuns
from jupyter_namespace_viz.core.kernel_state.namespace import Namespace
from jupyter_namespace_viz.core.plan import explanations


def with_reruns(
    graph: DependencyGraph,
    namespace: Namespace,
    chosen: Mapping[str, str],
    unable: Collection[str],
) -> dict[str, str]:
    """The cells that shall run, by id with the reason, and those that have to run with them; none
    of those that are `unable` to.

    A cell that has bound what no cell above gives it, and reads that, stays out of date.
    """
    reruns = _Reruns(graph, namespace, {graph.index_of[cell_id] for cell_id in chosen})
    barred = {graph.index_of[cell_id] for cell_id in unable}
    while found := reruns.found() - barred:
        reruns.running |= found
    running = {index: graph.cells[index].id for index in sorted(reruns.running)}
    return {
        cell_id: chosen[cell_id] if cell_id in chosen else reruns.reason(index)
        for index, cell_id in running.items()
    }


class _Reruns:
    """The cells at the places `running` run in the order of the notebook."""

    def __init__(self, graph: DependencyGraph, namespace: Namespace, running: set[int]) -> None:
        self.running = running
        self._graph = graph
        self._names = namespace.names
        self._runs = LastRuns(graph, namespace)
        self._definitions = ReachingDefinitions(graph)
        # For each index the names, each with the indexes where they are read, or made again.
        self._remade: dict[int, dict[str, set[int]]] = {}
        self._following: dict[int, dict[str, set[int]]] = {}

    def found(self) -> set[int]:
        """Further cells: those without which a running one would read something else than in order,
        and those that would be out of date by what the running ones bind.
        """
        for index in range(len(self._graph.cells)):
            for name in self._read_at(index):
                if index in self.running:
                    if not self._is_right(name, index):
                        for definer in self._definers_of(name, index):
                            _note(self._remade, definer, name, index)
                elif self._has_run(index):
                    for definer in self._changed_again(name, index):
                        _note(self._following, index, name, definer)
        return (self._remade.keys() | self._following.keys()) - self.running

    def reason(self, index: int) -> str:
        """Why the cell at a index runs again, though it is fresh itself."""
        if index in self._remade:
            return explanations.provides("Makes anew", self._remade[index])
        return explanations.uses(self._following[index])

    def _has_run(self, index: int) -> bool:
        run = self._runs.of(index)
        return run is not None and run.succeeded

    def _changed_again(self, name: str, index: int) -> Iterator[int]:
        """The running cells whose value a cell has read, and will not have any more."""
        held = self._names.get(name)
        if held is not None and held.kind != "module":
            for definer in self.running.intersection(self._definitions.of(name, index)):
                text, run = self._graph.cells[definer].source, self._runs.of(definer)
                is_last = run is not None and held.changes and held.changes[-1].is_of(run)
                if not (is_last and binds_same_value(name, text, text)):
                    yield definer

    def _read_at(self, index: int) -> Iterator[str]:
        for use in reads_of_run(self._graph, index):
            yield use.name
        names = self._graph.names_at(index)
        seeded = {numbers for numbers, _ in names.seeds}
        for numbers in RANDOM_NUMBERS:
            if numbers in names.mutated and numbers not in seeded:
                yield numbers

    def _definers_of(self, name: str, index: int) -> Iterator[int]:
        """The cells above that make the name what the cell at a index reads, nearest first; of
        random numbers, those that draw from them down from the seed, and none where no cell seeds.
        """
        if name not in RANDOM_NUMBERS:
            yield from self._definitions.of(name, index)
            return
        drawing = []
        for definer in self._definitions.of(name, index):
            drawing.append(definer)
            if name in dict(self._graph.names_at(definer).seeds):
                yield from drawing
                return

    def _is_right(self, name: str, index: int) -> bool:
        """Whether the definers were the last that changed the name, one after the other, as far as
        changes are known.
        """
        if name in RANDOM_NUMBERS:
            return self.running.issuperset(self._definers_of(name, index))
        held = self._names.get(name)
        if held is None or held.initial or held.kind == "module":
            return True  # what is missing is made by the plan; a module is the same one for all
        changes = [*self._changed_by(name, index)]
        for definer in self._definitions.of(name, index):
            run = self._runs.of(definer)
            has_failed = run is not None and not run.succeeded
            if has_failed and definer not in self.running:
                return False
            if not changes:
                return True
            if changes[0] == definer:
                del changes[0]
            elif self._definitions.certainly_binds(name, definer) or run is None:
                return False
        return True

    def _changed_by(self, name: str, index: int) -> Iterator[int | None]:
        """The places of the cells that will have changed the name, the last first; None for
        somebody else, or for another run than the last one of its cell.
        """
        for definer in self._definitions.all_before(name, index):
            if definer in self.running:
                yield definer
                if self._definitions.certainly_binds(name, definer):
                    return
        for change in reversed(self._names[name].changes):
            definer = self._graph.index_of.get(change.cell_id or "", -1)
            run = self._runs.of(definer) if definer >= 0 else None
            yield definer if run is not None and change.is_of(run) else None


def _note(table: dict[int, dict[str, set[int]]], index: int, name: str, other: int) -> None:
    table.setdefault(index, {}).setdefault(name, set()).add(other)
