"""Which further cells must run again, so that the cells read what they would read in order?

If a cell has mutated the object that it reads, running it again mutates the object a second time:

    c1: x = [1]    c2: x *= 2    c3: print(x)    run in order, then c2 again

c2 is stale, and so is c3. They are fresh after c1, c2 and c3 ran, but not after c2 and c3. A cell
between c1 and c2 that reads `x` must run again too, as c1 has bound `x` again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from jupyter_namespace_viz.core.analysis.cell_names import Use
from jupyter_namespace_viz.core.analysis.constant_bindings import binds_same_value
from jupyter_namespace_viz.core.analysis.random_numbers import RandomNumbers
from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph
from jupyter_namespace_viz.core.graph.needs import reads_of_run
from jupyter_namespace_viz.core.graph.reaching_definitions import reaching_definitions
from jupyter_namespace_viz.core.kernel_state.cell_runs import LastRuns
from jupyter_namespace_viz.core.kernel_state.namespace import Namespace
from jupyter_namespace_viz.core.plan import explanations
from jupyter_namespace_viz.core.sentences import Sentence

_Reasons = dict[int, dict[str | RandomNumbers, set[int]]]
"""Maps the index of a cell to the names or random numbers that are the reason to run it, and these
to the indexes of the other cells involved."""


def with_reruns(
    graph: DependencyGraph,
    namespace: Namespace,
    runs: LastRuns,
    chosen: Mapping[str, Sentence],
    unable: Collection[str],
    others: Collection[str] = (),
) -> dict[str, Sentence]:
    """The chosen cells and those that have to run with them, by id with the reason; without the
    cells that are `unable` to run, and without `others`, which will run in any case.

    A cell that reads a value which it bound itself, and which no cell above binds, stays stale.
    """
    running_anyway = {graph.index_of[cell_id] for cell_id in others if cell_id not in chosen}
    indexes = {graph.index_of[cell_id] for cell_id in chosen}
    reruns = _Reruns(graph, namespace, runs, indexes | running_anyway)
    excluded = {graph.index_of[cell_id] for cell_id in unable}
    while found := reruns.further_cells() - excluded:
        reruns.running |= found
    running = {index: graph.cells[index].id for index in sorted(reruns.running - running_anyway)}
    return {
        cell_id: chosen[cell_id] if cell_id in chosen else reruns.reason(index)
        for index, cell_id in running.items()
    }


def with_origins(
    graph: DependencyGraph,
    namespace: Namespace,
    runs: LastRuns,
    steps: Collection[str],
    unable: Collection[str],
) -> dict[str, Sentence]:
    """The cells that have to run together with the steps, so that no step changes for a second time
    what it reads, by id with the reason; without the cells that are `unable` to run.
    """
    reruns = _Reruns(graph, namespace, runs, {graph.index_of[cell_id] for cell_id in steps})
    excluded = {graph.index_of[cell_id] for cell_id in unable}
    while found := reruns.cells_before_changes() - excluded:
        reruns.running |= found
    return {
        cell_id: reruns.reason(index)
        for index in sorted(reruns.running)
        if (cell_id := graph.cells[index].id) not in steps
    }


class _Reruns:
    """Finds the cells that have to run together with those at the indexes `running`.

    All of them run in document order.
    """

    def __init__(
        self, graph: DependencyGraph, namespace: Namespace, runs: LastRuns, running: set[int]
    ) -> None:
        self.running = running
        self._graph = graph
        self._names = namespace.names
        self._runs = runs
        self._definitions = reaching_definitions(graph)
        self._reads_of: dict[int, tuple[Use, ...]] = {}
        self._needed_before: _Reasons = {}
        self._stale_after: _Reasons = {}

    def further_cells(self) -> set[int]:
        """The indexes of further cells to run: those that a running cell needs to read the values
        that it would read in order, and those that the running cells make stale.
        """
        for index in range(len(self._graph.cells)):
            if index in self.running:
                self._find_needed_before(index)
            elif self._has_run(index):
                self._find_stale_after(index)
        return (self._needed_before.keys() | self._stale_after.keys()) - self.running

    def cells_before_changes(self) -> set[int]:
        """The indexes of further cells to run before a running cell that changes what it reads."""
        for index in self.running:
            names = self._graph.names_at(index)
            changed = names.mutated.union(it.name for it in names.definitions)
            self._find_values_needed_before(index, changed)
        return self._needed_before.keys() - self.running

    def reason(self, index: int) -> Sentence:
        """Why the cell at `index` runs again, though it is fresh itself."""
        if index in self._needed_before:
            return explanations.provides("Redefines", self._needed_before[index])
        return explanations.uses(self._stale_after[index])

    def _find_needed_before(self, index: int) -> None:
        """Note the cells that must run before the running cell at `index`."""
        self._find_values_needed_before(index, {use.name for use in self._reads(index)})
        names = self._graph.names_at(index)
        seeded = {numbers for numbers, _ in names.seeds}
        for numbers in names.draws - seeded:
            drawers = self._drawers_from_seed(numbers, index)
            if not self.running.issuperset(drawers):
                for drawer in drawers:
                    _note(self._needed_before, drawer, numbers, index)

    def _find_values_needed_before(self, index: int, among: Collection[str]) -> None:
        """Note the cells that must run before the running cell at `index`, so that it reads these
        names with the values that they have in order.
        """
        for use in self._reads(index):
            if use.name in among and not self._is_value_in_order(use.name, index):
                for definer in self._definitions.of(use.name, index):
                    _note(self._needed_before, definer, use.name, index)

    def _find_stale_after(self, index: int) -> None:
        """Note the cell at `index` if it read a value that running cells bind again; the name may
        have been deleted since.
        """
        for use in self._reads(index):
            held = self._names.get(use.name)
            if held is not None and held.kind == "module":
                continue
            changes = () if held is None else held.changes
            for definer in self.running.intersection(self._definitions.of(use.name, index)):
                text = self._graph.cells[definer].source
                is_last = changes and self._runs.has_made(definer, changes[-1], use.name)
                if not (is_last and binds_same_value(use.name, text, text)):
                    _note(self._stale_after, index, use.name, definer)

    def _reads(self, index: int) -> tuple[Use, ...]:
        if index not in self._reads_of:
            self._reads_of[index] = tuple(reads_of_run(self._graph, index))
        return self._reads_of[index]

    def _has_run(self, index: int) -> bool:
        run = self._runs.of(index)
        return run is not None and run.succeeded

    def _drawers_from_seed(self, numbers: RandomNumbers, index: int) -> list[int]:
        """The cells above `index` that draw the numbers, down from the one that seeds them; none
        where no cell seeds them.
        """
        drawers = []
        for drawer in self._definitions.drawers_before(numbers, index):
            drawers.append(drawer)
            if numbers in dict(self._graph.names_at(drawer).seeds):
                return drawers
        return []

    def _is_value_in_order(self, name: str, index: int) -> bool:
        """Whether the cell at `index` reads the value that it would read in order: the cells that
        determine the value are the last that changed it, in document order, as far as is known.
        """
        held = self._names.get(name)
        if held is None or held.initial or held.kind == "module":
            return True  # the plan binds what is missing; a module is always the same object
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
        """The indexes of the cells that have changed the name or will change it, the last first;
        None for other code, and for a run that is not the last one of its cell.
        """
        for definer in self._definitions.all_before(name, index):
            if definer in self.running:
                yield definer
                if self._definitions.certainly_binds(name, definer):
                    return
        for change in reversed(self._names[name].changes):
            maker = self._runs.origin_of_change(change, name).index
            is_last = maker is not None and self._runs.has_made(maker, change, name)
            yield maker if is_last else None


def _note(reasons: _Reasons, index: int, about: str | RandomNumbers, other: int) -> None:
    reasons.setdefault(index, {}).setdefault(about, set()).add(other)
