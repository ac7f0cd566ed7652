"""Which line summarises the verdicts on a notebook?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph
from jupyter_namespace_viz.core.sentences import Sentence, counted, enumeration, sentence
from jupyter_namespace_viz.core.verdicts.context import VerdictContext
from jupyter_namespace_viz.core.verdicts.verdict_types import CellVerdict
from jupyter_namespace_viz.core.verdicts.wording.mentions import list_of_cells


def summary_line(
    graph: DependencyGraph, context: VerdictContext, verdicts: Sequence[CellVerdict]
) -> Sentence:
    """The line at the top of the panel."""
    waiting = sum(verdict.waiting for verdict in verdicts)
    stale_cells = sum(verdict.status == "stale" for verdict in verdicts)
    blocked = sum(verdict.status == "blocked" for verdict in verdicts) - waiting
    at_risk = sum(verdict.status == "at_risk" for verdict in verdicts)
    parts = []
    if blocked:
        parts.append(
            counted(
                "{count} cell would raise an error", "{count} cells would raise an error", blocked
            )
        )
    if at_risk:
        parts.append(counted("{count} cell at risk", "{count} cells at risk", at_risk))
    if waiting:
        parts.append(_waiting(waiting, _awaited_importers(graph, verdicts)))
    if stale_cells:
        parts.append(counted("{count} cell out of date", "{count} cells out of date", stale_cells))
    if context.is_silent and not parts:
        return sentence("When the kernel last answered: everything this notebook needs was live.")
    if not parts:
        if not verdicts:
            return sentence("No code cells.")
        return sentence("Everything this notebook needs is live.")
    listed = enumeration(parts)
    if context.is_silent:
        return sentence("When the kernel last answered: {counts}.", counts=listed)
    if not context.is_running:
        return sentence("No kernel is running: {counts}.", counts=listed)
    if not context.has_answered:
        return sentence("The kernel has not answered: {counts}.", counts=listed)
    namespace = context.namespace
    has_run = bool(namespace.runs or namespace.other_runs)
    if has_run or not all(held.initial for held in namespace.names.values()):
        return sentence("{counts}.", counts=listed)
    if namespace.beginning in {"restarted", "died"}:
        return sentence("The kernel was restarted: {counts}.", counts=listed)
    return sentence("Nothing has run in this kernel yet: {counts}.", counts=listed)


def _waiting(count: int, importers: Sequence[int]) -> Sentence:
    if importers:
        return counted(
            "{count} cell waits for the imports of {cells}",
            "{count} cells wait for the imports of {cells}",
            count,
            cells=list_of_cells(importers),
        )
    return counted(
        "{count} cell waits for the cells above", "{count} cells wait for the cells above", count
    )


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
