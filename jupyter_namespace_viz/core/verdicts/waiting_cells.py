"""Which blocked cells lie ahead of what has run, which of them wait quietly, and for what?"""

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
    in_flight: Container[int],
    verdicts: Iterable[CellVerdict],
) -> list[CellVerdict]:
    """Mark the blocked cells that lie ahead, and those that running the cells above in order would
    unblock.

    Only while nothing at or below a cell has run in this generation: else its user could be
    surprised. So they could by a cell that shows a result of an earlier generation, or where the
    provider has run and the name is missing all the same: such a cell does not wait. Nor does one
    that is in flight, and about to raise.

    Text that does not parse is taken to bind what it seems to: that cell says itself what is wrong,
    and while somebody types in it, all that is below must not change its looks with each key.
    """
    there = set(held)
    star = False
    marked = []
    for position, verdict in enumerate(verdicts):
        names = graph.names_at(position)
        is_broken = verdict.status == "syntax_error"
        would_run = is_broken or all(
            need.status == "missing" and (need.name in there or star)
            for need in verdict.needs
            if need.blocks
        )
        if would_run:
            there.update(definition.name for definition in names.definitions)
            there.update(names.intended_names)
            there.difference_update(names.deletions)
            star = star or bool(names.unknown_stars)
        is_beyond = (
            verdict.status == "blocked" and position > runs.last_place and position not in in_flight
        )
        waiting = (
            is_beyond
            and would_run
            and not graph.cells[position].has_result
            and not any(n.reason in {"provider_failed", "not_bound"} for n in verdict.needs)
        )
        ahead = waiting or (is_beyond and _lacks_only_from_above(graph, verdict))
        marked.append(replace(verdict, ahead=ahead, waiting=waiting))
    return marked


def _lacks_only_from_above(graph: DependencyGraph, verdict: CellVerdict) -> bool:
    places = graph.positions
    providers = [need.provider for need in verdict.needs if need.blocks]
    return all(it is not None and places[it] < places[verdict.id] for it in providers)


def awaited_importers(graph: DependencyGraph, verdicts: Iterable[CellVerdict]) -> list[int]:
    """The places whose imports all waiting cells wait for, themselves or by what they wait for.

    Empty when some wait for something else: then it is not the imports that the notebook lacks.
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
    return sorted(graph.positions[provider] for provider in importers)
