"""Which notebooks have used a kernel, and which cells and clients did each of them have?

A page that is reloaded, or a client that connects again, knows nothing of the cells that were
deleted before. This is remembered here, for as long as the server has the kernel.

A copy of a notebook has the same cell ids. Where both use one kernel, the clients tell their runs
apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from jupyter_namespace_viz.core.kernel_state.namespace import Namespace
from jupyter_namespace_viz.core.kernel_state.untagged_runs.attribution import with_runs
from jupyter_namespace_viz.core.kernel_state.untagged_runs.ledger import UntaggedRuns

Neighbours = tuple[str | None, str | None]
"""The ids of the cells directly above and below another one; None where there was none."""


class NotebookHistory:
    """What is remembered of one notebook.

    `path` is None while no client has sent it. `clients` are the session ids with which its clients
    have sent execute requests. `neighbours` maps the ids of deleted cells to those that stood next
    to them. `panels` is how many panels show it now. `untagged` is what is known of the runs that
    carry no cell id.
    """

    def __init__(self, path: str | None = None) -> None:
        self.path = path
        self.clients: set[str] = set()
        self.panels = 0
        self.neighbours: dict[str, Neighbours] = {}
        self.untagged = UntaggedRuns()
        self._order: tuple[str, ...] = ()
        self._seen: tuple[Namespace, tuple[object, ...], Namespace] | None = None

    def show(self, before: Sequence[str], now: Sequence[str]) -> None:
        """Note the cells that a client shows now.

        `before` are those that it showed last. A client that shows the notebook for the first time
        shows none before; then those count that any client has shown.
        """
        order, present = list(before or self._order), set(now)
        self._order = tuple(now)
        for cell_id in present & self.neighbours.keys():
            del self.neighbours[cell_id]
        for above, cell_id, below in zip([None, *order], order, [*order[1:], None], strict=False):
            if cell_id not in present:
                self.neighbours[cell_id] = (above, below)

    def deleted(self, present: Sequence[str]) -> frozenset[str]:
        """The ids of the cells that the notebook had, without those that are present."""
        return frozenset(self.neighbours).union(self._order).difference(present)

    def namespace_of(
        self, namespace: Namespace, others: frozenset[str], running_clients: frozenset[str]
    ) -> Namespace:
        """The kernel's namespace without the ids of this notebook's cells in what `others`, the
        clients of its copies, have run. `running_clients` are those whose code runs now.

        Returns the same object as long as nothing changed, and the namespace itself where no copy
        has run.
        """
        if not others:
            return namespace
        known = (others, running_clients, self._order, len(self.neighbours))
        if self._seen is None or self._seen[0] is not namespace or self._seen[1] != known:
            self._seen = namespace, known, self._without(namespace, others, running_clients)
        return self._seen[2]

    def _without(
        self, namespace: Namespace, others: frozenset[str], running_clients: frozenset[str]
    ) -> Namespace:
        if running_clients and running_clients <= others and namespace.running:
            namespace = replace(namespace, running=())
        runs = (*namespace.runs.values(), *namespace.replaced_runs)
        foreign = {
            run.serial: replace(run, cell_id=f"{run.client} {run.cell_id}")
            for run in runs
            if run.client in others and self.knows(run.cell_id or "")
        }
        return with_runs(namespace, foreign) if foreign else namespace

    def knows(self, cell_id: str) -> bool:
        """Whether it has or had this cell."""
        return cell_id in self.neighbours or cell_id in self._order

    def shares_most_of(self, cell_ids: Sequence[str]) -> bool:
        """Whether it has or had at least half of these cells."""
        known = self.neighbours.keys() | set(self._order)
        return bool(cell_ids) and 2 * len(known.intersection(cell_ids)) >= len(cell_ids)


class KernelNotebooks:
    """The notebooks that have used one kernel."""

    def __init__(self) -> None:
        self._histories: list[NotebookHistory] = []

    def find(self, path: str | None, cell_ids: Sequence[str]) -> NotebookHistory | None:
        """The notebook with this path, else the one with most of these cells; None if neither is
        known. A notebook that was renamed while it was closed still has its cells.
        """
        if path is not None:
            for history in self._histories:
                if history.path == path:
                    return history
        return next((it for it in self._histories if it.shares_most_of(cell_ids)), None)

    def open(self, path: str | None, cell_ids: Sequence[str]) -> NotebookHistory:
        """The notebook that a panel shows from now on: the one with this path, else the one with
        most of these cells that no panel shows, else a new one. While the other is shown, one with
        its cells is a copy.
        """
        known = self.find(path, cell_ids)
        if known is not None and known.path != path and path is not None and known.panels > 0:
            known = next(
                (it for it in self._histories if not it.panels and it.shares_most_of(cell_ids)),
                None,
            )
        history = NotebookHistory(path) if known is None else known
        if known is None:
            self._histories.append(history)
        history.panels += 1
        return history

    def clients_of_others(self, history: NotebookHistory) -> frozenset[str]:
        """The session ids of the clients of the other notebooks."""
        others = (it.clients for it in self._histories if it is not history)
        return frozenset().union(*others) - history.clients

    def note_start(self, cell_id: str) -> None:
        """A part of the server runs this cell of one of the notebooks next."""
        for history in self._histories:
            history.untagged.note_start(cell_id)

    def has_elsewhere(self, history: NotebookHistory, text: str) -> bool:
        """Whether another notebook that is open has a cell with this text."""
        others = (it for it in self._histories if it is not history and it.panels)
        return any(it.untagged.has_text(text) for it in others)

    def has_only(self, history: NotebookHistory | None) -> bool:
        """Whether no other notebook is known."""
        return all(it is history for it in self._histories)
