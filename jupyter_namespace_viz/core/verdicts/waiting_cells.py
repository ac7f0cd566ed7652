"""Which blocked cells wait only for the cells above them to run, and for what?"""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import replace

from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph
from jupyter_namespace_viz.core.kernel_state.cell_runs import LastRuns
from jupyter_namespace_viz.core.verdicts.verdict_types import CellVerdict


def with_waiting(
    graph: DependencyGraph,
    held: Iterable[str],
    runs: LastRuns,
    queued: Container[int],
    verdicts: Iterable[CellVerdict],
) -> list[CellVerdict]:
    """Mark the blocked cells that are pending, and those that wait.

    Only while nothing at or below a cell has run in this generation: else its user could be
    surprised. A cell that shows a result of an earlier generation, or whose provider has run while
    the name is missing all the same, could surprise too: it does not wait. Nor does a cell that is
    queued, and about to raise.

    Text that does not parse is taken to bind what it seems to: that cell says itself what is wrong,
    and while the user types in it, the cells below must not change their looks with each key.
    """
    present = set(held)
    star = False
    marked = []
    for index, verdict in enumerate(verdicts):
        names = graph.names_at(index)
        would_run = verdict.status == "syntax_error" or all(
            need.status == "missing" and (need.name in present or star)
            for need in verdict.needs
            if need.blocks
        )
        if would_run:
            present.update(definition.name for definition in names.definitions)
            present.update(names.intended_names)
            present.difference_update(names.deletions)
            star = star or bool(names.unknown_sources)
        is_below_runs = (
            verdict.status == "blocked" and index > runs.last_index and index not in queued
        )
        waiting = (
            is_below_runs
            and would_run
            and not graph.cells[index].has_result
            and not any(n.reason in {"provider_failed", "not_bound"} for n in verdict.needs)
        )
        is_pending = waiting or (is_below_runs and _lacks_only_from_above(graph, verdict))
        marked.append(replace(verdict, is_pending=is_pending, waiting=waiting))
    return marked


def _lacks_only_from_above(graph: DependencyGraph, verdict: CellVerdict) -> bool:
    index_of = graph.index_of
    providers = [need.provider for need in verdict.needs if need.blocks]
    return all(it is not None and index_of[it] < index_of[verdict.id] for it in providers)
