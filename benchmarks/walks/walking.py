"""What happens on one walk?"""

from __future__ import annotations

import asyncio
import shutil
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from benchmarks.walks.fingerprints import expression_for, fingerprints_in
from benchmarks.walks.happenings import Happening, Said, said_of, what_happened
from benchmarks.walks.kernels import Client, KernelLost, Ran
from benchmarks.walks.naive import naively_said, question_for
from benchmarks.walks.notebooks import Notebook
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
"""Seconds between two looks at a report that is not settled yet."""

Why = Literal["walk", "plan", "mended"]
"""A step of the walk · a step of a plan · the cell that a plan was made for."""


@dataclass(frozen=True, slots=True)
class CellRun:
    """One run of a cell: what was said before, by a naive watcher too, and what happened."""

    step: int
    cell: str
    source: str
    why: Why
    said: Said
    naive: Said
    happening: Happening


@dataclass(frozen=True, slots=True)
class Mending:
    """A plan that was offered for a blocked cell, and run.

    `spare` are the steps that bring only what the cell reads perhaps. `runs` are those of the steps
    and, if all of these ran, of the cell itself. `before` is the code that had run in this
    generation by then, and `cells` what the notebook said.
    """

    step: int
    cell: str
    missing: tuple[str, ...]
    plan: tuple[str, ...]
    spare: tuple[str, ...]
    unresolved: tuple[str, ...]
    runs: tuple[CellRun, ...]
    before: tuple[str, ...]
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class FreshCell:
    """A cell that was said to be fresh when the walk was over, and what its last run bound."""

    cell: str
    fingerprints: dict[str, str | None]


@dataclass(frozen=True, slots=True)
class OrderedRun:
    """How a cell's run in document order ended, and what it bound."""

    happening: Happening
    fingerprints: dict[str, str | None]


@dataclass
class Walk:
    """All that is known of one walk; `lost` is why the kernel was, `is_cut` when time was up."""

    notebook: Notebook
    seed: int
    runs: list[CellRun] = field(default_factory=list)
    mendings: list[Mending] = field(default_factory=list)
    fresh: list[FreshCell] = field(default_factory=list)
    cells: dict[str, str] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    lost: str | None = None
    is_cut: bool = False


class Walker:
    """Takes walks with a kernel of the server; one after another.

    A cell is interrupted after `cell_seconds`, and a walk ends early after `walk_seconds`.
    """

    def __init__(self, server: Server, cell_seconds: float, walk_seconds: float) -> None:
        self._server = server
        self._cell_seconds = cell_seconds
        self._walk_seconds = walk_seconds

    async def walk(self, notebook: Notebook, seed: int, steps: Iterable[Step]) -> Walk:
        """Takes these steps; the seed is where they come from."""
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
                await _take(step, number, kernel, walk)
            walk.fresh = await kernel.fresh_cells()
        except KernelLost as problem:
            walk.lost = str(problem)
        finally:
            await kernel.stop()
        return walk

    async def run_in_order(self, cells: dict[str, str]) -> dict[str, OrderedRun]:
        """How each cell runs in document order in a fresh kernel.

        Cells that come after the kernel has died, or after the time for a walk, are absent.
        """
        kernel = await LiveNotebook.start(self._server, self._cell_seconds, cells)
        found = {}
        try:
            await kernel.connect()
            began = time.monotonic()
            for cell in cells:
                if time.monotonic() - began > self._walk_seconds:
                    break
                happening = await kernel.run_unasked(cell)
                found[cell] = OrderedRun(happening, kernel.fingerprints.get(cell, {}))
        except KernelLost:
            pass
        finally:
            await kernel.stop()
        return found


async def _take(step: Step, number: int, kernel: LiveNotebook, walk: Walk) -> None:
    match step:
        case RunCell(cell, mend):
            said = await kernel.said(cell)
            if mend and said.status == "blocked" and "cells" in said.repairs:
                await _mend(number, cell, said, kernel, walk)
            else:
                walk.runs.append(await kernel.run(number, cell, "walk", said))
        case RunConsole(code):
            await kernel.run_in_console(code)
        case EditCell(cell, source):
            kernel.cells[cell] = source
        case DeleteCell(cell):
            del kernel.cells[cell]
        case Restart():
            await kernel.restart()


async def _mend(number: int, cell: str, said: Said, kernel: LiveNotebook, walk: Walk) -> None:
    """Run the plan that is offered, and then the cell."""
    before, cells = tuple(kernel.ran), dict(kernel.cells)
    plan = await kernel.plan(cell)
    steps = tuple(step["cell_id"] for step in plan["steps"])
    runs: list[CellRun] = []
    for it, why in (*((step, "plan") for step in steps), (cell, "mended")):
        run = await kernel.run(number, it, why, await kernel.said(it))
        runs.append(run)
        if run.happening.kind != "ran":
            break
    walk.runs += runs
    perhaps = set(said.perhaps)
    walk.mendings.append(
        Mending(
            number,
            cell,
            said.missing,
            steps,
            tuple(step["cell_id"] for step in plan["steps"] if perhaps.issuperset(step["names"])),
            tuple(it["name"] for it in plan["unresolved"]),
            tuple(runs),
            before,
            cells,
        )
    )


class LiveNotebook:
    """A notebook that is open, its kernel, and a console on the same kernel."""

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
        """Opens the notebook and the console, and waits until it is known what the kernel holds."""
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

    async def run(self, step: int, cell: str, why: Why, said: Said) -> CellRun:
        """Runs a cell of which this was said."""
        naive = naively_said(await self._notebook.evaluate(question_for(self.cells[cell])))
        happening = await self.run_unasked(cell, said.definitions)
        return CellRun(step, cell, self.cells[cell], why, said, naive, happening)

    async def run_unasked(self, cell: str, names: Iterable[str] | None = None) -> Happening:
        """Runs a cell and notes what it bound."""
        if names is None:
            names = (await self.said(cell)).definitions
        ran = await self._run(self._notebook, self.cells[cell], cell)
        happening = what_happened(ran.reply, self.cells[cell])
        self.fingerprints.pop(cell, None)
        if happening.kind == "ran" and names:
            told = await self._notebook.evaluate(expression_for(tuple(names)))
            self.fingerprints[cell] = fingerprints_in(told)
        return happening

    async def run_in_console(self, code: str) -> None:
        """Runs code that is no cell's."""
        await self._run(self._console, code, None)

    async def _run(self, client: Client, code: str, cell: str | None) -> Ran:
        ran = await client.run(code, cell, self._cell_seconds)
        self._began = ran.began
        self.ran.append(code)
        return ran

    # --- what is said

    async def said(self, cell: str) -> Said:
        """What the report says of a cell."""
        return said_of(next(it for it in (await self.report())["cells"] if it["id"] == cell))

    async def report(self) -> dict[str, Any]:
        """The report on what the notebook says now, with the last run in it.

        Of one run the kernel tells in this order: it began, what it did, it is over. So a report
        of an idle kernel whose facts are younger than the beginning knows all of the run.
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
        """What the report offers to run, so that the cell runs, or as the mode says."""
        plan: dict[str, Any] = await self._ask("plan", target=target, mode=mode)
        return plan

    async def fresh_cells(self) -> list[FreshCell]:
        """The cells that are said to be fresh, and what their runs bound."""
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
