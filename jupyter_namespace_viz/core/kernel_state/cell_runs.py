"""Which run was the last of each cell in this generation?"""

from __future__ import annotations

from functools import cached_property

from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph
from jupyter_namespace_viz.core.kernel_state.namespace import Namespace, Run


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
