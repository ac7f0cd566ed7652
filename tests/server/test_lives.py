"""Does every way in which a kernel lives and dies end in the right report?"""

from __future__ import annotations

import asyncio
import os
import signal
from contextlib import suppress
from typing import Any

import psutil
import pytest

from tests.server.conftest import PATIENCE

NOTEBOOK = {"one": "import colorsys as cs", "two": "print(cs.__name__)", "three": "cs.no_such"}
WAITING = {"one": "ready", "two": "blocked", "three": "blocked"}
LIVE = {"one": "fresh", "two": "ready", "three": "ready"}


def is_idle(panel: Any) -> bool:
    return panel.kernel["state"] == "idle"


async def begin(client: Any, panel: Any) -> None:
    """Run the import, and wait until the panel shows it."""
    await panel.show(NOTEBOOK)
    await panel.until_statuses(**WAITING)
    await client.run(NOTEBOOK["one"], "one")
    await panel.until_statuses(**LIVE)


async def until_next_life(panel: Any, reason: str) -> None:
    """Wait until the panel shows that the names are lost, and why."""
    await panel.until(lambda it: it.kernel["generation"] == 2)
    assert panel.cells["one"]["status"] == "ready"
    for cell in ("two", "three"):
        assert panel.cells[cell]["status"] == "blocked"
        assert panel.cells[cell]["message"] == (
            f"`cs` is missing: the kernel {reason} cell 1 has not run since."
        )


async def until_ended(process: psutil.Process) -> None:
    """A kernel that is dying may first wait ten seconds for its own output (ipykernel does)."""
    with suppress(psutil.NoSuchProcess):
        while process.status() != psutil.STATUS_ZOMBIE:
            await asyncio.sleep(0.01)


async def until_it_works_again(client: Any, panel: Any) -> None:
    """The new process is watched like the old one."""
    await panel.until(is_idle)
    await client.connect()
    await client.run(NOTEBOOK["one"], "one")
    await panel.until_statuses(**LIVE)
    await client.run(NOTEBOOK["three"], "three")
    await panel.until(lambda it: it.cells["three"]["execution_count"] == 2)


async def test_start_and_runs(start_kernel: Any, client_of: Any, open_panel: Any) -> None:
    async with open_panel(None) as panel:
        await panel.show(NOTEBOOK)
        await panel.until(lambda it: it.kernel["state"] == "none")
        kernel_id = await start_kernel()
        panel.choose(kernel_id)
        await panel.show({}, order=list(NOTEBOOK))
        await panel.until(is_idle)
        assert panel.cells["two"]["message"] == (
            "`cs` is missing: cell 1 has not run since the kernel started."
        )
        client = await client_of(kernel_id)
        await client.run(NOTEBOOK["one"], "one")
        await panel.until_statuses(**LIVE)
        await client.run("del cs", "console")
        await panel.until_statuses(two="blocked", three="blocked")
        await client.run("import colorsys as cs; kept = 1")
        await panel.until_statuses(two="ready", three="ready")
        await client.run("%reset -f", "three")
        await panel.until_statuses(two="blocked", three="blocked")
        await client.run(NOTEBOOK["one"], "one")
        await panel.until_statuses(two="ready", one="fresh")


async def test_restart(
    start_kernel: Any, client_of: Any, open_panel: Any, jp_serverapp: Any
) -> None:
    kernel_id = await start_kernel()
    client = await client_of(kernel_id)
    async with open_panel(kernel_id) as panel:
        await begin(client, panel)
        restart = asyncio.ensure_future(jp_serverapp.kernel_manager.restart_kernel(kernel_id))
        await until_next_life(panel, "was restarted and")
        await restart
        await panel.until(is_idle)
        assert panel.cells["one"]["seconds"] >= 0  # it ran before the restart
        await until_it_works_again(client, panel)


