"""Which needs of a cell are bad only because another cell has a problem?

    c1: import numpy as np  (not installed)    c2: x = np.ones(3)    c3: x + 1

The problem stands at c1. That c2 lacks `np` and c3 lacks `x` are its symptoms.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from jupyter_namespace_viz.core.verdicts.cell_status import NotebookVerdict
from jupyter_namespace_viz.core.verdicts.verdict_types import CellVerdict, Need


class Symptoms:
    """Tells causes from symptoms, for the needs of the cells of one notebook. A cell that waits is
    no cause of its own, but may have symptoms."""

    def __init__(self, verdict: NotebookVerdict, left_stale: Mapping[str, str]) -> None:
        """`left_stale` maps the cells that no run makes fresh to those that keep them stale."""
        self._left_stale = left_stale
        self._cells = {cell.id: cell for cell in verdict.cells}
        self._caused_by: dict[str, set[str]] = {}
        for cell in verdict.cells:
            causes = [*map(self._cause_of, bad_needs(cell))]
            if cell.status == "stale":
                causes.append(left_stale.get(cell.id))
            for cause in causes:
                if cause is not None and cause != cell.id:
                    self._caused_by.setdefault(cause, set()).add(cell.id)
        self._with_root = self._cells_below(
            cell.id for cell in verdict.cells if not cell.waiting and self._is_root(cell)
        )

    def is_symptom(self, need: Need, cell: CellVerdict) -> bool:
        """Whether the need is bad only because of another cell, whose problem is listed."""
        cause = self._cause_of(need)
        return cause is not None and cause != cell.id and cause in self._with_root

    def stays_stale(self, cell: CellVerdict) -> bool:
        """Whether no run makes the stale cell fresh."""
        return cell.id in self._left_stale

    def is_stale_symptom(self, cell: CellVerdict) -> bool:
        """Whether the cell stays stale only because of another cell, whose problem is listed."""
        cause = self._left_stale.get(cell.id, cell.id)
        return cause != cell.id and cause in self._with_root

    def dependents_of(self, cells: Iterable[str]) -> int:
        """How many other cells have symptoms of the problems of these cells."""
        causes = set(cells)
        return len(self._cells_below(causes) - causes)

    def _is_root(self, cell: CellVerdict) -> bool:
        """Whether the cell has a problem of its own."""
        if cell.status in {"syntax_error", "failed"}:
            return True
        if cell.status == "stale" and self._left_stale.get(cell.id) == cell.id:
            return True
        return any(self._cause_of(need) in {None, cell.id} for need in bad_needs(cell))

    def _cause_of(self, need: Need) -> str | None:
        """The cell whose problem is the cause of this one, if there is one."""
        provider = self._cells.get(need.provider or "")
        if provider is None or need.status != "missing":
            return None
        is_caused = (
            need.is_consequence
            or need.reason == "not_parsed"
            or (provider.status == "syntax_error" and not need.by_import)
            or (need.reason == "provider_failed" and provider.status == "failed")
            or (need.reason == "not_installed" and _lacks_module(provider))
        )
        return provider.id if is_caused else None

    def _cells_below(self, causes: Iterable[str]) -> set[str]:
        """These cells, and those with symptoms of their problems, directly or not."""
        return _reachable(causes, self._caused_by)


def bad_needs(cell: CellVerdict) -> list[Need]:
    """The needs that are a problem. A stale name is none: its cell is stale, and listed as such."""
    return [need for need in cell.needs if need.is_risk]


def _lacks_module(cell: CellVerdict) -> bool:
    return any(need.status == "not_installed" for need in cell.needs)


def _reachable(start: Iterable[str], edges: Mapping[str, Collection[str]]) -> set[str]:
    found = set(start)
    to_visit = list(found)
    while to_visit:
        for cell_id in edges.get(to_visit.pop(), ()):
            if cell_id not in found:
                found.add(cell_id)
                to_visit.append(cell_id)
    return found
