"""What happens to one notebook of a soak, and is its report still right at the end?"""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
from collections import Counter
from collections.abc import Callable
from typing import Any

from benchmarks.soaking.panel import Panel
from benchmarks.walks.kernels import Client, KernelLost
from benchmarks.walks.notebooks import Notebook
from benchmarks.walks.server import Server
from benchmarks.walks.steps import (
    DeleteCell,
    EditCell,
    Restart,
    RunCell,
    RunConsole,
    RunRemedy,
    Step,
    walk_through,
)

STEPS = 50
"""Of one walk; then the notebook has its first text again."""

CELL_SECONDS = 5.0
"""After which a cell is interrupted."""

DISTURBANCES = {
    "nothing": 60,
    "type": 12,
    "reload_page": 4,
    "cut_panel": 4,
    "open_channels_again": 4,
    "close_panel": 3,
    "stop_reading": 4,
    "kill_kernel": 1,
}
"""What may happen before a step, and how often."""

_LAST = "the-end"

# The names that the user may see: those of the shell, and of its own history, are left out.
_HELD = """[it for it in get_ipython().user_ns
if it not in get_ipython().user_ns_hidden and not it.startswith('_')]"""
_COMMS = "len(get_ipython().kernel.comm_manager.comms)"


class SoakedNotebook:
    """An open notebook with a kernel of its own; `counts` has how often what happened."""

    def __init__(self, server: Server, notebook: Notebook, number: int, seed: int) -> None:
        self.name = f"{notebook.name}-{number}"
        self.counts: Counter[str] = Counter()
        self._server = server
        self._notebook = notebook
        self._seed = seed
        self._random = random.Random(f"{seed} {self.name}")
        self._cells = dict(notebook.cells)
        self._kernel = ""
        self._client: Client
        self._console: Client
        self._panel: Panel | None = None
        self._away_for = 0
        self._refusals: list[str] = []

    async def open(self) -> None:
        """Starts the kernel, and opens the notebook, a console and the panel."""
        kernel = await self._server.ask("POST", "api/kernels", {"name": "walked", "path": ""})
        self._kernel = kernel["id"]
        self._client = Client(self._server, self._kernel)
        self._console = Client(self._server, self._kernel)
        await self._connect()
        await self._open_panel()

    async def walk(self, goes_on: Callable[[], bool]) -> None:
        """Takes steps while `goes_on()`."""
        while goes_on():
            self._seed += 1
            self._cells = dict(self._notebook.cells)
            for step in walk_through(self._notebook, self._seed, STEPS):
                if not goes_on():
                    return
                await self._disturb_perhaps()
                try:
                    await self._take(step)
                except KernelLost:  # code of the notebook may end its kernel
                    await self._connect()

    async def disturb(self, kind: str) -> None:
        """Makes something happen that is in DISTURBANCES."""
        self.counts[kind] += 1
        await getattr(self, f"_{kind}")()

    async def faults(self) -> list[str]:
        """What is wrong now: a fresh panel, and the kernel itself, are asked."""
        await self._connect()
        await self._come_back()
        panel = self._panel
        assert panel is not None
        self._cells[_LAST] = "the_end = 1"
        await self._show([_LAST])
        ran = await self._client.run(self._cells[_LAST], _LAST, CELL_SECONDS)
        await panel.show(self._cells, [], ran.ended)
        count = ran.reply["execution_count"]
        fresh = await panel.fresh(self._server)
        await fresh.show(self._cells, [])
        both = (panel, fresh)
        if not await panel.until(lambda: all(it.shows(_LAST, count) for it in both)):
            return [f"{self.name}: no report of the last run, only {panel.kernel, fresh.kernel}"]
        await panel.until(lambda: panel.known() == fresh.known())
        found = [
            f"{self.name}: {what} are {it}\n  and for a fresh panel {fresh.known().get(what)}"
            for what, it in panel.known().items()
            if it != fresh.known().get(what)
        ]
        await fresh.close()
        found += [f"{self.name}: refused {it}" for it in self._refusals]
        return found + await self._false_names() + await self._comms()

    async def close(self) -> None:
        """Closes everything, and ends the kernel."""
        await self.leave()
        await self._server.ask("DELETE", f"api/kernels/{self._kernel}")

    async def leave(self) -> None:
        """Closes everything here; the kernel stays."""
        self._client.close()
        self._console.close()
        if self._panel is not None:
            await self._panel.close()

    # --- at the end

    async def _false_names(self) -> list[str]:
        answer = await self._client.evaluate(f"__import__('json').dumps({_HELD})")
        held = set(json.loads((answer or "'[]'")[1:-1]))
        path = f"jupyter-namespace-viz/api/kernels/{self._kernel}/namespace"
        told = {it["name"] for it in (await self._server.ask("GET", path))["names"]}
        told = {it for it in told if not it.startswith("_")}
        return [f"{self.name}: {held ^ told} differ from the kernel"] if held != told else []

    async def _comms(self) -> list[str]:
        comms = await self._client.evaluate(_COMMS)
        return [] if comms == "1" else [f"{self.name}: the kernel has {comms} comms"]

    # --- steps

    async def _take(self, step: Step) -> None:
        self.counts[type(step).__name__] += 1
        match step:
            case RunCell(cell):
                await self._show([cell])
                ran = await self._client.run(self._cells[cell], cell, CELL_SECONDS)
                await self._show([], ran.ended)
            case RunConsole(code):
                await self._console.run(code, None, CELL_SECONDS)
            case EditCell(cell, source):
                self._cells[cell] = source
                await self._show([])
            case DeleteCell(cell):
                del self._cells[cell]
                await self._show([])
            case Restart():
                await self._server.ask("POST", f"api/kernels/{self._kernel}/restart")
                await self._connect()
            case RunRemedy():
                body = {"kernel_id": self._kernel, "target": None, "targets": None, "mode": "cells"}
                cells = [{"id": cell, "source": it} for cell, it in self._cells.items()]
                path = "jupyter-namespace-viz/api/plan"
                await self._server.ask("POST", path, {**body, "cells": cells})

    # --- what may happen before a step

    async def _disturb_perhaps(self) -> None:
        self._away_for -= 1
        if self._away_for <= 0 and (self._panel is None or not self._panel.reads.is_set()):
            await self._come_back()
        kinds, weights = list(DISTURBANCES), list(DISTURBANCES.values())
        await self.disturb(self._random.choices(kinds, weights)[0])

    async def _nothing(self) -> None:
        pass

    async def _type(self) -> None:
        """A user types a line at the end of a cell, one letter after the other."""
        cell = self._random.choice(list(self._cells))
        before = self._cells[cell]
        for end in range(len(line := f"\nvalue_{self._random.randrange(10**6)} = 1")):
            self._cells[cell] = before + line[: end + 1]
            await self._show([])
            self.counts["letters"] += 1
        self._cells[cell] = before

    async def _reload_page(self) -> None:
        if self._panel is not None:
            await self._panel.close()
            await self._open_panel()

    async def _cut_panel(self) -> None:
        if self._panel is not None:
            await self._panel.cut()
            await self._open_panel()

    async def _open_channels_again(self) -> None:
        self._client.close()
        await self._connect()

    async def _close_panel(self) -> None:
        panel, self._panel = self._panel, None
        self._away_for = self._random.randrange(1, 20)
        if panel is not None:
            await panel.close()

    async def _stop_reading(self) -> None:
        if self._panel is not None:
            self._panel.reads.clear()
            self._away_for = self._random.randrange(1, 20)

    async def _kill_kernel(self) -> None:
        process = await self._client.evaluate("__import__('os').getpid()")
        if process is not None:
            os.kill(int(process), signal.SIGKILL)
            await self._connect()

    async def _come_back(self) -> None:
        """The panel is there and reads; one that did not for too long was closed by the server."""
        if self._panel is None or self._panel.is_closed:
            await self._open_panel()
        else:
            self._panel.reads.set()

    # --- connections

    async def _connect(self) -> None:
        """Connects the notebook and the console with the process that the kernel has now."""
        for client in (self._client, self._console):
            for _ in range(5):
                try:
                    await client.connect()
                    break
                except KernelLost:  # it is being restarted
                    continue
            else:
                raise RuntimeError(f"{self.name}: the kernel does not answer")

    async def _open_panel(self) -> None:
        self._panel = await Panel.open(self._server, self._kernel, self.name, self._client.session)
        self._panel.refusals = self._refusals
        await self._show([])

    async def _show(self, in_flight: list[str], ended_at: str | None = None) -> None:
        if self._panel is None:
            return
        try:
            await self._panel.show(self._cells, in_flight, ended_at)
        except ConnectionError:  # it has not read for too long
            self.counts["panels closed by the server"] += 1
            await self._panel.close()
            await self._open_panel()


def totals(notebooks: list[SoakedNotebook]) -> dict[str, Any]:
    """How often what happened, to all of them."""
    found: Counter[str] = sum((it.counts for it in notebooks), Counter())
    return dict(sorted(found.items()))


async def in_turn(notebooks: list[SoakedNotebook], do: Callable[[SoakedNotebook], Any]) -> None:
    """Does something with all notebooks at once."""
    await asyncio.gather(*map(do, notebooks))
