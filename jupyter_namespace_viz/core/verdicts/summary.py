"""Which line summarises the verdicts on a notebook?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph
from jupyter_namespace_viz.core.verdicts.context import VerdictContext
from jupyter_namespace_viz.core.verdicts.explanations import list_of_cells
from jupyter_namespace_viz.core.verdicts.verdict_types import CellVerdict


def summary_line(
    graph: DependencyGraph, context: VerdictContext, verdicts: Sequence[CellVerdict]
) -> str:
    """The line at the top of the panel."""
    waiting = sum(verdict.waiting for verdict in verdicts)
    stale_cells = sum(verdict.status == "stale" for verdict in verdicts)
    blocked = sum(verdict.status == "blocked" for verdict in verdicts) - waiting
    at_risk = sum(verdict.status == "at_risk" for verdict in verdicts)
    parts = []
    if blocked:
        parts.append(f"{_cells(blocked)} would raise an error")
    if at_risk:
        parts.append(f"{_cells(at_risk)} at risk")
    if waiting:
        importers = _awaited_importers(graph, verdicts)
        imports = f"the imports of {list_of_cells(importers)}" if importers else "the cells above"
        parts.append(f"{_cells(waiting)} {'waits' if waiting == 1 else 'wait'} for {imports}")
    if stale_cells:
        parts.append(f"{_cells(stale_cells)} out of date")
    if context.is_silent:
        text = ", ".join(parts) or "everything this notebook needs was live"
        return f"When the kernel last answered: {text}."
    if not parts:
        return "Everything this notebook needs is live." if verdicts else "No code cells."
    text = ", ".join(parts) + "."
    if not context.is_running:
        return f"No kernel is running: {text}"
    if not context.has_answered:
        return f"The kernel has not answered: {text}"
    namespace = context.namespace
    has_run = bool(namespace.runs or namespace.other_runs)
    if has_run or not all(held.initial for held in namespace.names.values()):
        return text
    if namespace.beginning in {"restarted", "died"}:
        return f"The kernel was restarted: {text}"
    return f"Nothing has run in this kernel yet: {text}"


def _cells(count: int) -> str:
    return f"{count} cell" if count == 1 else f"{count} cells"


def _awaited_importers(graph: DependencyGraph, verdicts: Iterable[CellVerdict]) -> list[int]:
    """The indexes of the cells whose imports all waiting cells wait for, directly or through other
    waiting cells.

    Empty when a cell waits for anything else: then the imports alone would not help.
    """
    importers: set[str] = set()
    awaiting: set[str] = set()
    for verdict in verdicts:
        if verdict.waiting:
            needs = [need for need in verdict.needs if need.blocks]
            direct = {need.provider for need in needs if need.by_import and need.provider}
            if not direct and awaiting.isdisjoint(need.provider for need in needs):
                return []
            importers |= direct
            awaiting.add(verdict.id)
    return sorted(graph.index_of[provider] for provider in importers)