async def test_a_plan_after_a_restart_waits_until_its_steps_are_seen(
    start_kernel: Any, client_of: Any, open_panel: Any, jp_serverapp: Any, links: Any
) -> None:
    kernel_id = await start_kernel()
    client = await client_of(kernel_id)
    async with open_panel(kernel_id) as panel:
        await begin(client, panel)
        restart = asyncio.ensure_future(jp_serverapp.kernel_manager.restart_kernel(kernel_id))
        await until_next_life(panel, "was restarted and")
        request = {"request_id": "r", "targets": None, "mode": "imports"}
        await panel.send({"kind": "plan", **request})
        planned = await panel.next("planned")
        assert [step["code"] for step in planned["steps"]] == [NOTEBOOK["one"]]
        assert links.link_to(kernel_id).view.is_watched
        await restart


async def test_what_a_cell_bound_without_showing_it_is_known_after_a_restart(
    start_kernel: Any, client_of: Any, open_panel: Any, jp_serverapp: Any
) -> None:
    cells = {"one": "import sys\nsys._getframe().f_globals['x'] = 1", "two": "x + 1"}
    kernel_id = await start_kernel()
    client = await client_of(kernel_id)
    async with open_panel(kernel_id) as panel:
        await panel.show(cells)
        await panel.until_statuses(one="ready", two="blocked")
        assert panel.cells["two"]["message"] == "`x` is missing: no cell defines it."
        await client.run(cells["one"], "one")
        await client.run(cells["two"], "two")
        await panel.until_statuses(one="fresh", two="fresh")
        await jp_serverapp.kernel_manager.restart_kernel(kernel_id)
        await panel.until_statuses(one="ready", two="blocked")
        await panel.until(is_idle)
        assert panel.cells["two"]["waiting"]
        assert panel.cells["two"]["message"] == (
            "`x` is missing: the kernel was restarted and cell 1 has not run since."
        )
        await panel.send({"kind": "plan", "request_id": "r", "targets": ["two"], "mode": "cells"})
        planned = await panel.next("planned")
        assert [(step["cell_id"], step["names"]) for step in planned["steps"]] == [("one", ["x"])]
        await client.connect()
        for cell_id, source in cells.items():
            await client.run(source, cell_id)
        await panel.until_statuses(one="fresh", two="fresh")


async def test_restart_while_a_cell_runs(
    start_kernel: Any, client_of: Any, open_panel: Any, jp_serverapp: Any
) -> None:
    kernel_id = await start_kernel()
    client = await client_of(kernel_id)
    async with open_panel(kernel_id) as panel:
        await begin(client, panel)
        client.send(
            "import time\nwhile True:\n    late = time.time()\n    time.sleep(0.01)", "long"
        )
        await panel.until(lambda it: it.kernel["state"] == "busy")
        restart = asyncio.ensure_future(jp_serverapp.kernel_manager.restart_kernel(kernel_id))
        await until_next_life(panel, "was restarted and")
        await restart
        # The old process went on for seconds, and told of its names.
        await panel.until(is_idle)
        assert panel.kernel["generation"] == 2
        await panel.show({**NOTEBOOK, "four": "late"})
        await panel.until_statuses(**WAITING, four="blocked")
        await until_it_works_again(client, panel)


@pytest.mark.parametrize("end", ["import os; os._exit(1)", "del __builtins__.len"])
async def test_a_kernel_that_a_cell_ends(
    start_kernel: Any, client_of: Any, open_panel: Any, end: str
) -> None:
    kernel_id = await start_kernel()
    client = await client_of(kernel_id)
    async with open_panel(kernel_id) as panel:
        await begin(client, panel)
        process = psutil.Process(client.pid)
        client.send(end, "long")
        await asyncio.wait_for(until_ended(process), PATIENCE)
        await until_next_life(panel, "died and was restarted, and")
        await until_it_works_again(client, panel)


async def test_a_kernel_that_is_killed_for_memory(
    start_kernel: Any, client_of: Any, open_panel: Any
) -> None:
    kernel_id = await start_kernel()
    client = await client_of(kernel_id)
    async with open_panel(kernel_id) as panel:
        await begin(client, panel)
        client.send("import time\nwhile True: time.sleep(0.01)", "long")
        await panel.until(lambda it: it.kernel["state"] == "busy")
        os.kill(client.pid, signal.SIGKILL)
        await until_next_life(panel, "died and was restarted, and")
        await until_it_works_again(client, panel)


