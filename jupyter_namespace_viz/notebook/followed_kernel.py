"""Which kernel does a panel's notebook have, and what did the notebook run there?"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from jupyter_namespace_viz.core.kernel_state.notebooks import NotebookHistory
from jupyter_namespace_viz.kernel.errors import UnknownKernel
from jupyter_namespace_viz.kernel.link import KernelLink
from jupyter_namespace_viz.kernel.link_registry import LinkRegistry
from jupyter_namespace_viz.kernel.view import KernelView
from jupyter_namespace_viz.notebook.clients import ShownCells, own_view
from jupyter_namespace_viz.notebook.shown_notebook import ShownNotebook
from jupyter_namespace_viz.protocol import panel_messages


class FollowedKernel:
    """The kernel of one panel's notebook; `on_change` is called when what is seen of it changes.

    `link` is None while the notebook has no kernel. `history` is what is remembered of the notebook
    on this kernel; other panels and programs that show it have the same one.
    """

    def __init__(self, links: LinkRegistry, on_change: Callable[[], None]) -> None:
        self._links = links
        self._on_change = on_change
        self._kernel_id: str | None = None
        self._shown: ShownCells | None = None
        self._unwatch: Callable[[], None] = _nothing
        self._is_open = False
        self.link: KernelLink | None = None
        self.history = NotebookHistory()

    @property
    def view(self) -> KernelView | None:
        """What the notebook sees of the kernel; None while it has none."""
        return None if self.link is None else own_view(self.link, self.history)

    def note_runs(self) -> None:
        """Remember which cells made the runs so far, before their texts change: what has run until
        now, ran what was shown until now.
        """
        if self.link is not None:
            own_view(self.link, self.history)

    def follow(self, message: panel_messages.Update, order: Sequence[str]) -> bool:
        """Follow the kernel of the message, whose cells are in this `order`; whether it is another
        one than before.
        """
        kernel_id = message.kernel_id
        if kernel_id == self._kernel_id and (not kernel_id or self.link is not None):
            return False
        self.leave()
        self.link, self._kernel_id = None, kernel_id
        self.history = NotebookHistory()
        self._shown = ShownCells(self.history.untagged)
        if kernel_id is None:
            return True
        try:
            self.link = self._links.link_to(kernel_id)
        except UnknownKernel:  # it has ended; the panel will send the id of another one
            return True
        # A client that runs no cells, such as a terminal, is not another notebook on the kernel.
        notebooks = self.link.notebooks
        if message.client is None:
            known = notebooks.find(message.path, order)
            if known is not None:
                self.history, self._shown = known, None
        else:
            self.history = notebooks.open(message.path, order)
            self._shown = ShownCells(self.history.untagged)
            self.history.show((), order)
            self._is_open = True
        self._unwatch = self.link.watch(self._on_change)
        self.link.ask_again()  # a panel that was opened or refreshed must not show old facts
        return True

    def note_cells(
        self, before: Sequence[str], shown: ShownNotebook, message: panel_messages.Update
    ) -> None:
        """Remember which cells there are after the message, and who shows them; `before` are those
        that there were.
        """
        if message.path is not None:
            self.history.path = message.path
        if message.client is not None:
            self.history.clients.add(message.client)
        if shown.order != before or message.order is not None:
            self.history.show(before, shown.order)
        if self._shown is not None and shown.is_complete:
            self._shown.show(shown.cells.values(), message.in_flight, shown.counts)

    def leave(self) -> None:
        """Follow it no more; safe to call twice."""
        self._unwatch()
        if self._shown is not None:
            self._shown.close()
        if self._is_open:
            self.history.panels -= 1
        self._unwatch, self._is_open = _nothing, False


def _nothing() -> None:
    """Ends a watch that was never started."""
