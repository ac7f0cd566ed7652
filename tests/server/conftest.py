"""A real Jupyter server with the extension, a real kernel, and the panel's end of the socket."""

from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from jupyter_client.asynchronous import AsyncKernelClient
from tornado.websocket import WebSocketClientConnection

from tests.kernel.conftest import RunningKernel

PATIENCE = 120
"""Seconds until a wait fails the test."""

API = ("jupyter-namespace-viz", "api")


class Panel:
    """What a panel does: sends what the notebook says, and keeps the latest of every report."""

    def __init__(self, socket: WebSocketClientConnection, kernel_id: str | None) -> None:
        self._socket = socket
        self._kernel_id = kernel_id
        self.revision = 0
        self.hello: dict[str, Any] = {}
        self.cells: dict[str, dict[str, Any]] = {}
        self.report: dict[str, Any] = {}
        self.edges: list[dict[str, Any]] = []
        self.imports: list[dict[str, Any]] = []
        self.in_full = False
        self.in_flight: list[str] = []
        self.ended_at: str | None = None
        self.client: str | None = None
        self.path: str | None = None
        self.not_code: list[str] | None = None
        self.counts: dict[str, int | None] = {}
        self.details: dict[str, Any] | None = None
        self.names: dict[str, dict[str, Any]] = {}
        self.foreseen: list[dict[str, Any]] = []
        self.problems: list[dict[str, Any]] | None = None
        self.restart_problems: list[dict[str, Any]] | None = None

    async def send(self, message: dict[str, Any] | str) -> None:
        """Send anything at all."""
        await self._socket.write_message(
            message if isinstance(message, str) else json.dumps(message)
        )

    def close(self) -> None:
        """Close the socket; safe to call twice."""
        self._socket.close()

    async def show(self, sources: dict[str, str], order: list[str] | None = None) -> None:
        """Send the texts of these cells, which are the whole notebook unless `order` is given."""
        await self._update(order or list(sources), sources)

    async def _update(self, order: list[str] | None, sources: dict[str, str]) -> None:
        self.revision += 1
        await self.send(
            {
                "kind": "update",
                "revision": self.revision,
                "kernel_id": self._kernel_id,
                "order": order,
                "changed": [{"id": cell_id, "source": it} for cell_id, it in sources.items()],
                "in_full": self.in_full,
                "in_flight": self.in_flight,
                "ended_at": self.ended_at,
                "client": self.client,
                "path": self.path,
                "not_code": self.not_code,
                "counts": self.counts,
            }
        )

    async def next(self, kind: str | None = None) -> dict[str, Any]:
        """The next message of the server, or the next of that kind: reports may come in between."""
        text = await asyncio.wait_for(self._socket.read_message(), PATIENCE)
        assert text is not None, "the server closed the socket"
        message: dict[str, Any] = json.loads(text)
        if message["kind"] == "report":
            self.report = message
            self.cells.update((cell["id"], cell) for cell in message["cells"])
            self.edges = self.edges if message["edges"] is None else message["edges"]
            self.imports = self.imports if message["imports"] is None else message["imports"]
        if message["kind"] == "problems":
            now, after = message["now"], message["after_restart"]
            self.problems = self.problems if now is None else now
            self.restart_problems = self.restart_problems if after is None else after
        if message["kind"] == "details":
            self.details = message
            self.foreseen = self.foreseen if message["foreseen"] is None else message["foreseen"]
            names = message["names"] or {"changed": [], "removed": []}
            self.names.update((name["name"], name) for name in names["changed"])
            for name in names["removed"]:
                del self.names[name]
        return message if kind in (None, message["kind"]) else await self.next(kind)

    async def until(self, holds: Callable[[Panel], bool]) -> None:
        """Read on until what is known satisfies the condition."""
        while not (self.report and holds(self)):
            await self.next()

    def choose(self, kernel_id: str | None) -> None:
        """From the next update on the notebook has this kernel."""
        self._kernel_id = kernel_id

    async def change_kernel(self, kernel_id: str) -> None:
        """Send that the notebook has this kernel, and that its cells are the same as before."""
        self.choose(kernel_id)
        await self._update(None, {})

    @property
    def kernel(self) -> dict[str, Any]:
        """The kernel, as the last report describes it."""
        kernel: dict[str, Any] = self.report["kernel"]
        return kernel

    async def until_statuses(self, **statuses: str) -> None:
        """Read on until these cells have these statuses, the revision is the last one, and a kernel
        that was only just started has answered."""

        def all_so(panel: Panel) -> bool:
            seen = {cell_id: cell["status"] for cell_id, cell in panel.cells.items()}
            begins = panel.kernel["state"] == "starting" and panel.kernel["generation"] == 1
            current = panel.report["revision"] == panel.revision and not begins
            return current and all(seen.get(name) == it for name, it in statuses.items())

        await self.until(all_so)


