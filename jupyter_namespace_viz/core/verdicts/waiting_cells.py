"""Which names come by themselves when the cells above run, so that their absence is quiet?"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Iterable, Sequence

from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph
from jupyter_namespace_viz.core.kernel_state.cell_runs import LastRuns
from jupyter_namespace_viz.core.kernel_state.source_runs import has_code_run
from jupyter_namespace_viz.core.verdicts.verdict_types import Need


class CellsToRun:
    """What the cells that have yet to run would bind for the cells below them. `held` are the names
    that the kernel holds; `running` are the indexes of the cells that run now.

    Whether such a cell can run does not matter. If it cannot, it has a verdict of its own, which
    is the cause, and fixing it fixes the cells that wait for it:

        c1: import numpy as np  (not installed)    c2: x = np.ones(3)  (waits)    c3: x + 1  (waits)

    A cell that does not parse is taken to bind the names that its text would bind: the cells below
    must not change with every key that the user types in it. A cell that has run to its end with
    its present text is not waited for: what it binds is held, or is not coming.
    """

    def __init__(
        self,
        graph: DependencyGraph,
        held: Container[str],
        runs: LastRuns,
        running: Iterable[int],
    ) -> None:
        self._held = held
        self._last_begun = max([runs.last_index, *running])
        self._indexes: dict[str, list[int]] = {}
        self._is_bound: dict[str, list[bool]] = {}
        self._clearing: list[int] = []
        self._any_name: list[int] = []  # the cells that may bind any name
        self._may_bind = runs.may_bind
        for index, cell in enumerate(graph.cells):
            run = runs.of(index)
            if run is not None and run.succeeded and run.source == cell.source:
                continue
            names = graph.names_at(index)
            if names.clears_namespace:
                self._clearing.append(index)
            for definition in names.definitions:
                self._note(definition.name, index, is_bound=True)
            for name in names.intended_names:
                self._note(name, index, is_bound=True)
            for name in names.deletions:
                self._note(name, index, is_bound=False)
            if names.unknown_sources and not has_code_run(names, runs.codes_that_ran):
                self._any_name.append(index)

    def bind(self, name: str, index: int) -> bool:
        """Whether the cells above `index` would bind the name, or it is held and they leave it."""
        may_bind = (self._may_bind(it, name) for it in self._any_name if it < index)
        if any(may_bind):
            return True
        indexes = self._indexes.get(name, ())
        at = bisect_left(indexes, index) - 1
        last = indexes[at] if at >= 0 else -1
        cleared = bisect_left(self._clearing, index) - 1
        if cleared >= 0 and self._clearing[cleared] > last:
            return False
        return self._is_bound[name][at] if at >= 0 else name in self._held

    def most_urgent(self, needs: Sequence[Need], index: int) -> Need:
        """The need of the cell at `index` that no run of the cells above mends, and among those an
        import.
        """

        def rank(need: Need) -> tuple[bool, bool]:
            return self.mend(need, index), not (need.blocks and need.by_import)

        return needs[0] if len(needs) == 1 else min(needs, key=rank)

    def mend(self, need: Need, index: int) -> bool:
        """Whether the cell at `index` lacks the name, and the cells above would bind it."""
        is_missing = need.status == "missing" and need.reason != "unbound"
        return is_missing and self.bind(need.name, index)

    def is_due(self, index: int) -> bool:
        """Whether neither the cell at `index` nor a cell below has run."""
        return index > self._last_begun

    def is_waiting(self, need: Need, index: int) -> bool:
        """Whether the cell at `index` waits for the name: the cells above would bind it, and
        neither it nor a cell below has run.
        """
        return self.is_due(index) and self.mend(need, index)

    def _note(self, name: str, index: int, *, is_bound: bool) -> None:
        self._indexes.setdefault(name, []).append(index)
        self._is_bound.setdefault(name, []).append(is_bound)
