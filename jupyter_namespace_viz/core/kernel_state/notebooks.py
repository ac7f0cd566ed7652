"""Which notebooks have used a kernel, and which cells and clients did each of them have?

A page that is reloaded, or a client that connects again, knows nothing of the cells that were
deleted before. This is remembered here, for as long as the server has the kernel.
"""

from __future__ import annotations

from collections.abc import Sequence

Neighbours = tuple[str | None, str | None]
"""The ids of the cells directly above and below another one; None where there was none."""


class NotebookHistory:
    """What is remembered of one notebook.

    `path` is None while no client has sent it. `clients` are the session ids with which its clients
    have sent execute requests. `neighbours` maps the ids of deleted cells to those that stood next
    to them.
    """

    def __init__(self, path: str | None = None) -> None:
        self.path = path
        self.clients: set[str] = set()
        self.neighbours: dict[str, Neighbours] = {}
        self._order: tuple[str, ...] = ()

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
        """The notebook, as `find` finds it, else a new one."""
        history = self.find(path, cell_ids)
        if history is None:
            history = NotebookHistory(path)
            self._histories.append(history)
        return history

    def has_only(self, history: NotebookHistory | None) -> bool:
        """Whether no other notebook is known."""
        return all(it is history for it in self._histories)
