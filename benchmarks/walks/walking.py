"""What happens during one walk?"""

from __future__ import annotations

import random
import time
from collections.abc import Iterable
from dataclasses import dataclass, field

from benchmarks.walks.agents import AskingAgent
from benchmarks.walks.kernels import KernelLost
from benchmarks.walks.live_notebook import CellRun, FreshCell, LiveNotebook, UntaggedRun, Why
from benchmarks.walks.notebooks import Notebook
from benchmarks.walks.outcomes import Outcome, Verdict
from benchmarks.walks.remedies import RemedyRun, run_remedy
from benchmarks.walks.server import Server
from benchmarks.walks.steps import (
    DeleteCell,
    EditCell,
    Restart,
    RunCell,
    RunConsole,
    RunRemedy,
    Step,
)


@dataclass(frozen=True, slots=True)
class PlanRun:
    """A plan that was offered for a blocked cell, and run.

    `optional` are the steps that provide only conditional needs. `runs` are those of the steps and,
    if all of these succeeded, that of the cell itself. `before` is the code that had run in this
    generation before the plan, and `cells` the texts of the notebook at that time. `has_imports` is
    whether only the imports of a step's cell run.
    """

    step: int
    cell: str
    missing: tuple[str, ...]
    plan: tuple[str, ...]
    has_imports: bool
    optional: tuple[str, ...]
    unresolved: tuple[str, ...]
    runs: tuple[CellRun, ...]
    before: tuple[str, ...]
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class OrderedRun:
    """How a cell's run in document order ended, and what it bound."""

    outcome: Outcome
    fingerprints: dict[str, str | None]


@dataclass
class Walk:
    """The record of one walk.

    `lost` says why the kernel was lost, if it was; `is_cut` when the time was up.
    """

    notebook: Notebook
    seed: int
    runs: list[CellRun] = field(default_factory=list)
    plan_runs: list[PlanRun] = field(default_factory=list)
    remedy_runs: list[RemedyRun] = field(default_factory=list)
    fresh: list[FreshCell] = field(default_factory=list)
    untagged_runs: list[UntaggedRun] = field(default_factory=list)
    cells: dict[str, str] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    lost: str | None = None
    is_cut: bool = False


class Walker:
    """Takes walks with kernels of the server, one after another.

    A cell is interrupted after `cell_seconds`, and a walk ends early after `walk_seconds`. Where
    there is an `agent`, it asks before each run, too. The share `untagged` of the runs comes
    without a cell id, from a program.
    """

    def __init__(
        self,
        server: Server,
        cell_seconds: float,
        walk_seconds: float,
        agent: AskingAgent | None = None,
        untagged: float = 0.0,
    ) -> None:
        self._untagged = untagged
        self._server = server
        self._cell_seconds = cell_seconds
        self._walk_seconds = walk_seconds
        self._agent = agent

    async def walk(self, notebook: Notebook, seed: int, steps: Iterable[Step]) -> Walk:
        """Takes these steps, which were made from the seed."""
        walk = Walk(notebook, seed, cells=dict(notebook.cells))
        chance = random.Random(f"{seed} {notebook.name} untagged")
        is_untagged = (lambda: chance.random() < self._untagged) if self._untagged else None
        kernel = await LiveNotebook.start(
            self._server, self._cell_seconds, walk.cells, self._agent, is_untagged
        )
        try:
            await kernel.connect()
            began = time.monotonic()
            for number, step in enumerate(steps, 1):
                if time.monotonic() - began > self._walk_seconds:
                    walk.is_cut = True
                    break
                walk.steps.append(step)
                await _take_step(step, number, kernel, walk)
            walk.fresh = await kernel.fresh_cells()
        except KernelLost as problem:
            walk.lost = str(problem)
        finally:
            walk.untagged_runs = kernel.untagged_runs
            await kernel.stop()
        return walk

    async def run_in_order(self, cells: dict[str, str]) -> dict[str, OrderedRun]:
        """The run of each cell in document order in a new kernel.

        Cells after the death of the kernel, or after the time for a walk, are absent.
        """
        kernel = await LiveNotebook.start(self._server, self._cell_seconds, cells)
        found = {}
        try:
            await kernel.connect()
            began = time.monotonic()
            for cell in cells:
                if time.monotonic() - began > self._walk_seconds:
                    break
                outcome = await kernel.execute(cell)
                found[cell] = OrderedRun(outcome, kernel.fingerprints.get(cell, {}))
        except KernelLost:
            pass
        finally:
            await kernel.stop()
        return found


async def _take_step(step: Step, number: int, kernel: LiveNotebook, walk: Walk) -> None:
    match step:
        case RunCell(cell, plan_first):
            verdict = await kernel.verdict(cell)
            if plan_first and verdict.would_raise and "cells" in verdict.repairs:
                await _run_plan(number, cell, verdict, kernel, walk)
            else:
                walk.runs.append(await kernel.run(number, cell, "walk", verdict))
        case RunConsole(code):
            await kernel.run_in_console(code)
        case EditCell(cell, source):
            kernel.cells[cell] = source
        case DeleteCell(cell):
            del kernel.cells[cell]
        case RunRemedy(choice):
            ran = await run_remedy(kernel, number, choice)
            walk.remedy_runs += [] if ran is None else [ran]
        case Restart():
            await kernel.restart()


async def _run_plan(
    number: int, cell: str, verdict: Verdict, kernel: LiveNotebook, walk: Walk
) -> None:
    """Runs the plan that is offered, and then the cell."""
    before, cells = tuple(kernel.ran), dict(kernel.cells)
    plan = await kernel.plan(cell)
    steps = tuple(step["cell_id"] for step in plan["steps"])
    runs: list[CellRun] = []
    target = {"cell_id": cell, "code": None}
    for step in (*plan["steps"], target):
        it, code = step["cell_id"], step["code"]
        if code is not None:
            await kernel.run_code(code)  # where it fails, the cell itself misses its name
            continue
        why: Why = "target" if step is target else "plan"
        run = await kernel.run(number, it, why, await kernel.verdict(it))
        runs.append(run)
        if run.outcome.kind != "ran":
            break
    walk.runs += runs
    conditional = set(verdict.conditional)
    walk.plan_runs.append(
        PlanRun(
            number,
            cell,
            verdict.missing,
            steps,
            any(step["code"] is not None for step in plan["steps"]),
            tuple(
                step["cell_id"] for step in plan["steps"] if conditional.issuperset(step["names"])
            ),
            tuple(it["name"] for it in plan["unresolved"]),
            tuple(runs),
            before,
            cells,
        )
    )
