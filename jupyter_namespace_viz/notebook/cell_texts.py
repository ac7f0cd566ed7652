"""How large may a message be, and which cells may it have?"""

from __future__ import annotations

from collections.abc import Sequence, Set

from jupyter_namespace_viz.core.analysis.cell_names import Cell
from jupyter_namespace_viz.core.sentences import sentence
from jupyter_namespace_viz.protocol import panel_messages, reports
from jupyter_namespace_viz.protocol.errors import MalformedMessage, OverLimit, quoted

LEAST_CELLS = 1_000
"""As many cells may be meant where the limit is lower: then it is the limit that is told."""

TEXTS_PER_CELL = 20
"""How many texts a message may have for each cell that it may have. A cell has three, and its id is
in two or three lists."""


def check_size(message: bytes | str, limits: panel_messages.Limits) -> None:
    """Raises OverLimit for a message that would take the event loop long: one that is too long, or
    has too many texts.
    """
    if len(message) > limits.max_message_bytes:
        raise OverLimit(
            "$",
            sentence(
                "The message is longer than {size} bytes; send it in parts.",
                size=f"{limits.max_message_bytes:,}",
            ),
        )
    most = TEXTS_PER_CELL * max(limits.max_cells, LEAST_CELLS)
    if _has_more_texts(message, most):
        raise OverLimit(
            "$",
            sentence(
                "The message has more than {count} texts; send it in parts.", count=f"{most:,}"
            ),
        )


def _has_more_texts(message: bytes | str, most: int) -> bool:
    """Whether the JSON has more texts: each is between two quotes, and others are escaped."""
    if isinstance(message, str):
        quotes = message.count('"')
        return quotes > 2 * most + 1 and quotes - message.count('\\"') > 2 * most + 1
    quotes = message.count(b'"')
    return quotes > 2 * most + 1 and quotes - message.count(b'\\"') > 2 * most + 1


def check_cells(ids: Sequence[str], max_cells: int, field: str) -> None:
    """Raises OverLimit for too many cells, MalformedMessage for two cells with the same id."""
    if len(ids) > max_cells:
        raise OverLimit(
            field,
            sentence(
                "The notebook has {count} code cells. The server reads at most {most}.",
                count=f"{len(ids):,}",
                most=f"{max_cells:,}",
            ),
        )
    known: set[str] = set()
    for cell_id in ids:
        if cell_id in known:
            raise MalformedMessage(field, f"The cell id {quoted(cell_id)} occurs twice.")
        known.add(cell_id)


def check_update(order: Sequence[str], changed: Sequence[reports.CellText], max_cells: int) -> None:
    """Raises what `check_cells` does for the cells of an update, and MalformedMessage for a changed
    cell that is none of them."""
    check_cells(order, max_cells, "$.order")
    known = set(order)
    for index, text in enumerate(changed):
        if text.id not in known:
            raise MalformedMessage(
                f"$.changed[{index}].id",
                f"The cell {quoted(text.id)} is not in the notebook's order.",
            )


def check_targets(targets: Sequence[str], known: Set[str]) -> None:
    """Raises MalformedMessage for a target of a plan that is no cell of the notebook."""
    for index, target in enumerate(targets):
        if target not in known:
            raise MalformedMessage(f"$.targets[{index}]", f"There is no cell {quoted(target)}.")


def cell_of(text: reports.CellText) -> Cell:
    """The cell of a message."""
    return Cell(text.id, text.source)
