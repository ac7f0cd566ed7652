"""How are the cells of a notebook's file told to a server?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from jupyter_namespace_viz.cli.notebooks.notebook_file import NotebookFile
from jupyter_namespace_viz.protocol import codec, panel_messages, reports


def cell_texts(file: NotebookFile) -> list[reports.CellText]:
    """The code cells in document order.

    They have the ids that the kernel was told when they ran, which are the file's; a cell without
    an id of its own is given one.
    """
    times = Counter(file.ids)
    ids = [
        own if own is not None and times[own] == 1 else f"cell-at-{index}"
        for own, index in zip(file.ids, file.indexes, strict=True)
    ]
    return [
        reports.CellText(cell_id, cell.source, cell.has_result)
        for cell_id, cell in zip(ids, file.cells, strict=True)
    ]


def updates(
    first_revision: int,
    kernel_id: str,
    texts: Sequence[reports.CellText],
    told: Mapping[str, reports.CellText],
    limits: panel_messages.Limits,
) -> Iterator[panel_messages.Update]:
    """What changed since `told`, in as many messages as the server's limit asks for.

    A text that is longer than the server reads is cut; the server still sees that it is.
    """
    order: list[str] | None = [text.id for text in texts]
    # JSON's quotes and commas, and as much again for the message's own fields.
    size = len(codec.encode(panel_messages.Update(first_revision, kernel_id, order, []))) + 256
    part: list[reports.CellText] = []
    for text in texts:
        if told.get(text.id) == text:
            continue
        short = reports.CellText(text.id, text.source[: limits.max_cell_chars + 1], text.has_result)
        length = len(codec.encode(short)) + 1
        if part and size + length > limits.max_message_bytes:
            yield panel_messages.Update(first_revision, kernel_id, order, part)
            first_revision, order, part, size = first_revision + 1, None, [], 256
        part.append(short)
        size += length
    yield panel_messages.Update(first_revision, kernel_id, order, part)
