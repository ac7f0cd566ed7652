"""How long after the end of a run does the report reach the panel's socket?

A real server in a separate process, a real kernel that holds many names, and a socket for a
notebook of many cells. Each run is of a cell whose name the cells below it read. It measures the
time from the kernel's time stamp on its `idle` message to the arrival of the report that includes
the run, and of the first report after it in which the kernel is idle.

    python benchmarks/report_latency.py --names 1000 --cells 100
"""

# ruff: noqa: T201 - a script that prints

from __future__ import annotations

import argparse
import asyncio
import json
import random
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from jupyter_client.asynchronous import AsyncKernelClient
from tornado.httpclient import HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

sys.path.insert(0, str(Path(__file__).parents[1]))
from tests.running_server import RunningServer, running_server

HELD_NAMES = "globals().update((f'held_{{i}}', [i, 'text', i / 3][i % 3]) for i in range({0}))"


def sources(cells: int) -> dict[str, str]:
    """A notebook by cell id: an import, then cells that each read names of the cell above."""
    texts = {"c0": "import math as m\nn0 = 1"}
    for number in range(1, cells):
        above = f"n{number - 1}"
        texts[f"c{number}"] = (
            f"def f{number}(x):\n    return m.floor(x) + {above}\n"
            f"n{number} = f{number}({above}) % 7\nprint(n{number})"
        )
    return texts


@dataclass
class Latencies:
    """Seconds from the end of each run to its reports, in the order of the runs."""

    reported: list[float]
    idle: list[float]


class Panel:
    """A panel's view of the notebook."""

    def __init__(self, socket: WebSocketClientConnection, kernel_id: str) -> None:
        self._socket = socket
        self._kernel_id = kernel_id
        self.counts: dict[str, int | None] = {}
        self.state = ""

    async def show(self, texts: dict[str, str]) -> None:
        """Sends the cells of the notebook."""
        update = {
            "kind": "update",
            "revision": 1,
            "kernel_id": self._kernel_id,
            "order": list(texts),
            "changed": [{"id": cell_id, "source": text} for cell_id, text in texts.items()],
        }
        await self._socket.write_message(json.dumps(update))

    async def next_report(self) -> float:
        """Reads the next report; returns the time of its arrival."""
        text = await self._socket.read_message()
        arrived = time.time()
        message = json.loads(text or "{}")
        if message.get("kind") == "report":
            self.counts.update((cell["id"], cell["execution_count"]) for cell in message["cells"])
            self.state = message["kernel"]["state"]
        return arrived


async def run(client: AsyncKernelClient, source: str, cell_id: str) -> tuple[int, float]:
    """Runs a cell as JupyterLab does; returns its count and when the kernel was idle again."""
    request = client.session.msg("execute_request", {"code": source, "silent": False})
    request["metadata"] = {"cellId": cell_id}
    client.shell_channel.send(request)
    count = 0
    while True:
        message = await client.get_iopub_msg(timeout=60)
        if message["parent_header"].get("msg_id") != request["header"]["msg_id"]:
            continue
        content = message["content"]
        count = content.get("execution_count", count)
        if content.get("execution_state") == "idle":
            return count, message["header"]["date"].timestamp()


async def latencies(server: RunningServer, names: int, cells: int, runs: int) -> Latencies:
    """Runs the whole notebook, then `runs` of its cells, and measures the reports on these."""
    kernel_id = server.open("latency.ipynb")
    client = AsyncKernelClient(connection_file=str(server.runtime / f"kernel-{kernel_id}.json"))
    client.load_connection_file()
    client.start_channels(hb=False)
    await client.wait_for_ready()
    url = "ws" + server.url.removeprefix("http") + "jupyter-namespace-viz/api/notebooks/ws"
    headers = {"Authorization": f"token {server.token}"}
    panel = Panel(await websocket_connect(HTTPRequest(url, headers=headers)), kernel_id)
    texts = sources(cells)
    await panel.show(texts)
    await run(client, HELD_NAMES.format(names), "elsewhere")
    for cell_id, text in texts.items():
        count, _ = await run(client, text, cell_id)
    while panel.counts.get(cell_id) != count or panel.state != "idle":
        await panel.next_report()

    taken = Latencies([], [])
    choice = random.Random(1)
    for _ in range(runs):
        cell_id = choice.choice(list(texts))
        running = asyncio.ensure_future(run(client, texts[cell_id], cell_id))
        before = panel.counts[cell_id]
        while panel.counts[cell_id] == before:
            reported = await panel.next_report()
        idle = reported
        while panel.state != "idle":
            idle = await panel.next_report()
        _, ended = await running
        taken.reported.append(reported - ended)
        taken.idle.append(idle - ended)
    client.stop_channels()
    return taken


def main() -> None:
    """Reads the arguments and measures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--names", type=int, default=1_000, help="names that the kernel holds")
    parser.add_argument("--cells", type=int, default=100, help="code cells of the notebook")
    parser.add_argument("--runs", type=int, default=100, help="runs that are measured")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as home, running_server(Path(home)) as server:
        taken = asyncio.run(latencies(server, arguments.names, arguments.cells, arguments.runs))
    print(f"{arguments.names} names, {arguments.cells} cells, {arguments.runs} runs (ms)")
    print(f"{'':24} {'median':>8} {'p95':>8}")
    for what, seconds in (
        ("the run is reported", taken.reported),
        ("the kernel is reported idle", taken.idle),
    ):
        milliseconds = [it * 1e3 for it in seconds]
        high = statistics.quantiles(milliseconds, n=20)[-1]
        print(f"{what:24} {statistics.median(milliseconds):>8.1f} {high:>8.1f}")


if __name__ == "__main__":
    main()
