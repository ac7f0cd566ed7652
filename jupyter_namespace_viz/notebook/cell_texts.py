"""Which cells may a message have?"""

from __future__ import annotations

from collections.abc import Sequence, Set

from jupyter_namespace_viz.core.analysis.cell_names import Cell
from jupyter_namespace_viz.core.sentences import sentence
from jupyter_namespace_viz.protocol import reports
from jupyter_namespace_viz.protocol.errors import MalformedMessage, OverLimit


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
    if len(set(ids)) < len(ids):
        duplicate = next(it for index, it in enumerate(ids) if it in ids[:index])
        raise MalformedMessage(field, f"The cell id {duplicate!r} occurs twice.")


def check_update(order: Sequence[str], changed: Sequence[reports.CellText], max_cells: int) -> None:
    """Raises what `check_cells` does for the cells of an update, and MalformedMessage for a changed
    cell that is none of them."""
    check_cells(order, max_cells, "$.order")
    known = set(order)
    for index, text in enumerate(changed):
        if text.id not in known:
            raise MalformedMessage(
                f"$.changed[{index}].id",
                f"The cell {text.id!r} is not in the notebook's order.",
            )


def check_targets(targets: Sequence[str], known: Set[str]) -> None:
    """Raises MalformedMessage for a target of a plan that is no cell of the notebook."""
    for index, target in enumerate(targets):
        if target not in known:
            raise MalformedMessage(f"$.targets[{index}]", f"There is no cell {target!r}.")


def cell_of(text: reports.CellText) -> Cell:
    """The cell of a message."""
    return Cell(text.id, text.source)
