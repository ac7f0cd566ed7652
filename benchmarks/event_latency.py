"""How long after an event in a kernel's life does the report reach the panel's socket?

A real server in a separate process, a real kernel, and a socket for a notebook. Each event is timed
from its cause (a run: from its end) until the report that shows it: runs in a namespace of many
names, a name that a long cell binds, an interrupt, a restart and its end, a kill, a shutdown.

    python benchmarks/event_latency.py --names 100000 --rounds 5
"""

# ruff: noqa: T201 - a script that prints

from __future__ import annotations

import argparse
import asyncio
import json
import os
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
from tornado.httpclient import HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

sys.path.insert(0, str(Path(__file__).parents[1]))
from tests.running_server import RunningServer, running_server

MANY = "globals().update((f'held_{{i}}', i) for i in range({0}))"
CELLS = {"define": "x = 1", "use": "print(x)", "other": "print(y)"}
PATIENCE = 120.0
"""Seconds until a wait for a report fails."""

Times = dict[str, list[float]]


class Panel:
    """What a panel sees of the notebook and its kernel."""

    def __init__(self, socket: WebSocketClientConnection, kernel_id: str) -> None:
        self._socket = socket
        self._kernel_id = kernel_id
        self.kernel: dict[str, Any] = {}
        self.statuses: dict[str, str] = {}

    async def show(self) -> None:
        """Sends the cells of the notebook."""
        changed = [{"id": cell_id, "source": text} for cell_id, text in CELLS.items()]
        update = {
            "kind": "update",
            "revision": 1,
            "kernel_id": self._kernel_id,
            "order": list(CELLS),
            "changed": changed,
        }
        await self._socket.write_message(json.dumps(update))

    async def until(self, condition: Callable[[Panel], bool]) -> None:
        """Reads reports until one meets the condition."""
        while not condition(self):
            text = await asyncio.wait_for(self._socket.read_message(), PATIENCE)
            assert text is not None, "the socket was closed"
            message = json.loads(text)
            if message.get("kind") == "report":
                self.kernel = message["kernel"]
                self.statuses.update((cell["id"], cell["status"]) for cell in message["cells"])

    def close(self) -> None:
        """Closes the socket."""
        self._socket.close()


async def open_panel(server: RunningServer, kernel_id: str) -> Panel:
    """A panel that shows the notebook, and whose kernel is idle."""
    url = "ws" + server.url.removeprefix("http") + "jupyter-namespace-viz/api/notebooks/ws"
    headers = {"Authorization": f"token {server.token}"}
    panel = Panel(await websocket_connect(HTTPRequest(url, headers=headers)), kernel_id)
    await panel.show()
    await panel.until(is_idle)
    return panel


def is_idle(panel: Panel) -> bool:
    """Whether no cell runs, and the report knows what the kernel holds."""
    return panel.kernel.get("state") == "idle"


def generation_is(number: int) -> Callable[[Panel], bool]:
    """A condition: whether the report is on this generation of the process."""
    return lambda panel: panel.kernel["generation"] == number


def is_blocked(cell_id: str) -> Callable[[Panel], bool]:
    """A condition: whether the kernel lacks names that the cell needs."""
    return lambda panel: panel.statuses[cell_id] == "blocked"


def has_names(cell_id: str) -> Callable[[Panel], bool]:
    """A condition: whether the kernel holds the names that the cell needs."""
    return lambda panel: panel.statuses[cell_id] != "blocked"


def pid_of(server: RunningServer, kernel_id: str) -> int:
    """The id of the kernel's process, which is a child of the server's."""
    children = psutil.Process(server.process.pid).children(recursive=True)
    return next(it.pid for it in children if any(kernel_id in word for word in it.cmdline()))


async def one_round(server: RunningServer, names: int, times: Times) -> None:
    """Causes and times all events once, with a new kernel."""
    kernel_id = await asyncio.to_thread(server.open, f"{len(times)}.ipynb")
    panel = await open_panel(server, kernel_id)

    async def timed(what: str, condition: Callable[[Panel], bool], began: float) -> None:
        await panel.until(condition)
        times.setdefault(what, []).append(time.monotonic() - began)

    async def ran(what: str, source: str, condition: Callable[[Panel], bool]) -> None:
        reading = asyncio.create_task(panel.until(condition))
        await asyncio.to_thread(server.run, kernel_id, source, "define")
        ended = time.monotonic()
        await reading
        times.setdefault(what, []).append(max(0.0, time.monotonic() - ended))

    async def asked(what: str, path: str, method: str, condition: Callable[[Panel], bool]) -> None:
        began = time.monotonic()
        request = asyncio.create_task(asyncio.to_thread(server.ask, path, method, {}))
        await timed(what, condition, began)
        await request

    api = f"api/kernels/{kernel_id}"
    await asyncio.to_thread(server.run, kernel_id, MANY.format(names))
    await ran(f"a name added to {names:,}", "x = 1", has_names("use"))
    await ran(f"a name deleted among {names:,}", "del x", is_blocked("use"))
    await ran("a name added again", "x = 1", has_names("use"))
    await ran(f"%reset -f of {names:,}", "%reset -f", is_blocked("use"))
    long = "y = 1\nimport time\nwhile True: time.sleep(0.01)"
    running = asyncio.create_task(asyncio.to_thread(server.run, kernel_id, long, "define"))
    await panel.until(lambda it: it.kernel["state"] == "busy")
    await timed("a name that a long cell binds", has_names("other"), time.monotonic())
    await asked("an interrupt", f"{api}/interrupt", "POST", is_idle)
    await running
    await asked("a restart", f"{api}/restart", "POST", generation_is(2))
    await timed("the end of a restart", is_idle, time.monotonic())
    began = time.monotonic()
    os.kill(pid_of(server, kernel_id), signal.SIGKILL)
    await timed("a kill", generation_is(3), began)
    await panel.until(is_idle)
    await asked("a shutdown", api, "DELETE", lambda it: it.kernel["state"] == "dead")
    panel.close()


async def measure(server: RunningServer, names: int, rounds: int) -> Times:
    """Seconds, by event."""
    times: Times = {}
    for _ in range(rounds):
        await one_round(server, names, times)
    return times


def main() -> None:
    """Reads the arguments and measures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--names", type=int, default=100_000, help="names that the kernel holds")
    parser.add_argument("--rounds", type=int, default=5, help="how often each event is caused")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as home, running_server(Path(home)) as server:
        times = asyncio.run(measure(server, arguments.names, arguments.rounds))
    print(f"{'from the event to the report (ms)':36} {'median':>8} {'longest':>8}")
    for what, seconds in times.items():
        print(f"{what:36} {1e3 * statistics.median(seconds):>8.1f} {1e3 * max(seconds):>8.1f}")


if __name__ == "__main__":
    main()