@pytest.fixture
def jp_server_config() -> dict[str, Any]:
    return {
        "ServerApp": {"jpserver_extensions": {"jupyter_namespace_viz": True}},
        "NamespaceVizApp": {"max_cells": 50, "max_message_bytes": 2_000_000},
    }


@pytest.fixture
def links(jp_serverapp: Any) -> Any:
    """The extension's links to kernels."""
    extension = jp_serverapp.extension_manager.extension_apps["jupyter_namespace_viz"]
    return next(iter(extension)).links


@pytest.fixture
def start_kernel(jp_serverapp: Any) -> Callable[[], Awaitable[str]]:
    """Starts a kernel and returns its id; the server ends it with itself."""

    async def start() -> str:
        kernel_id: str = await jp_serverapp.kernel_manager.start_kernel()
        return kernel_id

    return start


@pytest.fixture
def run_cell(jp_serverapp: Any) -> Callable[..., Awaitable[str]]:
    """Runs a cell as JupyterLab does, its id in the metadata; returns how that ended."""

    async def run(kernel_id: str, source: str, cell_id: str | None = None) -> str:
        client: AsyncKernelClient = jp_serverapp.kernel_manager.get_kernel(kernel_id).client()
        client.session.session = uuid.uuid4().hex
        client.start_channels()
        try:
            await client.wait_for_ready(timeout=PATIENCE)
            message = client.session.msg(
                "execute_request", {"code": source, "silent": False, "store_history": True}
            )
            message["metadata"] = {} if cell_id is None else {"cellId": cell_id}
            client.shell_channel.send(message)
            while True:
                reply = await client.get_shell_msg(timeout=PATIENCE)
                if reply["parent_header"].get("msg_id") == message["header"]["msg_id"]:
                    return str(reply["content"]["status"])
        finally:
            client.stop_channels()
            client.context.destroy(linger=0)

    return run


@pytest.fixture
def client_of(jp_serverapp: Any) -> Iterator[Callable[[str], Awaitable[RunningKernel]]]:
    """A client of a kernel, as a tab or a console is; it can run cells without waiting for them."""
    clients: list[RunningKernel] = []

    async def connect(kernel_id: str) -> RunningKernel:
        client = RunningKernel(jp_serverapp.kernel_manager, kernel_id)
        clients.append(client)
        await client.connect()
        return client

    yield connect
    for client in clients:
        client.disconnect()


@pytest.fixture
def open_panel(jp_ws_fetch: Any) -> Callable[..., Any]:
    """Opens a panel's socket for a notebook with this kernel; the hello has been read."""

    @asynccontextmanager
    async def open_it(kernel_id: str | None) -> AsyncIterator[Panel]:
        socket = await jp_ws_fetch(*API, "notebooks", "ws")
        panel = Panel(socket, kernel_id)
        panel.hello = await panel.next()
        assert panel.hello["kind"] == "hello"
        yield panel
        panel.close()

    return open_it
