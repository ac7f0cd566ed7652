"""How are the cells of a notebook's file sent to a server?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from tornado.websocket import WebSocketClientConnection

from jupyter_namespace_viz.cli.notebooks.notebook_file import NotebookFile
from jupyter_namespace_viz.protocol import codec, panel_messages, reports


class UpdateSender:
    """Sends the cells of a notebook over a socket, each time those that changed.

    `file` is what was sent last, in the update that has the number `revision`.
    """

    file: NotebookFile

    def __init__(self, socket: WebSocketClientConnection, limits: panel_messages.Limits) -> None:
        self._socket = socket
        self._limits = limits
        self._sent: dict[str, reports.CellText] = {}
        self.revision = 0

    @property
    def cell_ids(self) -> list[str]:
        """The ids of the cells that were sent last, in document order."""
        return list(self._sent)

    async def send(self, file: NotebookFile, kernel_id: str) -> None:
        """Send what changed since the last call."""
        self.file = file
        texts = cell_texts(file)
        sent = self._sent
        self._sent = {text.id: text for text in texts}
        others = list(file.other_ids)
        for update in _updates(self.revision + 1, kernel_id, texts, others, sent, self._limits):
            self.revision = update.revision
            await self._socket.write_message(codec.encode(update))


def cell_texts(file: NotebookFile) -> list[reports.CellText]:
    """The code cells in document order.

    Their ids are those of the file, by which the kernel knows the cells it ran; cells without an
    id, and those that share one, get another.
    """
    times = Counter(file.ids)
    ids = [
        own if own is not None and times[own] == 1 else f"cell-at-{index}"
        for own, index in zip(file.ids, file.indexes, strict=True)
    ]
    return [
        reports.CellText(cell_id, cell.source)
        for cell_id, cell in zip(ids, file.cells, strict=True)
    ]


def _updates(
    first_revision: int,
    kernel_id: str,
    texts: Sequence[reports.CellText],
    not_code: list[str],
    sent: Mapping[str, reports.CellText],
    limits: panel_messages.Limits,
) -> Iterator[panel_messages.Update]:
    """The differences from `sent`, in as many messages as the server's size limit requires.

    A source longer than the server reads is cut to one character more than that, by which the
    server sees that it is too long.
    """
    order: list[str] | None = [text.id for text in texts]
    others: list[str] | None = not_code
    first = panel_messages.Update(first_revision, kernel_id, order, [], not_code=others)
    # 256 bytes: JSON's quotes and commas, and the message's own fields.
    size = len(codec.encode(first)) + 256
    part: list[reports.CellText] = []
    for text in texts:
        if sent.get(text.id) == text:
            continue
        short = reports.CellText(text.id, text.source[: limits.max_cell_chars + 1])
        length = len(codec.encode(short)) + 1
        if part and size + length > limits.max_message_bytes:
            yield panel_messages.Update(first_revision, kernel_id, order, part, not_code=others)
            first_revision, order, others, part, size = first_revision + 1, None, None, [], 256
        part.append(short)
        size += length
    yield panel_messages.Update(first_revision, kernel_id, order, part, not_code=others)
