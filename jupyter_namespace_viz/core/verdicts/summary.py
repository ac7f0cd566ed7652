"""Which line summarises the verdicts on a notebook, and is its kernel a fresh one?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph
from jupyter_namespace_viz.core.sentences import Sentence, counted, enumeration, sentence
from jupyter_namespace_viz.core.verdicts.context import VerdictContext
from jupyter_namespace_viz.core.verdicts.verdict_types import CellVerdict
from jupyter_namespace_viz.core.verdicts.wording.mentions import list_of_cells
from jupyter_namespace_viz.core.vocabulary import Beginning


def summary_line(
    graph: DependencyGraph, context: VerdictContext, verdicts: Sequence[CellVerdict]
) -> Sentence:
    """The line at the top of the panel."""
    if not verdicts:
        return sentence("No code cells.")
    parts = _parts(graph, verdicts)
    if context.is_silent and not parts:
        return sentence(
            "When the kernel last answered: everything this notebook needs was available."
        )
    running = _running_line(graph, verdicts)
    if not parts and not context.is_running:
        return sentence("No kernel is running.")
    if not parts and not context.has_answered:
        return sentence("The kernel has not answered.")
    if not parts:
        return running or sentence("Everything this notebook needs is available.")
    listed = enumeration(parts)
    if context.is_silent:
        return sentence("When the kernel last answered: {counts}.", counts=listed)
    if not context.is_running:
        return sentence("No kernel is running: {counts}.", counts=listed)
    if not context.has_answered:
        return sentence("The kernel has not answered: {counts}.", counts=listed)
    if running is not None:
        return sentence("{running} {counts}.", running=running, counts=listed)
    namespace = context.namespace
    has_run = bool(namespace.runs or namespace.other_runs)
    if has_run or not all(held.initial for held in namespace.names.values()):
        return sentence("{counts}.", counts=listed)
    if namespace.beginning == "died":
        return sentence("The kernel died and was restarted: {counts}.", counts=listed)
    if namespace.beginning == "restarted":
        return sentence("The kernel was restarted: {counts}.", counts=listed)
    return sentence("Nothing has run in this kernel yet: {counts}.", counts=listed)


def fresh_kernel(
    context: VerdictContext, verdicts: Sequence[CellVerdict], has_run: bool
) -> Beginning | None:
    """How the generation began, while at least one cell is waiting and none has run or runs.

    `has_run` is whether a cell of the notebook has run, or other code, such as restored imports.
    None where there is no kernel.
    """
    runs_now = any(verdict.status == "running" for verdict in verdicts)
    if not context.is_running or has_run or runs_now:
        return None
    return context.namespace.beginning if any(it.waiting for it in verdicts) else None


def _parts(graph: DependencyGraph, verdicts: Sequence[CellVerdict]) -> list[Sentence]:
    """What is wrong with how many cells, the most urgent first.

    A cell of which nothing is known, because the kernel has not answered, is not counted.
    """
    counts = (it for it in verdicts if not it.waiting and not _is_unknown(it))
    statuses = Counter(verdict.status for verdict in counts)
    parts = []
    if count := statuses["failed"]:
        parts.append(counted("{count} cell failed", "{count} cells failed", count))
    if count := statuses["blocked"]:
        parts.append(
            counted(
                "{count} cell would raise an error", "{count} cells would raise an error", count
            )
        )
    if count := statuses["at_risk"]:
        parts.append(counted("{count} cell at risk", "{count} cells at risk", count))
    parts += _waiting(graph, [verdict for verdict in verdicts if verdict.waiting])
    if count := statuses["stale"]:
        parts.append(counted("{count} cell stale", "{count} cells stale", count))
    return parts


def _is_unknown(verdict: CellVerdict) -> bool:
    obstacles = verdict.obstacles
    return bool(obstacles) and all(need.reason == "cannot_ask" for need in obstacles)


def _waiting(graph: DependencyGraph, waiting: Sequence[CellVerdict]) -> list[Sentence]:
    """How many cells wait for imports alone, and how many for more than that."""
    by_import = [it for it in waiting if all(one.is_import_to_run for one in it.obstacles)]
    others = len(waiting) - len(by_import)
    parts = []
    if by_import:
        providers = {need.provider or "" for it in by_import for need in it.obstacles}
        parts.append(
            counted(
                "{count} cell waits for the imports of {cells}",
                "{count} cells wait for the imports of {cells}",
                len(by_import),
                cells=list_of_cells(sorted(graph.index_of[it] for it in providers)),
            )
        )
    if others:
        parts.append(
            counted(
                "{count} cell waits for the cells above",
                "{count} cells wait for the cells above",
                others,
            )
        )
    return parts


def _running_line(graph: DependencyGraph, verdicts: Sequence[CellVerdict]) -> Sentence | None:
    """What runs and is queued, and how many other cells wait for that; None if nothing runs."""
    running = [graph.index_of[it.id] for it in verdicts if it.status == "running"]
    queued = sum(verdict.status == "queued" for verdict in verdicts)
    in_flight = []
    if running:
        in_flight.append(sentence("Running {cells}", cells=list_of_cells(running)))
    if queued:
        in_flight.append(counted("{count} cell queued", "{count} cells queued", queued))
    if not in_flight:
        return None
    awaiting = sum(
        any(need.is_awaited and need.phase == "immediate" for need in verdict.needs)
        for verdict in verdicts
        if verdict.status not in {"running", "queued"}
    )
    listed = enumeration(in_flight)
    if not awaiting:
        return sentence("{counts}.", counts=listed)
    if len(running) + queued == 1:
        return counted(
            "{running}; {count} cell waits for it.",
            "{running}; {count} cells wait for it.",
            awaiting,
            running=listed,
        )
    return counted(
        "{running}; {count} cell waits for them.",
        "{running}; {count} cells wait for them.",
        awaiting,
        running=listed,
    )
