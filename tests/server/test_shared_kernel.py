"""Is the report right for each of those who share one kernel, and when a connection is lost?"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from tornado.httpclient import HTTPRequest
from tornado.ioloop import IOLoop
from tornado.websocket import websocket_connect

from jupyter_namespace_viz.server.notebook_socket import PING_INTERVAL
from tests.server.conftest import API, Panel

NOTEBOOK = {"one": "import colorsys as cs", "two": "print(cs.__name__)"}
OTHER = {"first": "import wave", "second": "wave.open, cs"}


async def test_two_notebooks_and_a_console_on_one_kernel(
    start_kernel: Any, client_of: Any, open_panel: Any
) -> None:
    kernel_id = await start_kernel()
    clients = [await client_of(kernel_id) for _ in range(3)]
    notebook, other, console = clients
    async with open_panel(kernel_id) as panel, open_panel(kernel_id) as other_panel:
        await panel.show(NOTEBOOK)
        await other_panel.show(OTHER)
        await panel.until_statuses(two="blocked")
        await other_panel.until_statuses(second="blocked")
        await notebook.run(NOTEBOOK["one"], "one")
        await other_panel.until(lambda it: len(it.cells["second"]["needs"]) == 2)
        await other_panel.until(
            lambda it: (
                [need["status"] for need in it.cells["second"]["needs"]].count("missing") == 1
            )
        )
        await panel.until_statuses(one="fresh", two="ready")
        await other.run(OTHER["first"], "first")
        await other_panel.until(lambda it: it.cells["second"]["status"] != "blocked")
        await console.run("del cs", "console cell")
        for watching in (panel, other_panel):
            await watching.until(
                lambda it: it.cells["two" if it is panel else "second"]["status"] == "blocked"
            )


async def test_two_tabs_on_one_notebook(
    start_kernel: Any, client_of: Any, open_panel: Any, jp_serverapp: Any
) -> None:
    kernel_id = await start_kernel()
    client = await client_of(kernel_id)
    async with open_panel(kernel_id) as panel, open_panel(kernel_id) as tab:
        for it in (panel, tab):
            await it.show(NOTEBOOK)
            await it.until_statuses(two="blocked")
        await client.run(NOTEBOOK["one"], "one")
        for it in (panel, tab):
            await it.until_statuses(one="fresh", two="ready")
        # One of them is edited and not saved: each tab is told of what it shows.
        await tab.show({"two": "math.pi"}, order=list(NOTEBOOK))
        await tab.until_statuses(two="blocked")
        restart = asyncio.ensure_future(jp_serverapp.kernel_manager.restart_kernel(kernel_id))
        for it in (panel, tab):
            await it.until_statuses(one="ready", two="blocked")
        await restart
        tab.close()
        await panel.until(lambda it: it.kernel["state"] == "idle")
        await client.connect()
        await client.run(NOTEBOOK["one"], "one")
        await panel.until_statuses(one="fresh", two="ready")


async def test_a_flood_of_runs(start_kernel: Any, client_of: Any, open_panel: Any) -> None:
    kernel_id = await start_kernel()
    client = await client_of(kernel_id)
    async with open_panel(kernel_id) as panel:
        sources = {f"cell-{i}": f"x_{i} = {i}\nx_{i - 1}" for i in range(50)}
        sources["cell-0"] = "x_0 = 0"
        await panel.show(sources)
        await panel.until_statuses(**{"cell-0": "ready", "cell-49": "blocked"})
        runs = [client.send(it, cell) for _ in range(20) for cell, it in sources.items()]
        # A browser reads reports as they come.
        told = asyncio.create_task(
            panel.until(
                lambda it: (
                    it.kernel["state"] == "idle" and it.cells["cell-49"]["execution_count"] == 1000
                )
            )
        )
        for run in runs:
            await client.end_of(run)
        await told
        counts = [panel.cells[cell]["execution_count"] for cell in sources]
        assert counts == list(range(951, 1001))
        assert {cell["status"] for cell in panel.cells.values()} == {"fresh"}


class Wire:
    """A wire between the panel and the server, which can be cut: nothing comes through any more,
    and neither side is told.
    """

    def __init__(self, port: int) -> None:
        self._server_port = port
        self._pumps: list[asyncio.Task[None]] = []
        self._writers: list[asyncio.StreamWriter] = []
        self._is_whole = asyncio.Event()
        self._is_whole.set()
        self.port = 0

    async def open(self) -> None:
        self._server = await asyncio.start_server(self._connect, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    def cut(self) -> None:
        self._is_whole.clear()

    async def close(self) -> None:
        for pump in self._pumps:
            pump.cancel()
        await asyncio.gather(*self._pumps, return_exceptions=True)
        for writer in self._writers:
            writer.close()
        self._server.close()

    async def _connect(self, reader: Any, writer: Any) -> None:
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._server_port)
        self._writers += [writer, far_writer]
        for source, target in ((reader, far_writer), (far_reader, writer)):
            self._pumps.append(asyncio.ensure_future(self._pump(source, target)))

    async def _pump(self, source: Any, target: Any) -> None:
        while data := await source.read(65536):
            await self._is_whole.wait()
            target.write(data)
        if self._is_whole.is_set():
            target.close()


@asynccontextmanager
async def panel_behind(
    wire: Wire, server: Any, headers: dict[str, str], kernel_id: str
) -> AsyncIterator[Panel]:
    path = "/".join((server.base_url.strip("/"), *API, "notebooks", "ws"))
    request = HTTPRequest(f"ws://127.0.0.1:{wire.port}/{path}", headers=headers)
    panel = Panel(await websocket_connect(request), kernel_id)
    assert (await panel.next())["kind"] == "hello"
    yield panel
    panel.close()


class Clock:
    """The clock of the event loop and of its timers, which can be put forward."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._ahead = 0.0
        for owner in (asyncio.get_running_loop(), IOLoop.current()):
            monkeypatch.setattr(owner, "time", self._put_forward(owner.time))

    def _put_forward(self, time: Callable[[], float]) -> Callable[[], float]:
        return lambda: time() + self._ahead

    def put_forward(self, seconds: float) -> None:
        self._ahead += seconds


