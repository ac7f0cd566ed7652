"""Which cells would raise, whatever runs before them?"""

from __future__ import annotations

from collections import defaultdict

from jupyter_namespace_viz.core.plan.plan_types import needs_to_fix
from jupyter_namespace_viz.core.verdicts.cell_status import NotebookVerdict

_UNABLE = frozenset({"empty", "failed", "not_python", "syntax_error"})
"""Statuses of cells that do not run, or raised and would raise again."""


def cells_that_raise(verdict: NotebookVerdict) -> frozenset[str]:
    """The ids of the cells that cannot run through: a name that they certainly need can be bound
    by no cell, or only by such a cell. Cells without Python are included.
    """
    raising = {cell.id for cell in verdict.cells if cell.status in _UNABLE}
    waiting_for: dict[str, set[str]] = defaultdict(set)
    for cell in verdict.cells:
        for need in needs_to_fix(cell.needs):
            if not need.blocks:
                continue
            if not need.is_fixable or need.provider is None or need.provider == cell.id:
                raising.add(cell.id)
            else:
                waiting_for[need.provider].add(cell.id)
    to_visit = list(raising)
    while to_visit:
        for cell_id in waiting_for[to_visit.pop()] - raising:
            raising.add(cell_id)
            to_visit.append(cell_id)
    return frozenset(raising)
