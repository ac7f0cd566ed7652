"""Which import statements bind what cells lack?"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import replace

from jupyter_namespace_viz.core.analysis.cell_names import (
    CellNames,
    restoring_codes,
    restoring_imports,
)
from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph
from jupyter_namespace_viz.core.kernel_state.module_answers import Modules, missing_module
from jupyter_namespace_viz.core.kernel_state.namespace import Namespace
from jupyter_namespace_viz.core.plan import explanations
from jupyter_namespace_viz.core.plan.plan_types import (
    Plan,
    Step,
    Unresolved,
    in_order,
    needs_to_fix,
)
from jupyter_namespace_viz.core.plan.unneeded_imports import unneeded_imports
from jupyter_namespace_viz.core.syntax.name_sources import StarImport
from jupyter_namespace_viz.core.verdicts.cell_status import NotebookVerdict
from jupyter_namespace_viz.core.verdicts.verdict_types import CellVerdict
from jupyter_namespace_viz.core.verdicts.wording.module_explanations import not_installed


def import_plan(verdict: NotebookVerdict, wanted: Sequence[CellVerdict], is_for_all: bool) -> Plan:
    """Run the import statements that bind what the wanted cells lack; `is_for_all`: and all others
    whose names the kernel does not have.
    """
    graph, namespace = verdict.graph, verdict.context.namespace
    consumers_of: dict[str, dict[str, set[int]]] = {}  # by provider and name
    unresolved: dict[str, Unresolved] = {}
    for cell in wanted:
        for need in needs_to_fix(cell.needs):
            if need.provider is None or not need.is_fixable:
                if need.by_import:
                    unresolved[need.name] = Unresolved(need.name, need.message or "")
            elif need.by_import and need.provider != cell.id:
                consumers = consumers_of.setdefault(need.provider, {}).setdefault(need.name, set())
                consumers.add(graph.index_of[cell.id])
    steps: dict[str, Step] = {}
    for provider, needed in consumers_of.items():
        found, left = import_step(graph, namespace, provider, needed)
        if found is not None:
            steps[provider] = found
        unresolved |= {it.name: it for it in left}
    if is_for_all:
        known = {*unresolved, *(name for step in steps.values() for name in step.names)}
        for step in unneeded_imports(verdict, known):
            before = steps.get(step.cell_id)
            steps[step.cell_id] = step if before is None else _joined(before, step)
    ordered = sorted(steps.values(), key=lambda step: graph.index_of[step.cell_id])
    return Plan(tuple(ordered), in_order(unresolved))


def _joined(step: Step, other: Step) -> Step:
    """Two steps of one cell as one, which is explained as the first."""
    codes = dict.fromkeys([*(step.code or "").split("\n"), *(other.code or "").split("\n")])
    return replace(step, code="\n".join(codes), names=tuple(sorted({*step.names, *other.names})))


def import_step(
    graph: DependencyGraph,
    namespace: Namespace,
    provider: str,
    consumers_of: Mapping[str, Set[int]],
) -> tuple[Step | None, list[Unresolved]]:
    """The step that runs import statements of the cell `provider`, None if it has none that can
    run, and the names that they do not bind.

    `consumers_of` maps each name to the indexes of the cells that need it.
    """
    cell_names = graph.names[provider]
    statements: dict[str, None] = {}
    bound: dict[str, Set[int]] = {}
    unresolved = []
    for name, consumers in consumers_of.items():
        codes = _codes(cell_names, name, namespace.modules)
        absent = _absent_module(cell_names, name, namespace.modules)
        if not codes:
            has_several = bool(restoring_imports(cell_names, name))
            why_not = explanations.does_not_import(graph.index_of[provider], has_several)
            unresolved.append(Unresolved(name, why_not))
        elif absent is not None:
            unresolved.append(Unresolved(name, not_installed(absent, namespace.python)))
        else:
            statements.update(dict.fromkeys(codes))
            bound[name] = consumers
    if not statements:
        return None, unresolved
    why = explanations.provides("Imports", bound)
    code = "\n".join(_in_order(cell_names, statements, namespace.modules))
    return Step(provider, code, tuple(sorted(bound)), why), unresolved


def _codes(names: CellNames, name: str, modules: Modules) -> list[str]:
    """The code that binds the name again. Where the cell chooses between modules, that is the one
    import that finds its module; empty where there are several.
    """
    codes = restoring_codes(names, name)
    if codes:
        return codes
    found = {
        one.code
        for one in restoring_imports(names, name)
        if missing_module(one.module, modules) is None
    }
    return list(found) if len(found) == 1 else []


def _in_order(names: CellNames, codes: Collection[str], modules: Modules) -> list[str]:
    """The statements in the order of the text. After a star import follow all imports below it, as
    it may bind their names to something else.
    """
    lines = _lines_of_imports(names)
    stars = (one.code for it in names.imports for one in it.statements if one.name == "*")
    first_star = min((lines[code] for code in stars if code in codes), default=None)
    again = {
        one.code
        for it in names.imports
        if first_star is not None and it.certain and first_star < it.line
        for one in it.statements
        if missing_module(it.module, modules) is None
    }
    known = [code for code in lines if code in codes or code in again]
    return [*(code for code in codes if code not in lines), *known]


def _absent_module(names: CellNames, name: str, modules: Modules) -> str | None:
    """The module without which the statements that restore the name would raise."""
    imported = [one.module for one in restoring_imports(names, name)]
    if not imported:
        stars = (it for it in names.unknown_sources if isinstance(it, StarImport))
        imported = [star.module for star in stars]
    elif not restoring_codes(names, name) and _codes(names, name, modules):
        return None  # the cell chooses between modules, one of which is there
    found = (missing_module(module, modules) for module in imported)
    return next((module for module in found if module is not None), None)


def _lines_of_imports(names: CellNames) -> dict[str, int]:
    """The import statements of the cell in the order of its text, with their lines."""
    ordered = sorted(names.imports, key=lambda it: it.line)
    lines: dict[str, int] = {}
    for imported in ordered:
        for statement in imported.statements:
            lines.setdefault(statement.code, imported.line)
    return lines
