"""Which cells, or which imports alone, are to run for what the user wants?"""

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
    """One thing to run: the cell, or only `code` (import statements of it) when given.

    `names` are those it brings back; `why` is a sentence.
    """

    cell_id: str
    code: str | None
    names: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A name that the plan cannot bring back; `reason` is a sentence."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Steps in the order in which to run them. What is live is not made again unasked."""

    steps: tuple[Step, ...]
    unresolved: tuple[Unresolved, ...]


def plan_runs(verdict: NotebookVerdict, target: str | None, mode: PlanMode) -> Plan:
    """The shortest plan for the cell `target`, or for every cell when it is None.

    In a repair the target itself is not among the steps.
    """
    graph, verdicts = verdict.graph, verdict.cells
    of_target = [it for it in verdicts if target is None or it.id == target]
    if mode == "imports":
        return _import_plan(graph, of_target)
    if mode == "cells":
        return _cell_plan(graph, verdicts, of_target, {})
    chosen = _chosen(verdict, of_target, mode)
    wanted = [it for it in verdicts if it.id in chosen]
    return _cell_plan(graph, verdicts, wanted, chosen)


def _chosen(
    verdict: NotebookVerdict, of_target: Sequence[CellVerdict], mode: PlanMode
) -> dict[str, str]:
    """The cells that run whatever they provide, each with the reason; none that cannot run."""
    if mode == "with_cell":
        return {it.id: explanations.THE_CELL_ITSELF for it in of_target}
    unable = {it.id for it in verdict.cells if it.status in {"empty", "not_python", "syntax_error"}}
    if mode == "stale":
        stale = {it.id: it.message or "" for it in of_target if it.status == "stale"}
        return with_reruns(verdict.graph, verdict.context.namespace, stale, unable)
    used = _dependents(verdict.graph, {it.id for it in of_target})
    return {cell_id: why for cell_id, why in used.items() if cell_id not in unable}


def _dependents(graph: DependencyGraph, targets: Set[str]) -> dict[str, str]:
    """The cells that use what the targets give, directly or not, each with what it uses."""
    edges_from: dict[str, list[Edge]] = defaultdict(list)
    for edge in graph.edges:
        if edge.consumer not in targets:
            edges_from[edge.provider].append(edge)
    used: dict[str, dict[str, set[int]]] = {}
    waiting = list(targets)
    while waiting:
        for edge in edges_from[waiting.pop()]:
            if edge.consumer not in used:
                waiting.append(edge.consumer)
            names = used.setdefault(edge.consumer, {})
            for name in edge.names:
                names.setdefault(name, set()).add(graph.index_of[edge.provider])
    return {cell_id: explanations.uses(names) for cell_id, names in used.items()}


def _unmet(needs: Iterable[Need]) -> list[Need]:
    """The needs that would have to be mended; a deferred one is somebody else's need."""
    bad = {"missing", "clobbered", "not_installed"}
    return [need for need in needs if need.phase == "immediate" and need.status in bad]


def _import_plan(graph: DependencyGraph, wanted: Sequence[CellVerdict]) -> Plan:
    provides: dict[str, dict[str, set[int]]] = {}
    unresolved: dict[str, Unresolved] = {}
    for verdict in wanted:
        for need in _unmet(verdict.needs):
            if need.provider is None or not need.is_fixable:
                if need.by_import:
                    unresolved[need.name] = Unresolved(need.name, need.message or "")
            elif need.by_import and need.provider != verdict.id:
                consumers = provides.setdefault(need.provider, {}).setdefault(need.name, set())
                consumers.add(graph.index_of[verdict.id])
    steps = []
    for provider in sorted(provides, key=graph.index_of.__getitem__):
        cell_names = graph.names[provider]
        statements: dict[str, None] = {}
        for name in provides[provider]:
            codes = restoring_codes(cell_names, name)
            statements.update(dict.fromkeys(codes))
            if not codes:
                chooser = cell_number(graph.index_of[provider]).capitalize()
                unresolved[name] = Unresolved(name, f"{chooser} does not import it by itself.")
        if statements:
            why = explanations.provides("Imports", provides[provider])
            names = tuple(sorted(provides[provider]))
            steps.append(Step(provider, "\n".join(statements), names, why))
    return Plan(tuple(steps), tuple(found for _, found in sorted(unresolved.items())))


def _cell_plan(
    graph: DependencyGraph,
    verdicts: Sequence[CellVerdict],
    wanted: Sequence[CellVerdict],
    chosen: Mapping[str, str],
) -> Plan:
    """What the wanted cells miss, and the chosen cells, each with the reason why it runs."""
    by_id = {verdict.id: verdict for verdict in verdicts}
    provides: dict[str, dict[str, set[int]]] = {}
    after: dict[str, set[str]] = {}
    unresolved: dict[str, Unresolved] = {}
    targets = {verdict.id for verdict in wanted} if len(wanted) == 1 and not chosen else set()
    waiting = list(wanted)
    seen = set()
    while waiting:
        verdict = waiting.pop()
        if verdict.id in seen:
            continue
        seen.add(verdict.id)
        for need in _unmet(verdict.needs):
            if need.provider is None or not need.is_fixable:
                if need.certain:
                    unresolved[need.name] = Unresolved(need.name, need.message or "")
            elif need.provider != verdict.id and need.provider not in targets:
                consumers = provides.setdefault(need.provider, {}).setdefault(need.name, set())
                consumers.add(graph.index_of[verdict.id])
                after.setdefault(verdict.id, set()).add(need.provider)
                waiting.append(by_id[need.provider])
    steps = []
    made: set[str] = set()
    for cell_id in _in_running_order(graph, provides.keys() | chosen.keys(), after):
        for need in _unmet(by_id[cell_id].needs):
            if need.certain and need.name not in made:  # a circle
                unresolved.setdefault(need.name, Unresolved(need.name, need.message or ""))
        made.update(definition.name for definition in graph.names[cell_id].definitions)
        made_here = provides.get(cell_id, {})
        why = chosen.get(cell_id) or explanations.provides("Defines", made_here)
        steps.append(Step(cell_id, None, tuple(sorted(made_here)), why))
    return Plan(tuple(steps), tuple(found for _, found in sorted(unresolved.items())))


def _in_running_order(
    graph: DependencyGraph, chosen: Iterable[str], after: dict[str, set[str]]
) -> list[str]:
    """Providers before their consumers, else document order; a circle is cut where it began."""
    ordered: dict[str, None] = {}
    visiting: set[str] = set()

    def place(cell_id: str) -> None:
        if cell_id in ordered or cell_id in visiting:
            return
        visiting.add(cell_id)
        for provider in sorted(after.get(cell_id, ()), key=graph.index_of.__getitem__):
            place(provider)
        ordered[cell_id] = None

    for cell_id in sorted(chosen, key=graph.index_of.__getitem__):
        place(cell_id)
    return list(ordered)
