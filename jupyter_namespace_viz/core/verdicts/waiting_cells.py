"""Which blocked cells wait only for the cells above them to run?"""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import replace

from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph
from jupyter_namespace_viz.core.kernel_state.cell_runs import LastRuns
from jupyter_namespace_viz.core.verdicts.verdict_types import CellVerdict
from jupyter_namespace_viz.core.vocabulary import RAN_WITHOUT_BINDING


def with_waiting(
    graph: DependencyGraph,
    held: Iterable[str],
    runs: LastRuns,
    queued: Container[int],
    verdicts: Iterable[CellVerdict],
) -> list[CellVerdict]:
    """Mark the blocked cells that are pending, and those that are waiting. `held` are the names
    that the kernel holds.

    A cell that would surprise the user by raising is not marked as waiting: it or a cell below has
    run in this generation, it shows a result of an earlier generation, or its provider has run and
    the name is still missing. Nor is a queued cell, which is about to raise.

    A cell that does not parse is taken to bind the names that its text would bind. It has a message
    of its own, and the cells below must not change with every key that the user types in it.
    """
    present = set(held)
    any_name = False  # whether a cell above may bind any name
    marked = []
    for index, verdict in enumerate(verdicts):
        names = graph.names_at(index)
        would_run = verdict.status == "syntax_error" or all(
            need.status == "missing" and (need.name in present or any_name)
            for need in verdict.needs
            if need.blocks
        )
        if would_run:
            present.update(definition.name for definition in names.definitions)
            present.update(names.intended_names)
            present.difference_update(names.deletions)
            any_name = any_name or bool(names.unknown_sources)
        is_below_runs = (
            verdict.status == "blocked" and index > runs.last_index and index not in queued
        )
        waiting = (
            is_below_runs
            and would_run
            and not graph.cells[index].has_result
            and not any(it.reason in RAN_WITHOUT_BINDING for it in verdict.needs)
        )
        is_pending = waiting or (is_below_runs and _lacks_only_from_above(graph, verdict))
        marked.append(replace(verdict, is_pending=is_pending, waiting=waiting))
    return marked


def _lacks_only_from_above(graph: DependencyGraph, verdict: CellVerdict) -> bool:
    index_of = graph.index_of
    providers = [need.provider for need in verdict.needs if need.blocks]
    return all(it is not None and index_of[it] < index_of[verdict.id] for it in providers)
