"""Which cells, or which imports alone, should run to do what the user wants?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Set

from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph, Edge
from jupyter_namespace_viz.core.plan import explanations
from jupyter_namespace_viz.core.plan.cell_plan import cell_plan
from jupyter_namespace_viz.core.plan.import_plan import import_plan
from jupyter_namespace_viz.core.plan.plan_types import Plan
from jupyter_namespace_viz.core.plan.runnable_cells import cells_that_raise
from jupyter_namespace_viz.core.plan.stale_cells import stale_plan
from jupyter_namespace_viz.core.sentences import Sentence
from jupyter_namespace_viz.core.verdicts.cell_status import NotebookVerdict
from jupyter_namespace_viz.core.vocabulary import PlanMode


def plan_runs(
    verdict: NotebookVerdict,
    targets: Collection[str] | None,
    mode: PlanMode,
    raising: frozenset[str] | None = None,
) -> Plan:
    """The shortest plan for the cells `targets`, or for every cell when it is None.

    The plan of a repair does not run a single target itself. `raising` are the cells that would
    raise, whatever runs before them, where they have been found out before.
    """
    wanted = [it for it in verdict.cells if targets is None or it.id in targets]
    if mode == "imports":
        return import_plan(verdict, wanted, is_for_all=targets is None)
    if mode == "stale":
        return stale_plan(verdict, targets).plan
    if raising is None:
        raising = cells_that_raise(verdict)
    if mode == "cells":
        return cell_plan(verdict, wanted, {}, raising)
    if mode == "with_cell":
        themselves = {it.id: explanations.THE_CELL_ITSELF for it in wanted}
        return cell_plan(verdict, wanted, themselves, raising)
    unable = {cell_id for cell_id, names in verdict.graph.names.items() if not names.can_run}
    dependents = _dependents(verdict.graph, {it.id for it in wanted})
    chosen = {cell_id: why for cell_id, why in dependents.items() if cell_id not in unable}
    consumers = [it for it in verdict.cells if it.id in chosen]
    return cell_plan(verdict, consumers, chosen, raising)


def _dependents(graph: DependencyGraph, targets: Set[str]) -> dict[str, Sentence]:
    """The cells that depend on the targets, directly or not, by id with what they use."""
    edges_from: dict[str, list[Edge]] = defaultdict(list)
    for edge in graph.edges:
        if edge.consumer not in targets:
            edges_from[edge.provider].append(edge)
    providers_of: dict[str, dict[str, set[int]]] = {}
    to_visit = list(targets)
    while to_visit:
        for edge in edges_from[to_visit.pop()]:
            if edge.consumer not in providers_of:
                to_visit.append(edge.consumer)
            names = providers_of.setdefault(edge.consumer, {})
            for name in edge.names:
                names.setdefault(name, set()).add(graph.index_of[edge.provider])
    return {cell_id: explanations.uses(names) for cell_id, names in providers_of.items()}
