"""Which cells, or which imports alone, should run to do what the user wants?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from jupyter_namespace_viz.core.analysis.cell_names import restoring_codes
from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph, Edge
from jupyter_namespace_viz.core.plan import explanations
from jupyter_namespace_viz.core.plan.reruns import with_reruns
from jupyter_namespace_viz.core.verdicts.cell_status import NotebookVerdict
from jupyter_namespace_viz.core.verdicts.explanations import cell_number
from jupyter_namespace_viz.core.verdicts.verdict_types import CellVerdict, Need
from jupyter_namespace_viz.core.vocabulary import PlanMode


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to run: a whole cell, or only `code`, import statements of the cell.

    `names` are the names that it binds for others, sorted; `why` is a sentence.
    """

    cell_id: str
    code: str | None
    names: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A name that the plan does not bind; `reason` is a sentence."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The steps in the order in which to run them. A repair runs no cell for a live name."""

    steps: tuple[Step, ...]
    unresolved: tuple[Unresolved, ...]


def plan_runs(verdict: NotebookVerdict, target: str | None, mode: PlanMode) -> Plan:
    """The shortest plan for the cell `target`, or for every cell when it is None.

    The plan of a repair does not run the target itself.
    """
    graph, verdicts = verdict.graph, verdict.cells
    targets = [it for it in verdicts if target is None or it.id == target]
    if mode == "imports":
        return _import_plan(graph, targets)
    if mode == "cells":
        return _cell_plan(graph, verdicts, targets, {})
    chosen = _chosen(verdict, targets, mode)
    wanted = [it for it in verdicts if it.id in chosen]
    return _cell_plan(graph, verdicts, wanted, chosen)


def _chosen(
    verdict: NotebookVerdict, targets: Sequence[CellVerdict], mode: PlanMode
) -> dict[str, str]:
    """The cells to run regardless of what they provide, by id with the reason; without cells that
    cannot run.
    """
    if mode == "with_cell":
        return {it.id: explanations.THE_CELL_ITSELF for it in targets}
    unable = {it.id for it in verdict.cells if it.status in {"empty", "not_python", "syntax_error"}}
    if mode == "stale":
        stale = {it.id: it.message or "" for it in targets if it.status == "stale"}
        if verdict.judge is None:
            return {}
        runs = verdict.judge.runs
        return with_reruns(verdict.graph, verdict.context.namespace, runs, stale, unable)
    dependents = _dependents(verdict.graph, {it.id for it in targets})
    return {cell_id: why for cell_id, why in dependents.items() if cell_id not in unable}


def _dependents(graph: DependencyGraph, targets: Set[str]) -> dict[str, str]:
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


def _needs_to_fix(needs: Iterable[Need]) -> list[Need]:
    """The needs that a plan has to fix; deferred ones belong to the cell that makes the call."""
    return [need for need in needs if need.needs_provider]


def _import_plan(graph: DependencyGraph, wanted: Sequence[CellVerdict]) -> Plan:
    """Run the import statements that bind what the wanted cells lack."""
    consumers_of: dict[str, dict[str, set[int]]] = {}  # by provider and name
    unresolved: dict[str, Unresolved] = {}
    for verdict in wanted:
        for need in _needs_to_fix(verdict.needs):
            if need.provider is None or not need.is_fixable:
                if need.by_import:
                    unresolved[need.name] = Unresolved(need.name, need.message or "")
            elif need.by_import and need.provider != verdict.id:
                consumers = consumers_of.setdefault(need.provider, {}).setdefault(need.name, set())
                consumers.add(graph.index_of[verdict.id])
    steps = []
    for provider in sorted(consumers_of, key=graph.index_of.__getitem__):
        cell_names = graph.names[provider]
        statements: dict[str, None] = {}
        for name in consumers_of[provider]:
            codes = restoring_codes(cell_names, name)
            statements.update(dict.fromkeys(codes))
            if not codes:
                importer = cell_number(graph.index_of[provider]).capitalize()
                unresolved[name] = Unresolved(name, f"{importer} does not import it by itself.")
        if statements:
            why = explanations.provides("Imports", consumers_of[provider])
            names = tuple(sorted(consumers_of[provider]))
            steps.append(Step(provider, "\n".join(statements), names, why))
    return Plan(tuple(steps), tuple(it for _, it in sorted(unresolved.items())))


def _cell_plan(
    graph: DependencyGraph,
    verdicts: Sequence[CellVerdict],
    wanted: Sequence[CellVerdict],
    chosen: Mapping[str, str],
) -> Plan:
    """Run the cells that provide what the wanted cells lack, and the chosen ones.

    `chosen` maps cell ids to the reason why the cell runs.
    """
    by_id = {verdict.id: verdict for verdict in verdicts}
    consumers_of: dict[str, dict[str, set[int]]] = {}  # by provider and name
    providers_of: dict[str, set[str]] = {}
    unresolved: dict[str, Unresolved] = {}
    targets = {verdict.id for verdict in wanted} if len(wanted) == 1 and not chosen else set()
    to_visit = list(wanted)
    visited = set()
    while to_visit:
        verdict = to_visit.pop()
        if verdict.id in visited:
            continue
        visited.add(verdict.id)
        for need in _needs_to_fix(verdict.needs):
            if need.provider is None or not need.is_fixable:
                if need.certain:
                    unresolved[need.name] = Unresolved(need.name, need.message or "")
            elif need.provider != verdict.id and need.provider not in targets:
                consumers = consumers_of.setdefault(need.provider, {}).setdefault(need.name, set())
                consumers.add(graph.index_of[verdict.id])
                providers_of.setdefault(verdict.id, set()).add(need.provider)
                to_visit.append(by_id[need.provider])
    steps = []
    bound: set[str] = set()
    for cell_id in _in_running_order(graph, consumers_of.keys() | chosen.keys(), providers_of):
        for need in _needs_to_fix(by_id[cell_id].needs):
            if need.certain and need.name not in bound:  # a cycle
                unresolved.setdefault(need.name, Unresolved(need.name, need.message or ""))
        bound.update(definition.name for definition in graph.names[cell_id].definitions)
        consumers_by_name = consumers_of.get(cell_id, {})
        why = chosen.get(cell_id) or explanations.provides("Defines", consumers_by_name)
        steps.append(Step(cell_id, None, tuple(sorted(consumers_by_name)), why))
    return Plan(tuple(steps), tuple(it for _, it in sorted(unresolved.items())))


def _in_running_order(
    graph: DependencyGraph, cell_ids: Iterable[str], providers_of: dict[str, set[str]]
) -> list[str]:
    """The cells in document order, but providers before their consumers.

    In a cycle the cell that is reached first runs last.
    """
    ordered: dict[str, None] = {}
    visiting: set[str] = set()

    def visit(cell_id: str) -> None:
        if cell_id in ordered or cell_id in visiting:
            return
        visiting.add(cell_id)
        for provider in sorted(providers_of.get(cell_id, ()), key=graph.index_of.__getitem__):
            visit(provider)
        ordered[cell_id] = None

    for cell_id in sorted(cell_ids, key=graph.index_of.__getitem__):
        visit(cell_id)
    return list(ordered)
