"""What do many kernels and many panels cost the server?

Starts a real Jupyter server with real kernels. A notebook's frontend is connected to each, some of
them run cells. That is measured without panels first, then with several on each kernel, and at last
when nobody watches any more:

- the memory of the server's process, and its processor time while everything is idle;
- how late its event loop comes back to somebody who asked for it (median, 99th percentile).

    python benchmarks/many_kernels.py --kernels 50 --sockets 200 --cells 50
"""

# ruff: noqa: T201 - a script that prints

from __future__ import annotations

import argparse
import asyncio
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
from jupyter_server.base.handlers import APIHandler
from jupyter_server.utils import url_path_join
from tornado import web
from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

TOKEN = "benchmark"
STEP = 0.01
"""Seconds between two looks at the event loop."""

DISCONNECT_AFTER = 3.0
"""Seconds; less than by default, so that the benchmark need not wait for so long."""

AT_ONCE = 4
"""Kernels that start together."""


# --- in the server: this file is an extension of it as well


class LoadHandler(APIHandler):
    """`GET benchmark/load?seconds=…&look=…`: memory, processor time and lateness meanwhile."""

    @web.authenticated
    async def get(self) -> None:
        """Answers when the seconds are over; without `look`, nothing runs for it meanwhile."""
        loop, process = asyncio.get_running_loop(), psutil.Process()
        before, began = process.cpu_times(), loop.time()
        end = began + float(self.get_argument("seconds"))
        late: list[float] = []
        if self.get_argument("look", ""):
            while loop.time() < end:
                due = loop.time() + STEP
                await asyncio.sleep(STEP)
                late.append(max(0.0, loop.time() - due))
        else:
            await asyncio.sleep(end - loop.time())
        after = process.cpu_times()
        used = after.user + after.system - before.user - before.system
        self.finish(
            {
                "memory": process.memory_info().rss,
                "processor": used / (loop.time() - began),
                "late": late,
            }
        )


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "many_kernels"}]


def _load_jupyter_server_extension(app: Any) -> None:
    path = url_path_join(app.base_url, "benchmark/load")
    app.web_app.add_handlers(".*", [(path, LoadHandler)])


# --- outside


@dataclass
class Server:
    """The server, and all that is connected to it."""

    port: int
    process: subprocess.Popen[bytes]
    cells: list[str]
    frontends: dict[str, WebSocketClientConnection] = field(default_factory=dict)
    panels: list[WebSocketClientConnection] = field(default_factory=list)
    listening: list[asyncio.Task[None]] = field(default_factory=list)
    reports: int = 0
    takes_precedence: bool = False

    def request(self, path: str, scheme: str = "http", **options: Any) -> HTTPRequest:
        """A request to the server."""
        url = f"{scheme}://127.0.0.1:{self.port}/{path}"
        headers = {"Authorization": f"token {TOKEN}"}
        return HTTPRequest(url, headers=headers, request_timeout=600, **options)

    async def ask(self, path: str, **options: Any) -> Any:
        """What the server answers."""
        response = await AsyncHTTPClient().fetch(self.request(path, **options))
        return json.loads(response.body)

    async def until_up(self) -> None:
        """Waits until it answers."""
        while True:
            try:
                await self.ask("api")
                return
            except OSError:
                assert self.process.poll() is None, "the server ended"
                await asyncio.sleep(0.1)

    async def start_kernel(self) -> None:
        """Starts a kernel and connects a frontend to it."""
        kernel = await self.ask("api/kernels", method="POST", body="{}")
        path = f"api/kernels/{kernel['id']}/channels?session_id={uuid.uuid4().hex}"
        frontend = await websocket_connect(self.request(path, "ws"))
        self.frontends[kernel["id"]] = frontend
        await self.run(kernel["id"], 0)

    async def run(self, kernel_id: str, cell: int) -> None:
        """Runs a cell as JupyterLab does, and waits until the kernel is idle again."""
        frontend, run = self.frontends[kernel_id], uuid.uuid4().hex
        header = {
            "msg_id": run,
            "msg_type": "execute_request",
            "session": run,
            "username": "",
            "version": "5.3",
            "date": "2026-01-01T00:00:00Z",
        }
        message = {
            "channel": "shell",
            "header": header,
            "parent_header": {},
            "metadata": {"cellId": str(cell)},
            "content": {"code": self.cells[cell], "silent": False, "store_history": True},
        }
        await frontend.write_message(json.dumps(message))
        while True:
            text = await frontend.read_message()
            assert text is not None
            if run in text and '"execution_state": "idle"' in text:
                return

    async def open_panel(self, kernel_id: str) -> None:
        """Opens a notebook on this kernel, and reads its first report."""
        panel = await websocket_connect(
            self.request("jupyter-namespace-viz/api/notebooks/ws", "ws")
        )
        self.panels.append(panel)
        update = {
            "kind": "update",
            "revision": 1,
            "kernel_id": kernel_id,
            "order": [str(place) for place in range(len(self.cells))],
            "changed": [{"id": str(place), "source": it} for place, it in enumerate(self.cells)],
        }
        await panel.write_message(json.dumps(update))
        while True:
            text = await panel.read_message()
            assert text is not None
            if '"kind":"report"' in text and '"state":"idle"' in text:
                break
        self.listening.append(asyncio.create_task(self._listen(panel)))

    async def _listen(self, panel: WebSocketClientConnection) -> None:
        while await panel.read_message() is not None:
            self.reports += 1

    async def run_now_and_then(self, kernel_ids: list[str], pause: float) -> None:
        """Each of these kernels runs one cell after the other."""

        async def run_on(kernel_id: str) -> None:
            cell = 1
            while True:
                await self.run(kernel_id, cell)
                cell = cell % (len(self.cells) - 1) + 1
                await asyncio.sleep(pause)

        await asyncio.gather(*map(run_on, kernel_ids))

    def take_precedence(self) -> None:
        """Nobody else on the machine keeps the server waiting from now on; for Linux and root."""
        for thread in psutil.Process(self.process.pid).threads():
            os.sched_setscheduler(thread.id, os.SCHED_FIFO, os.sched_param(10))

    async def measure(self, what: str, seconds: float, running: int) -> None:
        """Prints one line: idle first, then with some kernels that run cells."""
        if self.takes_precedence:
            self.take_precedence()
        idle = await self.ask(f"benchmark/load?seconds={seconds}")
        still = await self.ask(f"benchmark/load?seconds={seconds}&look=1")
        kernel_ids = list(self.frontends)[:running]
        runs = asyncio.create_task(self.run_now_and_then(kernel_ids, 0.5))
        told = self.reports
        busy = await self.ask(f"benchmark/load?seconds={seconds}&look=1")
        told = self.reports - told
        runs.cancel()
        await asyncio.gather(runs, return_exceptions=True)
        print(
            f"{what:<28}{busy['memory'] / 2**20:8.0f} MiB"
            f"{100 * idle['processor']:8.2f} %{_delays(still['late']):>16}"
            f"{100 * busy['processor']:8.1f} %{_delays(busy['late']):>16}{told / seconds:8.0f}"
        )


