"""What will the cells that run, or are queued, have done to names?

What such a cell certainly binds will be there for the cells that run after it, unless one of them
raises: then the kernel drops all that are queued behind it.
"""

from __future__ import annotations

from collections.abc import Iterator

from jupyter_namespace_viz.core.analysis.cell_names import CellNames, Use
from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph
from jupyter_namespace_viz.core.verdicts import explanations
from jupyter_namespace_viz.core.verdicts.context import VerdictContext
from jupyter_namespace_viz.core.verdicts.verdict_types import Need


class QueuedCells:
    """The effects on names of the queued cells that were added so far, in the order they run."""

    def __init__(self, graph: DependencyGraph) -> None:
        self._graph = graph
        self._bound: dict[str, int] = {}
        self._deleted: dict[str, int] = {}
        self._is_over = False

    def add(self, index: int, names: CellNames, is_blocked: bool) -> None:
        """The cell at `index` runs next; it raises when it `is_blocked`."""
        self._is_over = self._is_over or is_blocked
        if self._is_over:
            return
        for name in names.deletions:
            self._bound.pop(name, None)
            self._deleted[name] = index
        for definition in names.definitions:
            if definition.certain:
                self._deleted.pop(definition.name, None)
                self._bound[definition.name] = index

    def binds(self, name: str) -> bool:
        """Whether a queued cell will have bound the name."""
        return name in self._bound

    def deletes(self, name: str) -> bool:
        """Whether a queued cell will have deleted the name."""
        return name in self._deleted

    def bound_need(self, use: Use) -> Need:
        """The verdict on a name that a queued cell binds."""
        index = self._bound[use.name]
        return Need(
            use.name,
            "live",
            use.phase,
            use.certain,
            use.via,
            reason="in_flight",
            provider=self._graph.cells[index].id,
            message=explanations.will_be_there(use.name, use.via, index),
            by_import=self._graph.is_import_at(use.name, index),
        )

    def deleted_need(self, use: Use) -> Need:
        """The verdict on a name that a queued cell deletes."""
        message = explanations.will_be_gone(use.name, use.via, self._deleted[use.name])
        return Need(
            use.name, "missing", use.phase, use.certain, use.via, reason="deleted", message=message
        )


def queued_indexes(graph: DependencyGraph, context: VerdictContext) -> Iterator[int]:
    """The indexes of the cells that run, and of those queued behind them, in that order.

    The clients know their own cells; the kernel reports which cells run.
    """
    cell_ids = dict.fromkeys([*context.namespace.running, *context.clients.in_flight])
    return (graph.index_of[it] for it in cell_ids if it in graph.index_of)
