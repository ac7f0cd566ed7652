"""Which run of a cell was the last, and where does a run come from?"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from functools import cached_property

from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph
from jupyter_namespace_viz.core.kernel_state.namespace import Namespace, Run
from jupyter_namespace_viz.core.vocabulary import OriginKind


class LastRuns:
    """Finds the last run of each cell of one notebook, by the cell's index."""

    def __init__(self, graph: DependencyGraph, namespace: Namespace) -> None:
        self._graph = graph
        self._namespace = namespace
        # Code without a cell id is matched by its text; the last of several runs counts.
        self._by_text = {run.source: run for run in namespace.other_runs}

    def of(self, index: int) -> Run | None:
        """The last run of the cell at `index`, None when it has not run."""
        cell = self._graph.cells[index]
        run = self._namespace.runs.get(cell.id)
        if run is None and self._by_text and cell.source.strip():
            run = self._by_text.get(cell.source)
            if run is not None and run.execution_count is None:
                return None  # restored imports, even if they are the whole text
        return run

    @cached_property
    def last_index(self) -> int:
        """The index of the last cell in the notebook that has run, -1 when none has."""
        indexes = range(len(self._graph.cells) - 1, -1, -1)
        return next((index for index in indexes if self.of(index) is not None), -1)


@dataclass(frozen=True, slots=True)
class Origin:
    """Who ran some code; `index` is the index of the cell if it belongs to this notebook."""

    kind: OriginKind
    index: int | None = None


class RunOrigins:
    """Distinguishes the runs of one notebook from other runs on its kernel.

    `deleted_cells` are the ids of cells that were deleted from the notebook, `sessions` the session
    ids of the clients that show it. A client that ran a cell of the notebook also counts as one.
    """

    def __init__(
        self,
        graph: DependencyGraph,
        namespace: Namespace,
        deleted_cells: Container[str] = frozenset(),
        sessions: frozenset[str] = frozenset(),
    ) -> None:
        self._index_of = graph.index_of
        self._deleted_cells = deleted_cells
        own_runs = (run for cell_id, run in namespace.runs.items() if cell_id in graph.index_of)
        self._sessions = sessions.union(run.client for run in own_runs if run.client is not None)

    def of(self, run: Run | None) -> Origin:
        """Where the run comes from; None stands for a run that was not seen."""
        if run is None:
            return Origin("unseen")
        index = self._index_of.get(run.cell_id or "")
        if index is not None:
            return Origin("cell", index)
        is_own = run.cell_id in self._deleted_cells or run.client in self._sessions
        if run.cell_id is not None and (is_own or run.client is None):
            return Origin("deleted_cell")
        if is_own and run.execution_count is None:
            return Origin("restored_import")
        if run.from_notebook and not is_own:
            return Origin("other_notebook")
        return Origin("outside" if run.cell_id is None else "console")
