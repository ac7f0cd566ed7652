"""Which cells would raise, whatever runs before them?"""

from __future__ import annotations

from collections import defaultdict

from jupyter_namespace_viz.core.plan.plan_types import needs_to_fix
from jupyter_namespace_viz.core.verdicts.cell_status import NotebookVerdict

_UNABLE = frozenset({"empty", "failed", "not_python", "syntax_error"})
"""Statuses of cells that do not run, or raised and would raise again."""


def cells_that_raise(verdict: NotebookVerdict) -> frozenset[str]:
    """The ids of the cells that cannot run through: a name that they certainly need can be bound
    by no cell, or only by such a cell, or by one that needs this cell first. Cells without Python
    are included.
    """
    lacking: dict[str, set[str]] = {}  # by cell, the providers of what it lacks
    waiting_for: dict[str, set[str]] = defaultdict(set)
    for cell in verdict.cells:
        blocking = [need for need in needs_to_fix(cell.needs) if need.blocks]
        if cell.status not in _UNABLE and all(need.is_fixable for need in blocking):
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