async def test_that_a_kernel_that_dies_loses_its_queue(
    start_kernel: Any, client_of: Any, open_panel: Any
) -> None:
    kernel_id = await start_kernel()
    client = await client_of(kernel_id)
    cells = {"loop": "import time\nwhile True: time.sleep(0.01)", "next": "x = 1"}
    async with open_panel(kernel_id) as panel:
        panel.in_flight = ["loop", "next"]
        await panel.show(cells)
        client.send(cells["loop"], "loop")
        await panel.until_statuses(loop="running", next="queued")
        os.kill(client.pid, signal.SIGKILL)
        # JupyterLab hears seconds later of the death, and sends the queue of before until then.
        await panel.until_statuses(loop="ready", next="ready")
        assert panel.kernel["generation"] == 2
        await panel.show(cells)
        await panel.until(lambda it: it.report["revision"] == it.revision)
        assert [panel.cells[it]["status"] for it in cells] == ["ready", "ready"]
        panel.in_flight = []
        await panel.show(cells)
        panel.in_flight = ["next"]
        await panel.show(cells)
        await panel.until_statuses(loop="ready", next="queued")


async def test_shutdown_and_change_of_kernel(
    start_kernel: Any, client_of: Any, open_panel: Any, jp_serverapp: Any
) -> None:
    first, second = await start_kernel(), await start_kernel()
    client, other = await client_of(first), await client_of(second)
    await other.run("import colorsys as cs", "one")
    async with open_panel(first) as panel:
        await begin(client, panel)
        await client.run("del cs", "console")
        await panel.until_statuses(two="blocked", three="blocked")

        panel.choose(second)
        await panel.show({}, order=list(NOTEBOOK))
        await panel.until(lambda it: it.kernel["kernel_id"] == second and is_idle(it))
        await panel.until_statuses(two="ready", three="ready")
        await client.run("x = 1", "console")  # of a kernel that is nobody's any more

        panel.choose(None)
        await panel.show({}, order=list(NOTEBOOK))
        await panel.until_statuses(two="blocked")
        assert panel.cells["two"]["message"] == "`cs` is missing: cell 1 has to run first."

        panel.choose(second)
        await panel.show({}, order=list(NOTEBOOK))
        await panel.until_statuses(two="ready", three="ready")
        shutdown = asyncio.ensure_future(jp_serverapp.kernel_manager.shutdown_kernel(second))
        await panel.until(lambda it: it.kernel["state"] == "dead")
        await panel.until_statuses(one="ready", two="blocked", three="blocked")
        await shutdown


async def test_interrupt(
    start_kernel: Any, client_of: Any, open_panel: Any, jp_serverapp: Any
) -> None:
    kernel_id = await start_kernel()
    client = await client_of(kernel_id)
    async with open_panel(kernel_id) as panel:
        await panel.show(NOTEBOOK)
        await panel.until_statuses(**WAITING)
        run = client.send(f"{NOTEBOOK['one']}\nwhile True: pass", "one")
        await panel.until_statuses(two="ready", three="ready")
        await jp_serverapp.kernel_manager.get_kernel(kernel_id).interrupt_kernel()
        await panel.until(is_idle)
        assert (await client.end_of(run)).reply["content"]["status"] == "error"
        await panel.until_statuses(two="ready", three="ready")


async def test_a_kernel_that_cannot_answer_while_it_works(
    start_kernel: Any, client_of: Any, open_panel: Any
) -> None:
    kernel_id = await start_kernel()
    client = await client_of(kernel_id)
    async with open_panel(kernel_id) as panel:
        await begin(client, panel)
        await panel.until(is_idle)
        # One operation that takes seconds and lets no other thread run, once that it began is said.
        stuck = "import time; time.sleep(0.2); 3 ** 1_500_000 % (2 ** 200_000 - 1) and None"
        run = client.send(stuck, "long")
        await panel.until(lambda it: it.kernel["state"] == "busy")
        await panel.show({**NOTEBOOK, "four": "nobody"})
        await panel.until_statuses(**LIVE, four="blocked")
        # What was known is shown, and since when, which the panel tells.
        assert panel.kernel["state"] == "busy"
        assert panel.kernel["as_of"] is not None
        await client.end_of(run)
        await panel.until(is_idle)