async def test_a_browser_that_sleeps_or_whose_network_is_cut(
    start_kernel: Any,
    client_of: Any,
    open_panel: Any,
    jp_serverapp: Any,
    jp_auth_header: Any,
    jp_http_port: int,
    links: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = Clock(monkeypatch)
    kernel_id = await start_kernel()
    client = await client_of(kernel_id)
    wire = Wire(jp_http_port)
    await wire.open()
    try:
        async with (
            open_panel(kernel_id) as other,
            panel_behind(wire, jp_serverapp, jp_auth_header, kernel_id) as panel,
        ):
            await other.show(NOTEBOOK)
            await panel.show(NOTEBOOK)
            await panel.until_statuses(two="blocked")
            watchers = links.link_to(kernel_id)._watched._watchers
            assert len(watchers) == 2
            wire.cut()
            await client.run(NOTEBOOK["one"], "one")
            await other.until_statuses(one="fresh", two="ready")
            while len(watchers) > 1:  # the server lets go of who does not answer
                clock.put_forward(PING_INTERVAL / 1000)
                # A socket keeps the order: who has the answer to an update has got the ping, and
                # the server has its pong before the update that follows.
                for _ in range(2):
                    await other.show(NOTEBOOK)
                    await other.until_statuses(one="fresh", two="ready")
        await client.run("del cs", "console")
        await client.run("import colorsys as cs", "one")
        async with open_panel(kernel_id) as back:
            await back.show(NOTEBOOK)
            await back.until_statuses(one="fresh", two="ready")
    finally:
        await wire.close()
