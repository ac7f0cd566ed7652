"""Which cells would raise, whatever runs before them, and which could be repaired by runs?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from jupyter_namespace_viz.core.plan.plan_types import needs_to_fix
from jupyter_namespace_viz.core.verdicts.cell_status import NotebookVerdict
from jupyter_namespace_viz.core.verdicts.verdict_types import CellVerdict, Need
from jupyter_namespace_viz.core.vocabulary import RepairMode

_UNABLE = frozenset({"empty", "not_python", "syntax_error"})
"""Statuses of cells that do not run."""


def repairs_of(cell: CellVerdict, raising: Collection[str]) -> list[RepairMode]:
    """The plan modes that would bind at least one name that the cell lacks; `raising` are the cells
    that cannot run through.
    """
    needs = [need for need in cell.needs if need.is_fixable and need.provider != cell.id]
    repairs: list[RepairMode] = []
    if any(need.provider not in raising for need in needs):
        repairs.append("cells")
    if any(need.by_import for need in needs):
        repairs.append("imports")
    return repairs


def cells_that_raise(verdict: NotebookVerdict, *, failed_again: bool = True) -> frozenset[str]:
    """The ids of the cells that cannot run through: a name that they certainly need can be bound
    by no cell, or only by such a cell, or by one that needs this cell first. Cells without Python
    are included, and with `failed_again` those that failed: they would most likely fail again,
    unless they were interrupted, or raised a NameError and lack a name that can be bound.
    """
    lacking: dict[str, set[str]] = {}  # by cell, the providers of what it lacks
    waiting_for: dict[str, set[str]] = defaultdict(set)
    for cell in verdict.cells:
        blocking = [need for need in needs_to_fix(cell.needs) if need.blocks]
        is_unable = cell.status in _UNABLE or (failed_again and _would_fail_again(cell, blocking))
        if not is_unable and all(need.is_fixable for need in blocking):
            lacking[cell.id] = {need.provider for need in blocking if need.provider is not None}
            for provider in lacking[cell.id]:
                waiting_for[provider].add(cell.id)
    able = {cell_id for cell_id, providers in lacking.items() if not providers}
    to_visit = list(able)
    while to_visit:
        provider = to_visit.pop()
        for cell_id in waiting_for[provider]:
            lacking[cell_id].discard(provider)
            if not lacking[cell_id] and cell_id not in able:
                able.add(cell_id)
                to_visit.append(cell_id)
    return frozenset(cell.id for cell in verdict.cells if cell.id not in able)


def _would_fail_again(cell: CellVerdict, blocking: Collection[Need]) -> bool:
    if cell.status != "failed" or cell.error == "KeyboardInterrupt":
        return False
    return not (blocking and cell.error == "NameError")
