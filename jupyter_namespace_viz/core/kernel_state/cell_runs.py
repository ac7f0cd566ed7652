"""Which run was the last of each cell in this generation?"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from functools import cached_property

from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph
from jupyter_namespace_viz.core.kernel_state.namespace import Namespace, Run
from jupyter_namespace_viz.core.vocabulary import OriginKind


class LastRuns:
    """The last runs of the cells of one notebook, by their places."""

    def __init__(self, graph: DependencyGraph, namespace: Namespace) -> None:
        self._graph = graph
        self._namespace = namespace
        # Code without a cell id is matched by its text; of several runs the last one counts.
        self._by_text = {run.source: run for run in namespace.other_runs}

    def of(self, place: int) -> Run | None:
        """The last run of the cell at a place, None when it has not run."""
        cell = self._graph.cells[place]
        run = self._namespace.runs.get(cell.id)
        if run is None and self._by_text and cell.source.strip():
            run = self._by_text.get(cell.source)
            if run is not None and run.execution_count is None:
                return None  # imports that were restored are no run of the cell, be they all it has
        return run

    @cached_property
    def last_place(self) -> int:
        """The last place in the notebook whose cell has run, -1 when none has."""
        places = range(len(self._graph.cells) - 1, -1, -1)
        return next((place for place in places if self.of(place) is not None), -1)


@dataclass(frozen=True, slots=True)
class Origin:
    """Who ran some code; `place` is that of the cell, where it is one of this notebook."""

    kind: OriginKind
    place: int | None = None


class RunOrigins:
    """Tells the runs of one notebook from those of others.

    `former` are the ids of cells that the notebook had, `clients` the session ids of the clients
    that show it. Who runs a cell of the notebook is one of these as well.
    """

    def __init__(
        self,
        graph: DependencyGraph,
        namespace: Namespace,
        former: Container[str] = frozenset(),
        clients: frozenset[str] = frozenset(),
    ) -> None:
        self._positions = graph.positions
        self._former = former
        own = (run for cell_id, run in namespace.runs.items() if cell_id in graph.positions)
        self._clients = clients.union(run.client for run in own if run.client is not None)

    def of(self, run: Run | None) -> Origin:
        """Who ran this."""
        if run is None:
            return Origin("unseen")
        place = self._positions.get(run.cell_id or "")
        if place is not None:
            return Origin("cell", place)
        is_own = run.cell_id in self._former or run.client in self._clients
        if run.cell_id is not None and (is_own or run.client is None):
            return Origin("deleted_cell")
        if is_own and run.execution_count is None:
            return Origin("restored_import")
        if run.from_notebook and not is_own:
            return Origin("other_notebook")
        return Origin("outside" if run.cell_id is None else "console")
