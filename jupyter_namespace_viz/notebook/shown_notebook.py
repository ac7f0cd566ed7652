"""What does a panel show of its notebook, after all its updates?"""

from __future__ import annotations

from collections.abc import Sequence

from jupyter_namespace_viz.core.analysis.cell_names import Cell
from jupyter_namespace_viz.notebook.cell_texts import cell_of, check_update
from jupyter_namespace_viz.protocol import panel_messages


class ShownNotebook:
    """The code cells of one notebook, and what else the panel says of it.

    `revision` is that of the last update. `not_code` are the ids of its cells that are not code,
    `counts` the execution counts on the screen by cell id, None where there is none.
    `deleted_queued` are the texts of the cells that were deleted while they were in flight, by id.
    `in_full` is whether the panel is open, and wants all names; `language` is that of its texts.
    """

    def __init__(self, max_cells: int) -> None:
        self._max_cells = max_cells
        self.revision = 0
        self.cells: dict[str, Cell] = {}
        self.order: Sequence[str] = ()
        self.not_code: frozenset[str] = frozenset()
        self.counts: dict[str, int | None] = {}
        self.deleted_queued: dict[str, str] = {}
        self.in_full = False
        self.language: str | None = None

    @property
    def is_complete(self) -> bool:
        """Whether the texts of all cells have come: a large notebook arrives in several updates."""
        return len(self.cells) == len(self.order)

    @property
    def in_order(self) -> list[Cell]:
        """The cells whose texts have come, in document order."""
        return [self.cells[cell_id] for cell_id in self.order if cell_id in self.cells]

    def check(self, message: panel_messages.Update) -> None:
        """Raise ProtocolError where the update does not fit what is shown."""
        check_update(self._order_of(message), message.changed, self._max_cells)

    def update(self, message: panel_messages.Update) -> None:
        """Take an update that was checked."""
        order = self._order_of(message)
        known = set(order)
        code = self.deleted_queued | {cell.id: cell.source for cell in self.cells.values()}
        self.deleted_queued = {
            cell_id: code[cell_id]
            for cell_id in message.in_flight
            if cell_id in code and cell_id not in known
        }
        cells = {cell_id: cell for cell_id, cell in self.cells.items() if cell_id in known}
        cells.update((text.id, cell_of(text)) for text in message.changed)
        counts = self.counts | message.counts
        self.counts = {cell_id: counts[cell_id] for cell_id in counts if cell_id in known}
        if message.not_code is not None:
            self.not_code = frozenset(message.not_code)
        self.cells, self.order, self.revision = cells, list(order), message.revision
        self.in_full = message.in_full
        self.language = message.language

    def _order_of(self, message: panel_messages.Update) -> Sequence[str]:
        return self.order if message.order is None else message.order
