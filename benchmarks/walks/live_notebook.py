"""How are a notebook and a console open on one kernel?"""

from __future__ import annotations

import asyncio
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from benchmarks.walks.agents import AskingAgent
from benchmarks.walks.fingerprints import fingerprints_expression, fingerprints_in
from benchmarks.walks.kernels import Client, KernelLost, Ran
from benchmarks.walks.naive import missing_names_expression, naive_verdict
from benchmarks.walks.outcomes import Outcome, Verdict, outcome_of, verdict_of
from benchmarks.walks.server import API, PATIENCE, Server
from benchmarks.walks.shown_notebook import ShownNotebook
from benchmarks.walks.steps import bound_names

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
class FreshCell:
    """A cell that was reported as fresh at the end of the walk, and what its last run bound.

    `has_run` is whether it ran, or its text ran in a console or in a cell that was deleted.
    """

    cell: str
    fingerprints: dict[str, str | None]
    has_run: bool = True


@dataclass(frozen=True, slots=True)
class UntaggedRun:
    """One run of a cell without its id, and the cells that it was given to, by execution count."""

    step: int
    cell: str
    given_to: tuple[str, ...]


class LiveNotebook:
    """An open notebook, its kernel, and a console on the same kernel.

    `is_untagged` says before each run of a cell in the walk whether a program runs it, without the
    cell's id. Where it is given, a panel shows the notebook.
    """

    def __init__(
        self,
        server: Server,
        kernel_id: str,
        cell_seconds: float,
        cells: dict[str, str],
        agent: AskingAgent | None = None,
        is_untagged: Callable[[], bool] | None = None,
    ) -> None:
        self.cells = cells
        self.untagged_runs: list[UntaggedRun] = []
        self._is_untagged = is_untagged
        self._panel = ShownNotebook(server, kernel_id)
        self._program = Client(server, kernel_id)
        self._runners: defaultdict[str, set[str]] = defaultdict(set)  # by text, who ran it
        self.ran: list[str] = []
        self._texts: dict[str, str] = {}  # as the cells ran last
        self.fingerprints: dict[str, dict[str, str | None]] = {}
        self._server = server
        self._agent = agent
        self._kernel_id = kernel_id
        self._cell_seconds = cell_seconds
        self._began: datetime | None = None
        self._generation = 1
        self._notebook = Client(server, kernel_id)
        self._console = Client(server, kernel_id)

    @classmethod
    async def start(
        cls,
        server: Server,
        cell_seconds: float,
        cells: dict[str, str],
        agent: AskingAgent | None = None,
        is_untagged: Callable[[], bool] | None = None,
    ) -> LiveNotebook:
        """Starts a kernel in an empty folder."""
        shutil.rmtree(server.work)
        server.work.mkdir()
        kernel = await server.ask("POST", "api/kernels", {"name": "walked", "path": ""})
        if agent is not None:
            await agent.open(kernel["id"])
        return cls(server, kernel["id"], cell_seconds, cells, agent, is_untagged)

    async def stop(self) -> None:
        """Ends the kernel."""
        self._notebook.close()
        self._console.close()
        self._program.close()
        self._panel.close()
        await self._server.ask("DELETE", f"api/kernels/{self._kernel_id}")

    async def connect(self) -> None:
        """Opens the notebook and the console, and waits until the report knows the namespace."""
        await self._notebook.connect()
        await self._console.connect()
        await self._program.connect()
        await self.report()

    async def restart(self) -> None:
        """Restarts the kernel, as the menu does."""
        await self._server.ask("POST", f"api/kernels/{self._kernel_id}/restart")
        self.ran.clear()
        self.fingerprints.clear()
        self._runners.clear()
        self._began = None
        self._generation += 1
        await self.connect()

    # --- runs

    async def run(self, step: int, cell: str, why: Why, verdict: Verdict) -> CellRun:
        """Runs a cell that has this verdict, after the question of the naive watcher."""
        naive = naive_verdict(
            await self._notebook.evaluate(missing_names_expression(self.cells[cell]))
        )
        is_of_walk = why == "walk"  # the panel itself runs plans
        outcome = await self.execute(cell, verdict.definitions, step if is_of_walk else None)
        return CellRun(step, cell, self.cells[cell], why, verdict, naive, outcome)

    async def execute(
        self, cell: str, names: Iterable[str] | None = None, step: int | None = None
    ) -> Outcome:
        """Runs a cell and records fingerprints of the names that it bound. With `step`, the number
        of a step of the walk, a program may run it.
        """
        if names is None:
            names = (await self.verdict(cell)).definitions
        self._texts.pop(cell, None)
        self._texts[cell] = self.cells[cell]
        self._runners[self.cells[cell]].add(cell)
        if step is not None and self._is_untagged is not None and self._is_untagged():
            ran = await self._run(self._program, self.cells[cell], None)
            count = ran.reply.get("execution_count")
            report = await self.report()
            given_to = (it["id"] for it in report["cells"] if it["execution_count"] == count)
            self.untagged_runs.append(UntaggedRun(step, cell, tuple(given_to)))
        else:
            ran = await self._run(self._notebook, self.cells[cell], cell)
        outcome = outcome_of(ran.reply, self.cells[cell])
        self.fingerprints.pop(cell, None)
        if outcome.kind == "ran" and names:
            answer = await self._notebook.evaluate(fingerprints_expression(tuple(names)))
            self.fingerprints[cell] = fingerprints_in(answer)
        return outcome

    async def run_code(self, code: str) -> str | None:
        """Runs import statements as the panel restores them; returns the error that they raised."""
        ran = await self._run(self._notebook, code, None, store_history=False)
        return outcome_of(ran.reply, code).error

    def restore_cell(self, names: Iterable[str], above: str) -> str | None:
        """Inserts the deleted cell that bound the names above another; returns why it cannot."""
        wanted = set(names)
        source = next(
            (
                text
                for cell, text in reversed(self._texts.items())
                if cell not in self.cells and not wanted.isdisjoint(bound_names(text)[0])
            ),
            None,
        )
        if source is None:
            return "the deleted cell is not known"
        restored = f"restored{len(self.cells)}{len(self.ran)}"
        cells = list(self.cells.items())
        index = [cell for cell, _ in cells].index(above)
        self.cells.clear()
        self.cells.update([*cells[:index], (restored, source), *cells[index:]])
        return None

    async def run_in_console(self, code: str) -> None:
        """Runs code in the console."""
        self._runners[code].add("console")
        await self._run(self._console, code, None)

    async def _run(
        self, client: Client, code: str, cell: str | None, *, store_history: bool = True
    ) -> Ran:
        await self._show()
        ran = await client.run(code, cell, self._cell_seconds, store_history=store_history)
        self._began = ran.began
        self.ran.append(code)
        return ran

    # --- reports

    async def verdict(self, cell: str) -> Verdict:
        """The verdict of the report on a cell, and whether an agent gets the same answer."""
        report = next(it for it in (await self.report())["cells"] if it["id"] == cell)
        verdict = verdict_of(report)
        if self._agent is None:
            return verdict
        return replace(verdict, agreed=await self._agent.agrees(cell, self.cells, verdict))

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

    async def plan(
        self, target: str | None, mode: str = "cells", targets: Sequence[str] | None = None
    ) -> dict[str, Any]:
        """The plan for the cell `target`, for the cells `targets`, or for the whole notebook, in a
        mode of `PlanMode`.
        """
        plan: dict[str, Any] = await self._ask("plan", target=target, targets=targets, mode=mode)
        return plan

    async def fresh_cells(self) -> list[FreshCell]:
        """The cells that are reported as fresh, and what their runs bound."""
        cells = (await self.report())["cells"]
        fresh = [it["id"] for it in cells if it["status"] == "fresh"]
        return [
            FreshCell(cell, self.fingerprints.get(cell, {}), self._has_run(cell))
            for cell in fresh
            if cell in self.fingerprints or not self._has_run(cell)
        ]

    def _has_run(self, cell: str) -> bool:
        """Whether the cell ran as it is, or something that is no cell of the notebook now did."""
        runners = self._runners[self.cells[cell]]
        return cell in runners or any(it not in self.cells for it in runners)

    async def _show(self) -> None:
        if self._is_untagged is not None:
            await self._panel.show(self.cells)

    async def _ask(self, what: str, **more: Any) -> Any:
        await self._show()
        cells = [{"id": cell, "source": source} for cell, source in self.cells.items()]
        body = {"kernel_id": self._kernel_id, "cells": cells, **more}
        return await self._server.ask("POST", f"{API}/{what}", body)
