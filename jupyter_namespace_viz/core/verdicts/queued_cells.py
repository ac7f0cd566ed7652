"""Which names will be there, and which gone, when the cells in flight have run?

A cell in flight is running or queued. What it certainly binds will be there for those that run
after it, unless one of them raises: then the kernel drops all that are queued behind it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jupyter_namespace_viz.core.analysis.cell_names import CellNames
from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph
from jupyter_namespace_viz.core.kernel_state.namespace import Namespace


class QueuedCells:
    """What the cells that were taken in so far will have done to names, by name and place."""

    def __init__(self) -> None:
        self.bound: dict[str, int] = {}
        self.deleted: dict[str, int] = {}
        self._is_over = False

    def take(self, place: int, names: CellNames, is_blocked: bool) -> None:
        """The cell at a place runs next; `is_blocked` when it will raise."""
        self._is_over = self._is_over or is_blocked
        if self._is_over:
            return
        for name in names.deletions:
            self.bound.pop(name, None)
            self.deleted[name] = place
        for definition in names.definitions:
            if definition.certain:
                self.deleted.pop(definition.name, None)
                self.bound[definition.name] = place


def queued_indexes(
    graph: DependencyGraph, namespace: Namespace, in_flight: Iterable[str]
) -> Iterator[int]:
    """The places of the cells that run, and of those that are queued behind them, in that order.

    `in_flight` is what a client knows of its own cells; the kernel tells of those that run.
    """
    cell_ids = dict.fromkeys([*namespace.running, *in_flight])
    return (graph.positions[it] for it in cell_ids if it in graph.positions)
