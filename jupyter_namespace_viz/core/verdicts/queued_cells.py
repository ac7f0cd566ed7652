"""Which names will the running and queued cells bind and delete?

The cells that run later can use what such a cell certainly binds, unless a cell raises: then the
kernel drops all cells that are queued behind it.
"""

from __future__ import annotations

from jupyter_namespace_viz.core.analysis.cell_names import CellNames, Use
from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph
from jupyter_namespace_viz.core.verdicts.context import VerdictContext
from jupyter_namespace_viz.core.verdicts.verdict_types import Need
from jupyter_namespace_viz.core.verdicts.wording import explanations, missing_explanations


class QueuedCells:
    """The effects on names of the queued cells added so far, in the order in which they run.

    The kernel also runs a cell that was deleted while it was queued; its index is None.
    """

    def __init__(self, graph: DependencyGraph) -> None:
        self._graph = graph
        self._bound: dict[str, int | None] = {}
        self._deleted: dict[str, int | None] = {}
        self._has_raised = False

    def add(self, index: int | None, names: CellNames, will_raise: bool) -> None:
        """Add the cell at `index`, which runs next."""
        self._has_raised = self._has_raised or will_raise
        if self._has_raised:
            return
        for name in names.deletions:
            self._bound.pop(name, None)
            self._deleted[name] = index
        for definition in names.definitions:
            if definition.certain:
                self._deleted.pop(definition.name, None)
                self._bound[definition.name] = index

    def binds(self, name: str) -> bool:
        """Whether a queued cell will bind the name."""
        return name in self._bound

    def binder_of(self, name: str) -> int | None:
        """The index of the queued cell that will bind the name, None if the notebook has none."""
        return self._bound.get(name)

    def deletes(self, name: str) -> bool:
        """Whether a queued cell will delete the name."""
        return name in self._deleted

    def bound_need(self, use: Use, is_held: bool) -> Need:
        """The verdict on a name that a queued cell binds; `is_held`: whether it has a value now."""
        index = self._bound[use.name]
        explain = (
            explanations.will_be_bound_again if is_held else missing_explanations.will_be_bound
        )
        return Need(
            use.name,
            "live" if is_held else "missing",
            use.phase,
            use.certain,
            use.via,
            reason="in_flight",
            provider=None if index is None else self._graph.cells[index].id,
            message=explain(use.name, use.via, index),
            by_import=index is not None and self._graph.is_import_at(use.name, index),
        )

    def deleted_need(self, use: Use) -> Need:
        """The verdict on a name that a queued cell deletes."""
        message = missing_explanations.will_be_deleted(use.name, use.via, self._deleted[use.name])
        return Need(
            use.name, "missing", use.phase, use.certain, use.via, reason="deleted", message=message
        )


def running_indexes(graph: DependencyGraph, context: VerdictContext) -> frozenset[int]:
    """The indexes of the cells that run now.

    Where the probe has not yet reported a run, it is the first one in flight.
    """
    cell_ids = context.namespace.running
    if not cell_ids and not context.is_occupied:
        cell_ids = context.clients.in_flight[:1]
    return frozenset(graph.index_of[it] for it in cell_ids if it in graph.index_of)


def queued_cells(graph: DependencyGraph, context: VerdictContext) -> list[str]:
    """The ids of the running cells, then of the queued cells, in the order in which they run.

    The kernel reports the running cells, each client its own running and queued cells. Deleted
    cells whose code is known are among them.
    """
    cell_ids = dict.fromkeys([*context.namespace.running, *context.clients.in_flight])
    known = context.clients.deleted_queued
    return [it for it in cell_ids if it in graph.index_of or it in known]
