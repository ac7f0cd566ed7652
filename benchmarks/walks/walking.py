"""What happens during one walk?"""

from __future__ import annotations

import asyncio
import shutil
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from benchmarks.walks.fingerprints import fingerprints_expression, fingerprints_in
from benchmarks.walks.kernels import Client, KernelLost, Ran
from benchmarks.walks.naive import missing_names_expression, naive_verdict
from benchmarks.walks.notebooks import Notebook
from benchmarks.walks.outcomes import Outcome, Verdict, outcome_of, verdict_of
from benchmarks.walks.server import API, PATIENCE, Server
from benchmarks.walks.steps import (
    DeleteCell,
    EditCell,
    Restart,
    RunCell,
    RunConsole,
    Step,
)

PAUSE = 0.02
"""Seconds between two requests for a report that does not include the last run yet."""

Why = Literal["walk", "plan", "target"]
"""A step of the walk · a step of a plan · the cell that a plan was made for."""


@dataclass(frozen=True, slots=True)
class CellRun:
    """One run of a cell: the verdict before it, that of a naive watcher, and the outcome."""

    step: int
    cell: str
    source: str
    why: Why
    verdict: Verdict
    naive: Verdict
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class PlanRun:
    """A plan that was offered for a blocked cell, and run.

    `optional` are the steps that provide only conditional needs. `runs` are those of the steps and,
    if all of these succeeded, that of the cell itself. `before` is the code that had run in this
    generation before the plan, and `cells` the texts of the notebook at that time.
    """

    step: int
    cell: str
    missing: tuple[str, ...]
    plan: tuple[str, ...]
    optional: tuple[str, ...]
    unresolved: tuple[str, ...]
    runs: tuple[CellRun, ...]
    before: tuple[str, ...]
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class FreshCell:
    """A cell that was reported as fresh at the end of the walk, and what its last run bound."""

    cell: str
    fingerprints: dict[str, str | None]


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
    fresh: list[FreshCell] = field(default_factory=list)
    cells: dict[str, str] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    lost: str | None = None
    is_cut: bool = False


class Walker:
    """Takes walks with kernels of the server, one after another.

    A cell is interrupted after `cell_seconds`, and a walk ends early after `walk_seconds`.
    """

    def __init__(self, server: Server, cell_seconds: float, walk_seconds: float) -> None:
        self._server = server
        self._cell_seconds = cell_seconds
        self._walk_seconds = walk_seconds

    async def walk(self, notebook: Notebook, seed: int, steps: Iterable[Step]) -> Walk:
        """Takes these steps, which were made from the seed."""
        walk = Walk(notebook, seed, cells=dict(notebook.cells))
        kernel = await LiveNotebook.start(self._server, self._cell_seconds, walk.cells)
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
    for it, why in (*((step, "plan") for step in steps), (cell, "target")):
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
            tuple(
                step["cell_id"] for step in plan["steps"] if conditional.issuperset(step["names"])
            ),
            tuple(it["name"] for it in plan["unresolved"]),
            tuple(runs),
            before,
            cells,
        )
    )


