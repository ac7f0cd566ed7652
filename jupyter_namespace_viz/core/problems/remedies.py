"""What mends a problem, and what will remain?"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache

from jupyter_namespace_viz.core.kernel_state.namespace import Run
from jupyter_namespace_viz.core.plan.plan_types import Plan
from jupyter_namespace_viz.core.plan.planner import plan_runs
from jupyter_namespace_viz.core.plan.runnable_cells import cells_that_raise
from jupyter_namespace_viz.core.plan.stale_cells import StalePlan
from jupyter_namespace_viz.core.problems import explanations
from jupyter_namespace_viz.core.problems.groups import Group
from jupyter_namespace_viz.core.problems.problem_types import Remedy
from jupyter_namespace_viz.core.verdicts.cell_status import NotebookVerdict
from jupyter_namespace_viz.core.vocabulary import PlanMode

LAST_PLANS = 4


class PlanEffect:
    """What a plan does about names: `bound` are those that it binds."""

    def __init__(self, plan: Plan) -> None:
        self._left: dict[str, list[tuple[int, str]]] = {}
        for position, it in enumerate(plan.unresolved):
            self._left.setdefault(it.name, []).append((position, it.reason))
        self.bound = {name for step in plan.steps for name in step.names} - self._left.keys()

    def left_of(self, names: Iterable[str]) -> tuple[str, ...]:
        """What it leaves of these names, in its order."""
        left = sorted(it for name in names for it in self._left.get(name, ()))
        return tuple(reason for _, reason in left)


EffectOf = Callable[[tuple[str, ...], PlanMode], PlanEffect]


def effects_of_plans(verdict: NotebookVerdict) -> EffectOf:
    """The effect of the plan for some cells; the last ones are kept: a cell may have thousands of
    problems."""
    raising = cells_that_raise(verdict)

    @lru_cache(LAST_PLANS)
    def effect_of(cells: tuple[str, ...], mode: PlanMode) -> PlanEffect:
        return PlanEffect(plan_runs(verdict, cells, mode, raising))

    return effect_of


def remedies_of(
    group: Group, verdict: NotebookVerdict, stale: StalePlan, effect_of: EffectOf
) -> list[Remedy]:
    """The remedies of the problem, the quickest first."""
    match group.kind:
        case "missing_import" | "missing" | "clobbered":
            return _inserted(group) or _run(group, effect_of)
        case "not_installed":
            return _installed(group)
        case "ghost":
            return _restored(group)
        case "stale" if not stale.left.keys() & group.cells.keys():
            return _rerun(stale)
        case "stale":
            return _restored_for_stale(group, verdict)
        case _:
            return []


def _inserted(group: Group) -> list[Remedy]:
    """Inserting the import, where no cell above has it: a run of it alone would be lost."""
    (name, need), *more = group.needs.items()
    if more or need.import_code is None:
        return []
    first, *others = group.cells
    remaining = (explanations.needed_elsewhere(name),) if others else ()
    return [Remedy("insert_imports", (first,), (name,), remaining=remaining)]


def _run(group: Group, effect_of: EffectOf) -> list[Remedy]:
    """Running the import statements alone, or all that the cells need."""
    cells = tuple(group.cells)
    remedies = []
    left = set(group.names)
    if any(need.by_import for need in group.needs.values()):
        effect = effect_of(cells, "imports")
        names = tuple(filter(effect.bound.__contains__, group.names))
        if names:
            remaining = effect.left_of(group.needs)
            remedies.append(Remedy("restore_imports", cells, names, remaining=remaining))
            left.difference_update(names)
    if left:
        effect = effect_of(cells, "cells")
        names = tuple(filter(effect.bound.__contains__, group.names))
        if not left.isdisjoint(names):
            remaining = effect.left_of(group.needs)
            remedies.append(Remedy("run_needed", cells, names, remaining=remaining))
    return remedies


def _rerun(stale: StalePlan) -> list[Remedy]:
    remaining = tuple(it.reason for it in stale.plan.unresolved)
    return [Remedy("run_stale", remaining=remaining)] if stale.plan.steps else []


def _restored(group: Group) -> list[Remedy]:
    if any(need.reason != "cell_deleted" for need in group.needs.values()):
        return []
    first = next(iter(group.cells))
    return [Remedy("restore_cell", (first,), group.names)]


def _restored_for_stale(group: Group, verdict: NotebookVerdict) -> list[Remedy]:
    """Restoring the deleted cell whose value the cells used."""
    lost = {cell_id: deleted_provider(cell_id, verdict) for cell_id in group.cells}
    names = tuple(dict.fromkeys(it[0] for it in lost.values() if it is not None))
    return [Remedy("restore_cell", tuple(lost)[:1], names)] if names else []


def deleted_provider(cell_id: str, verdict: NotebookVerdict) -> tuple[str, Run] | None:
    """The name, and the run of the deleted cell that bound it, without which a cell is stale."""
    judge = verdict.judge
    return None if judge is None else judge.deleted_provider(verdict.graph.index_of[cell_id])


def _installed(group: Group) -> list[Remedy]:
    """Installing the packages, or a kernel whose environment has them."""
    known = {name: it.distribution for name, it in group.needs.items() if it.distribution}
    unknown = [name for name in group.names if name not in known]
    remedies = []
    if known:
        distributions = " ".join(dict.fromkeys(known.values()))
        remaining = (explanations.packages_not_known(unknown),) if unknown else ()
        remedies.append(Remedy("install", (), tuple(known), distributions, remaining))
    return [*remedies, Remedy("change_kernel", names=group.names)]
