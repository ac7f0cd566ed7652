"""One gateway, one Jupyter server attached to it, and notebooks that run their cells through it."""

from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from tests.gateway.machines import GATEWAY_PYTHON, PATIENCE, Cable, Gateway, Server
from tests.server.conftest import Panel

# What the examples need of TensorFlow; in the browser tests they have the real one.
TENSORFLOW = "__version__ = '2.0'\n\ndef constant(value):\n    return value\n"


@dataclass
class Site:
    """Everything that the tests of a module share."""

    gateway: Gateway
    cable: Cable
    server: Server

    def request_to(self, path: str, **options: Any) -> HTTPRequest:
        """A request of the Jupyter server's user."""
        scheme = options.pop("scheme", "http")
        url = f"{scheme}://127.0.0.1:{self.server.port}{self.server.base_url}{path}"
        headers = {"Authorization": f"token {self.server.token}"}
        return HTTPRequest(url, headers=headers, request_timeout=PATIENCE, **options)

    async def ask(self, method: str, path: str, body: Any = None) -> Any:
        """What the Jupyter server answers."""
        text = None if method in {"GET", "DELETE"} else json.dumps(body or {})
        request = self.request_to(path, method=method, body=text)
        response = await AsyncHTTPClient().fetch(request)
        return json.loads(response.body) if response.body else None

    async def socket_to(self, path: str) -> WebSocketClientConnection:
        """A socket of the Jupyter server."""
        return await websocket_connect(self.request_to(path, scheme="ws"))

    @asynccontextmanager
    async def notebook(self) -> AsyncIterator[Notebook]:
        """A notebook with a kernel of its own behind the gateway, and its panel."""
        kernel = await self.ask("POST", "api/kernels")
        panel_socket = await self.socket_to("jupyter-namespace-viz/api/notebooks/ws")
        panel = Panel(panel_socket, kernel["id"])
        assert (await panel.next())["kind"] == "hello"
        notebook = Notebook(self, kernel["id"], panel)
        await notebook.connect()
        try:
            yield notebook
        finally:
            panel.close()
            notebook.disconnect()
            with suppress(HTTPClientError):  # where the test has ended it already
                await self.ask("DELETE", f"api/kernels/{kernel['id']}")


class Notebook:
    """What JupyterLab has of a notebook: its cells, a connection to the kernel, and the panel."""

    def __init__(self, site: Site, kernel_id: str, panel: Panel) -> None:
        self.site = site
        self.kernel_id = kernel_id
        self.panel = panel
        self.cells: dict[str, str] = {}
        self._channels: WebSocketClientConnection | None = None
        self._session = uuid.uuid4().hex

    async def connect(self) -> None:
        """Connects to the kernel as JupyterLab does, which goes through the gateway as well."""
        path = f"api/kernels/{self.kernel_id}/channels?session_id={self._session}"
        self._channels = await self.site.socket_to(path)

    def disconnect(self) -> None:
        """Lets go of the kernel."""
        if self._channels is not None:
            self._channels.close()
            self._channels = None

    async def show(self, cells: dict[str, str]) -> None:
        """Opens a notebook with these cells."""
        self.cells = cells
        await self.panel.show(cells)

    async def send(self, source: str, cell: str | None = None) -> str:
        """Asks for a run, and returns the message's id."""
        assert self._channels is not None
        run = uuid.uuid4().hex
        header = {
            "msg_id": run,
            "msg_type": "execute_request",
            "session": self._session,
            "username": "",
            "version": "5.3",
            "date": "2026-01-01T00:00:00Z",
        }
        message = {
            "channel": "shell",
            "header": header,
            "parent_header": {},
            "metadata": {} if cell is None else {"cellId": cell},
            "content": {"code": source, "silent": False, "store_history": True},
        }
        await self._channels.write_message(json.dumps(message))
        return run

    async def end_of(self, run: str) -> str:
        """Waits until this run is over; returns what it printed, or which exception it raised."""
        assert self._channels is not None
        told = ""
        while True:
            text = await asyncio.wait_for(self._channels.read_message(), PATIENCE)
            assert text is not None, "the connection to the kernel is lost"
            message = json.loads(text)
            if message["parent_header"].get("msg_id") != run:
                continue
            content = message["content"]
            if message["header"]["msg_type"] == "stream":
                told += content["text"]
            elif message["header"]["msg_type"] == "error":
                told += content["ename"]
            elif content.get("execution_state") == "idle":
                return told

    async def run(self, cell: str) -> str:
        """Runs one of the cells."""
        return await self.end_of(await self.send(self.cells[cell], cell))

    async def run_code(self, source: str) -> str:
        """Runs code that is in no cell."""
        return await self.end_of(await self.send(source))

    async def until_kernel(self, **wanted: Any) -> dict[str, Any]:
        """Reads on until the report says this of the kernel."""
        await self.panel.until(
            lambda it: all(it.report["kernel"][key] == value for key, value in wanted.items())
        )
        kernel: dict[str, Any] = self.panel.report["kernel"]
        return kernel

    async def until_connections(self, count: int) -> None:
        """Waits until the gateway counts so many connections to the kernel."""

        def counted() -> int:
            model = self.site.gateway.request("GET", f"api/kernels/{self.kernel_id}")
            return int(json.loads(model)["connections"])

        async def come() -> None:
            while await asyncio.to_thread(counted) != count:
                await asyncio.sleep(0.05)

        await asyncio.wait_for(come(), PATIENCE)

    async def plan(self, target: str | None, mode: str = "cells") -> dict[str, Any]:
        """The plan that mends a cell."""
        request = {"kind": "plan", "request_id": "1", "targets": target and [target], "mode": mode}
        await self.panel.send(request)
        while True:
            message = await self.panel.next()
            if message["kind"] == "planned":
                return message

    async def follow(self, plan: dict[str, Any]) -> None:
        """Runs the plan's steps as a click does."""
        assert not plan["unresolved"]
        for step in plan["steps"]:
            if step["code"] is None:
                await self.run(step["cell_id"])
            else:
                await self.run_code(step["code"])


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A gateway, and a Jupyter server whose kernels run there."""
    if not Path(GATEWAY_PYTHON).exists():
        pytest.skip(f"There is no {GATEWAY_PYTHON}; `make test-python` would make it.")
    home = tmp_path_factory.mktemp("site")
    gateway = Gateway(home / "gateway", "gateway-token")
    (gateway.home / "tensorflow.py").write_text(TENSORFLOW, encoding="utf-8")
    cable = Cable(gateway.port)
    server = Server(home / "server", "server-token", cable.port, gateway.token)
    try:
        gateway.start()
        server.start()
        yield Site(gateway, cable, server)
    finally:
        server.kill()  # it cannot stop where a test has left no gateway
        gateway.stop()
        cable.close()