class LiveNotebook:
    """An open notebook, its kernel, and a console on the same kernel."""

    def __init__(
        self, server: Server, kernel_id: str, cell_seconds: float, cells: dict[str, str]
    ) -> None:
        self.cells = cells
        self.ran: list[str] = []
        self.fingerprints: dict[str, dict[str, str | None]] = {}
        self._server = server
        self._kernel_id = kernel_id
        self._cell_seconds = cell_seconds
        self._began: datetime | None = None
        self._generation = 1
        self._notebook = Client(server, kernel_id)
        self._console = Client(server, kernel_id)

    @classmethod
    async def start(
        cls, server: Server, cell_seconds: float, cells: dict[str, str]
    ) -> LiveNotebook:
        """Starts a kernel in an empty folder."""
        shutil.rmtree(server.work)
        server.work.mkdir()
        kernel = await server.ask("POST", "api/kernels", {"name": "walked", "path": ""})
        return cls(server, kernel["id"], cell_seconds, cells)

    async def stop(self) -> None:
        """Ends the kernel."""
        self._notebook.close()
        self._console.close()
        await self._server.ask("DELETE", f"api/kernels/{self._kernel_id}")

    async def connect(self) -> None:
        """Opens the notebook and the console, and waits until the report knows the namespace."""
        await self._notebook.connect()
        await self._console.connect()
        await self.report()

    async def restart(self) -> None:
        """Restarts the kernel, as the menu does."""
        await self._server.ask("POST", f"api/kernels/{self._kernel_id}/restart")
        self.ran.clear()
        self.fingerprints.clear()
        self._began = None
        self._generation += 1
        await self.connect()

    # --- runs

    async def run(self, step: int, cell: str, why: Why, verdict: Verdict) -> CellRun:
        """Runs a cell that has this verdict, after the question of the naive watcher."""
        naive = naive_verdict(
            await self._notebook.evaluate(missing_names_expression(self.cells[cell]))
        )
        outcome = await self.execute(cell, verdict.definitions)
        return CellRun(step, cell, self.cells[cell], why, verdict, naive, outcome)

    async def execute(self, cell: str, names: Iterable[str] | None = None) -> Outcome:
        """Runs a cell and records fingerprints of the names that it bound."""
        if names is None:
            names = (await self.verdict(cell)).definitions
        ran = await self._run(self._notebook, self.cells[cell], cell)
        outcome = outcome_of(ran.reply, self.cells[cell])
        self.fingerprints.pop(cell, None)
        if outcome.kind == "ran" and names:
            answer = await self._notebook.evaluate(fingerprints_expression(tuple(names)))
            self.fingerprints[cell] = fingerprints_in(answer)
        return outcome

    async def run_in_console(self, code: str) -> None:
        """Runs code in the console."""
        await self._run(self._console, code, None)

    async def _run(self, client: Client, code: str, cell: str | None) -> Ran:
        ran = await client.run(code, cell, self._cell_seconds)
        self._began = ran.began
        self.ran.append(code)
        return ran

    # --- reports

    async def verdict(self, cell: str) -> Verdict:
        """The verdict of the report on a cell."""
        return verdict_of(next(it for it in (await self.report())["cells"] if it["id"] == cell))

    async def report(self) -> dict[str, Any]:
        """The report on the notebook's present text that includes the last run.

        For each run the kernel sends its start, its changes and its end, in this order. So the
        report of an idle kernel that is newer than the start includes the whole run.
        """
        for _ in range(int(PATIENCE / PAUSE)):
            report: dict[str, Any] = await self._ask("report")
            kernel = report["kernel"]
            if kernel["state"] == "idle" and kernel["generation"] == self._generation:
                as_of = datetime.fromisoformat(kernel["as_of"])
                began = self._began and self._began.replace(
                    microsecond=self._began.microsecond // 1000 * 1000
                )
                if began is None or as_of >= began:
                    return report
            await asyncio.sleep(PAUSE)
        raise KernelLost(f"no report of its last run; the last one says {kernel}")

    async def plan(self, target: str | None, mode: str = "cells") -> dict[str, Any]:
        """The plan for the cell `target`, or for the whole notebook, in a mode of `PlanMode`."""
        plan: dict[str, Any] = await self._ask("plan", target=target, mode=mode)
        return plan

    async def fresh_cells(self) -> list[FreshCell]:
        """The cells that are reported as fresh, and what their runs bound."""
        cells = (await self.report())["cells"]
        return [
            FreshCell(it["id"], self.fingerprints[it["id"]])
            for it in cells
            if it["status"] == "fresh" and it["id"] in self.fingerprints
        ]

    async def _ask(self, what: str, **more: Any) -> Any:
        cells = [{"id": cell, "source": source} for cell, source in self.cells.items()]
        body = {"kernel_id": self._kernel_id, "cells": cells, **more}
        return await self._server.ask("POST", f"{API}/{what}", body)
