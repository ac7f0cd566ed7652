"""Which stale cells can be mended by running cells, and which stay stale?

A cell stays stale if it, or a cell above that it reads from, would raise, or reads a name that no
cell above binds any more:

    c1: x = 1    c2: y = x    c3: print(y)    run in order; then `x` is renamed in c1 alone

c1 is mended by running it. c2 reads a name that a run in order would not give it, so c2 and c3 stay
stale, until c2 is edited.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from jupyter_namespace_viz.core.plan.cell_plan import cell_plan
from jupyter_namespace_viz.core.plan.explanations import stays_stale
from jupyter_namespace_viz.core.plan.foreseen_runs import staleness_after
from jupyter_namespace_viz.core.plan.plan_types import Plan, Unresolved, in_order
from jupyter_namespace_viz.core.plan.reruns import with_reruns
from jupyter_namespace_viz.core.plan.runnable_cells import cells_that_raise
from jupyter_namespace_viz.core.verdicts.cell_status import CellJudge, NotebookVerdict
from jupyter_namespace_viz.core.verdicts.staleness import Staleness
from jupyter_namespace_viz.core.verdicts.verdict_types import CellVerdict


@dataclass(frozen=True, slots=True)
class StalePlan:
    """The plan that mends the stale cells.

    `left` maps the id of each cell that stays stale, or will be, to that of the cell that keeps it
    so: a cell above, or itself.
    """

    plan: Plan
    left: Mapping[str, str]


def stale_plan(verdict: NotebookVerdict, targets: Collection[str] | None = None) -> StalePlan:
    """The plan that mends the stale cells among `targets`, or all of them when it is None.

    A cell that ran with other inputs counts as stale, whatever its status is.
    """
    judge = verdict.judge
    if judge is None:
        return StalePlan(Plan((), ()), {})
    cells = {cell.id: cell for cell in verdict.cells}
    stale = {
        cell.id: judge.sentence_on(found, index)
        for index, cell in enumerate(verdict.cells)
        if (found := judge.staleness.of(index)) is not None
        and (targets is None or cell.id in targets)
    }
    if not stale:
        return StalePlan(Plan((), ()), {})
    raising = cells_that_raise(verdict)
    useless = set(raising)
    has_run = {
        cell.id for index, cell in enumerate(verdict.cells) if judge.runs.of(index) is not None
    }
    providers: set[str] = set()  # what the cells lack is bound again, which makes others stale
    while True:
        wanted = {cell_id: why for cell_id, why in stale.items() if cell_id not in useless}
        chosen = with_reruns(
            verdict.graph, verdict.context.namespace, judge.runs, wanted, useless, providers
        )
        plan = cell_plan(verdict, [cells[cell_id] for cell_id in chosen], chosen, raising)
        steps = [step.cell_id for step in plan.steps]
        added = set(steps) - chosen.keys() - providers
        if added:
            providers |= added
            continue
        after = staleness_after(verdict.graph, verdict.context.namespace, judge.runs, steps)
        left = {cell.id for index, cell in enumerate(verdict.cells) if after.of(index) is not None}
        # A cell that runs for the first time may be stale then, and still provide what others need.
        useless_now = left & chosen.keys() & has_run
        if not useless_now:
            return _described(plan, verdict, judge, after, left & {*stale, *steps})
        useless |= useless_now


def _described(
    plan: Plan, verdict: NotebookVerdict, judge: CellJudge, after: Staleness, left: set[str]
) -> StalePlan:
    """The plan with the names that keep cells stale."""
    unresolved = {it.name: it for it in plan.unresolved}
    raising = cells_that_raise(verdict)
    causes: dict[str, str] = {}
    for index, cell in enumerate(verdict.cells):
        stale = after.of(index)
        if cell.id not in left or stale is None:
            continue
        above = cell.id if stale.index is None else verdict.graph.cells[stale.index].id
        if above in causes or above in raising:
            causes[cell.id] = causes.get(above, above)
            continue
        causes[cell.id] = cell.id
        name = stale.name or _missing_name(cell)
        why = _why_bad(cell, name) or judge.sentence_on(stale, index)
        was_stale = judge.staleness.of(index) is not None
        unresolved.setdefault(name, Unresolved(name, stays_stale(index, why, was_stale)))
    return StalePlan(Plan(plan.steps, in_order(unresolved)), causes)


def _missing_name(cell: CellVerdict) -> str:
    """The first name that keeps the cell from running; its first definition is no better name."""
    return next((need.name for need in cell.needs if need.blocks), "")


def _why_bad(cell: CellVerdict, name: str) -> str | None:
    """The sentence on the name, if the cell lacks it or would lose it."""
    return next((it.message for it in cell.needs if it.name == name and it.is_risk), None)
