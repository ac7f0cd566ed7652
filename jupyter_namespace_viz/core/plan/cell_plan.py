"""Which cells provide what other cells lack, and in which order do they run?

A cell gets what a run in order would give it: every cell that binds a missing name for it or
changes its object in place.

    c1: x = [1]    c2: x.append(2)    c3: print(x)    the plan for c3 is c1, c2
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from jupyter_namespace_viz.core.analysis.cell_names import restoring_imports
from jupyter_namespace_viz.core.graph.dependency_graph import MAX_PROVIDERS, DependencyGraph
from jupyter_namespace_viz.core.graph.reaching_definitions import reaching_definitions
from jupyter_namespace_viz.core.kernel_state.cell_runs import LastRuns
from jupyter_namespace_viz.core.plan import explanations
from jupyter_namespace_viz.core.plan.import_plan import import_step
from jupyter_namespace_viz.core.plan.plan_types import (
    Plan,
    Step,
    Unresolved,
    in_order,
    needs_to_fix,
)
from jupyter_namespace_viz.core.plan.reruns import with_origins
from jupyter_namespace_viz.core.sentences import Sentence
from jupyter_namespace_viz.core.verdicts.cell_status import NotebookVerdict
from jupyter_namespace_viz.core.verdicts.verdict_types import CellVerdict, Need


def cell_plan(
    verdict: NotebookVerdict,
    wanted: Sequence[CellVerdict],
    chosen: Mapping[str, Sentence],
    raising: frozenset[str],
) -> Plan:
    """Run the cells that provide what the wanted cells lack, and the chosen ones.

    `chosen` maps cell ids to the reason why the cell runs; `raising` are the cells that would
    raise, whatever runs before them.
    """
    search = _Search(verdict, raising)
    # A single target does not run for itself.
    search.excluded = {it.id for it in wanted} if len(wanted) == 1 and not chosen else set()
    search.visit(wanted)
    again: dict[str, Sentence] = {}
    steps = search.consumers_of.keys() | chosen.keys()
    while more := search.origins_of(steps):
        again |= more
        search.visit([search.by_id[cell_id] for cell_id in more])
        steps = search.consumers_of.keys() | chosen.keys() | again.keys()
    return search.plan(steps, {**again, **chosen})


class _Search:
    """Finds the providers of what cells lack, and those of what these lack."""

    def __init__(self, verdict: NotebookVerdict, raising: frozenset[str]) -> None:
        self.by_id = {cell.id: cell for cell in verdict.cells}
        self.consumers_of: dict[str, dict[str, set[int]]] = {}  # by provider and name
        self.excluded: set[str] = set()
        self._graph = verdict.graph
        self._namespace = verdict.context.namespace
        self.imports_of: dict[str, dict[str, set[int]]] = {}  # of providers that would raise
        judge = verdict.judge
        self._runs = LastRuns(self._graph, self._namespace) if judge is None else judge.runs
        self._raising = raising
        self._definitions = reaching_definitions(verdict.graph)
        self._providers_of: dict[str, set[str]] = {}
        self._unresolved: dict[str, Unresolved] = {}
        self._visited: set[str] = set()
        self._walked: dict[str, set[int]] = {}  # by name, its definers that were found
        self._needed: set[str] = set()  # the providers that are certainly needed

    def visit(self, cells: Sequence[CellVerdict]) -> None:
        """Note the providers of what the cells lack."""
        to_visit = list(cells)
        while to_visit:
            cell = to_visit.pop()
            if cell.id in self._visited:
                continue
            self._visited.add(cell.id)
            for need in needs_to_fix(cell.needs):
                if need.provider is None or not need.is_fixable:
                    if need.certain:
                        self._unresolved[need.name] = Unresolved(need.name, need.message or "")
                    continue
                index = self._graph.index_of[cell.id]
                if (
                    need.provider in self._raising
                    and need.provider not in self.excluded
                    and need.provider != cell.id
                ):
                    self._note_raising(need, index)
                    continue
                for provider in self._providers(need, index):
                    if provider != cell.id and provider not in self.excluded:
                        consumers = self.consumers_of.setdefault(provider, {})
                        consumers.setdefault(need.name, set()).add(index)
                        self._providers_of.setdefault(cell.id, set()).add(provider)
                        if need.certain:
                            self._needed.add(provider)
                        to_visit.append(self.by_id[provider])

    def _note_raising(self, need: Need, index: int) -> None:
        """Note that only an import statement of the provider can run, if it is one."""
        provider = need.provider or ""
        if need.by_import:
            self.imports_of.setdefault(provider, {}).setdefault(need.name, set()).add(index)
        elif need.certain:
            why = explanations.would_raise(self._graph.index_of[provider])
            self._unresolved[need.name] = Unresolved(need.name, why)
            self.visit([self.by_id[provider]])  # for the names that it lacks

    def origins_of(self, steps: set[str]) -> dict[str, Sentence]:
        """The cells that have to run before the steps so that none of these changes an object for
        the second time, by id with the reason.
        """
        unable = self._raising | self.excluded
        return with_origins(self._graph, self._namespace, self._runs, steps, unable)

    def plan(self, steps: set[str], reasons: Mapping[str, Sentence]) -> Plan:
        """The plan that runs these cells; `reasons` has those that run for another reason than
        what they provide.
        """
        found = []
        bound: set[str] = set()
        for cell_id, consumers in self.imports_of.items():
            step, left = import_step(self._graph, self._namespace, cell_id, consumers)
            found += [] if step is None else [step]
            bound.update(() if step is None else step.names)
            self._unresolved |= {it.name: it for it in left}
        for cell_id in _in_running_order(self._graph, steps, self._providers_of):
            for need in needs_to_fix(self.by_id[cell_id].needs):
                if need.certain and need.name not in bound:  # a cycle
                    self._unresolved.setdefault(
                        need.name, Unresolved(need.name, need.message or "")
                    )
            consumers = self.consumers_of.get(cell_id, {})
            bound.update(it.name for it in self._graph.names[cell_id].definitions)
            bound.update(consumers)  # modules too, which the cell lets others import
            why = reasons.get(cell_id) or self._why(cell_id, consumers)
            found.append(Step(cell_id, None, tuple(sorted(consumers)), why))
        return Plan(tuple(found), in_order(self._unresolved))

    def _providers(self, need: Need, index: int) -> Iterator[str]:
        """The cells that give the cell at `index` the name: the provider, and the others that may
        have bound it before or change its object in place, unless they would raise.
        """
        assert need.provider is not None
        yield need.provider
        provider = self._graph.index_of[need.provider]
        imports = restoring_imports(self._graph.names_at(provider), need.name)
        is_module = bool(imports) and (
            all(it.bound_module is not None for it in imports)
            or need.name in self._namespace.lost_modules
        )
        walked = self._walked.setdefault(need.name, set())
        for count, definer in enumerate(self._definitions.of(need.name, index)):
            if count >= MAX_PROVIDERS and definer in walked:
                break  # it and those above it were found for another cell
            walked.add(definer)
            cell_id = self._graph.cells[definer].id
            binds = self._graph.names_at(definer).definition_of(need.name) is not None
            if definer != provider and cell_id not in self._raising and (binds or not is_module):
                yield cell_id

    def _why(self, cell_id: str, consumers: Mapping[str, set[int]]) -> Sentence:
        """What the cell does to the names that it provides, perhaps or certainly."""
        names = self._graph.names[cell_id]
        found = [names.definition_of(name) for name in consumers]
        bound = [definition.certain for definition in found if definition is not None]
        if bound and not any(bound):
            return explanations.may_provide("May define", consumers)
        is_change = not bound and not names.mutated.isdisjoint(consumers)
        explain = explanations.provides if cell_id in self._needed else explanations.may_provide
        return explain("Changes" if is_change else "Defines", consumers)


def _in_running_order(
    graph: DependencyGraph, cell_ids: set[str], providers_of: Mapping[str, set[str]]
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