def _delays(late: list[float]) -> str:
    cuts = statistics.quantiles(late, n=100)
    return f"{1000 * statistics.median(late):.2f} / {1000 * cuts[98]:.1f} ms"


def _start_server(home: Path, cells: list[str]) -> Server:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        *(sys.executable, "-m", "jupyter", "server", "--no-browser", "--allow-root"),
        *(f"--ServerApp.port={port}", f"--IdentityProvider.token={TOKEN}"),
        *(f"--ServerApp.root_dir={home}", "--log-level=ERROR"),
        "--ServerApp.jpserver_extensions=jupyter_namespace_viz=True",
        "--ServerApp.jpserver_extensions=many_kernels=True",
        f"--NamespaceVizApp.disconnect_after={DISCONNECT_AFTER}",
    ]
    here, path = str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")
    env = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(filter(None, (here, path))),
        "PYTHONWARNINGS": "ignore",
        "IPYTHONDIR": str(home),
        "JUPYTER_CONFIG_DIR": str(home),
        "JUPYTER_RUNTIME_DIR": str(home),
    }
    return Server(port, subprocess.Popen(command, env=env, cwd=home), cells)


async def main() -> None:
    """Starts everything, measures, and ends everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kernels", type=int, default=50)
    parser.add_argument("--sockets", type=int, default=200)
    parser.add_argument("--cells", type=int, default=50)
    parser.add_argument("--running", type=int, default=10, help="kernels that run cells")
    parser.add_argument("--seconds", type=float, default=20, help="of each measurement")
    parser.add_argument("--precedence", action="store_true", help="on a machine that others use")
    options = parser.parse_args()
    chain = [f"x{n} = x{n - 1} + math.pi" for n in range(1, options.cells)]
    cells = ["import math\nx0 = 1", *chain]

    with tempfile.TemporaryDirectory() as home:
        server = _start_server(Path(home), cells)
        try:
            await server.until_up()
            print(
                f"{'':<28}{'memory':>12}{'idle':>10}{'late':>16}"
                f"{f'{options.running} run':>10}{'late':>16}{'reports/s':>10}"
            )
            await server.measure("no kernel", options.seconds, 0)
            for first in range(0, options.kernels, AT_ONCE):
                count = min(AT_ONCE, options.kernels - first)
                await asyncio.gather(*(server.start_kernel() for _ in range(count)))
            server.takes_precedence = options.precedence
            await server.measure(f"{options.kernels} kernels", options.seconds, options.running)
            kernel_ids = list(server.frontends)
            for place in range(options.sockets):
                await server.open_panel(kernel_ids[place % len(kernel_ids)])
            await server.measure(f"and {options.sockets} panels", options.seconds, options.running)
            for panel in server.panels:
                panel.close()
            await asyncio.gather(*server.listening)
            await server.ask(f"benchmark/load?seconds={DISCONNECT_AFTER + 1}")
            await server.measure("and none again", options.seconds, options.running)
            for frontend in server.frontends.values():
                frontend.close()
        finally:
            server.process.terminate()
            server.process.wait()


if __name__ == "__main__":
    asyncio.run(main())
