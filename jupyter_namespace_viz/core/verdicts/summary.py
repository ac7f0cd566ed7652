"""Which line summarises the verdicts on a notebook, and is its kernel a fresh one?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph
from jupyter_namespace_viz.core.verdicts.context import VerdictContext
from jupyter_namespace_viz.core.verdicts.explanations import list_of_cells
from jupyter_namespace_viz.core.verdicts.verdict_types import CellVerdict
from jupyter_namespace_viz.core.vocabulary import Beginning


def summary_line(
    graph: DependencyGraph, context: VerdictContext, verdicts: Sequence[CellVerdict]
) -> str:
    """The line at the top of the panel."""
    parts = _parts(graph, verdicts)
    if context.is_silent:
        text = ", ".join(parts) or "everything this notebook needs was live"
        return f"When the kernel last answered: {text}."
    running = _running_line(graph, verdicts)
    if not parts:
        if not verdicts:
            return "No code cells."
        return running or "Everything this notebook needs is live."
    text = ", ".join(parts) + "."
    if not context.is_running:
        return f"No kernel is running: {text}"
    if not context.has_answered:
        return f"The kernel has not answered: {text}"
    if running:
        return f"{running} {text}"
    namespace = context.namespace
    has_run = bool(namespace.runs or namespace.other_runs)
    if has_run or not all(held.initial for held in namespace.names.values()):
        return text
    if namespace.beginning in {"restarted", "died"}:
        return f"The kernel was restarted: {text}"
    return f"Nothing has run in this kernel yet: {text}"


def fresh_kernel(
    context: VerdictContext, verdicts: Sequence[CellVerdict], has_run: bool
) -> Beginning | None:
    """How the generation began, while at least one cell is waiting and none has run or runs.

    `has_run` is whether a cell of the notebook has run. None where there is no kernel.
    """
    runs_now = any(verdict.status == "running" for verdict in verdicts)
    if not context.is_running or has_run or runs_now:
        return None
    return context.namespace.beginning if any(it.waiting for it in verdicts) else None


def _parts(graph: DependencyGraph, verdicts: Sequence[CellVerdict]) -> list[str]:
    """What is wrong with how many cells, the most urgent first."""
    statuses = Counter(verdict.status for verdict in verdicts if not verdict.waiting)
    waiting = sum(verdict.waiting for verdict in verdicts)
    parts = []
    if statuses["failed"]:
        parts.append(f"{_cells(statuses['failed'])} failed")
    if statuses["blocked"]:
        parts.append(f"{_cells(statuses['blocked'])} would raise an error")
    if statuses["at_risk"]:
        parts.append(f"{_cells(statuses['at_risk'])} at risk")
    if waiting:
        importers = _awaited_importers(graph, verdicts)
        imports = f"the imports of {list_of_cells(importers)}" if importers else "the cells above"
        parts.append(f"{_cells(waiting)} {_wait(waiting)} for {imports}")
    if statuses["stale"]:
        parts.append(f"{_cells(statuses['stale'])} out of date")
    return parts


def _running_line(graph: DependencyGraph, verdicts: Sequence[CellVerdict]) -> str:
    """What runs and is queued, and how many other cells wait for that; empty if nothing runs."""
    running = [graph.index_of[it.id] for it in verdicts if it.status == "running"]
    queued = sum(verdict.status == "queued" for verdict in verdicts)
    in_flight = []
    if running:
        in_flight.append(f"Running {list_of_cells(running)}")
    if queued:
        in_flight.append(f"{_cells(queued)} queued")
    if not in_flight:
        return ""
    awaiting = sum(
        any(need.is_awaited and need.phase == "immediate" for need in verdict.needs)
        for verdict in verdicts
        if verdict.status not in {"running", "queued"}
    )
    them = "it" if len(running) + queued == 1 else "them"
    waits = f"; {_cells(awaiting)} {_wait(awaiting)} for {them}" if awaiting else ""
    return f"{', '.join(in_flight)}{waits}."


def _wait(count: int) -> str:
    return "waits" if count == 1 else "wait"


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
            needs = verdict.obstacles
            direct = {need.provider for need in needs if need.by_import and need.provider}
            if not direct and awaiting.isdisjoint(need.provider for need in needs):
                return []
            importers |= direct
            awaiting.add(verdict.id)
    return sorted(graph.index_of[provider] for provider in importers)
