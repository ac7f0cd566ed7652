"""What can an attacker do to a running server, and when has the server answered?"""

from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jupyter_client.asynchronous import AsyncKernelClient
from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from benchmarks.updates import update_message
from tests.running_server import RunningServer

API = "jupyter-namespace-viz/api/"

Received = asyncio.Queue[str | bytes | None]

REFUSED = '{"kind":"refused"'

MOST_BYTES = 1_000_000_000
"""Of an answer that is taken."""


class Attacker:
    """Somebody with a token: opens panels, sends requests, and runs code in one kernel.

    `is_watched` is whether the server has our extension; else its panels show nothing.
    """

    def __init__(self, server: RunningServer, is_watched: bool = True) -> None:
        self._server = server
        self._is_watched = is_watched
        self._panels: list[AttackingPanel] = []
        self._client: AsyncKernelClient | None = None
        self._http = AsyncHTTPClient(force_instance=True, max_body_size=MOST_BYTES)
        self._headers = {"Authorization": f"token {server.token}"}
        self.root: Path = server.root

    async def ask(self, path: str, body: str | None = None) -> tuple[int, bytes]:
        """The status of an answer, and its body."""
        answer = await self._http.fetch(
            self._server.url + path,
            method="GET" if body is None else "POST",
            body=body,
            headers=self._headers | {"Content-Type": "application/json"},
            raise_error=False,
            request_timeout=300,
        )
        return answer.code, answer.body or b""

    async def post(self, path: str, cells: Mapping[str, str], **others: Any) -> None:
        """A request of the REST API about these cells."""
        texts = [{"id": cell_id, "source": source} for cell_id, source in cells.items()]
        await self.ask(API + path, json.dumps({"kernel_id": None, "cells": texts, **others}))

    async def panel(self, kernel_id: str | None = None) -> AttackingPanel:
        """A panel of its own for a notebook with this kernel."""
        if not self._is_watched:
            return AttackingPanel(None, kernel_id, asyncio.Queue())
        url = f"ws{self._server.url.removeprefix('http')}{API}notebooks/ws"
        received: Received = asyncio.Queue()
        # All is read when it comes: who does not read answers no pings, and is disconnected.
        socket = await websocket_connect(
            HTTPRequest(url, headers=self._headers),
            on_message_callback=received.put_nowait,
            max_message_size=MOST_BYTES,
        )
        self._panels.append(AttackingPanel(socket, kernel_id, received))
        return self._panels[-1]

    async def kernel(self) -> str:
        """The id of a new kernel, which `run` uses from now on."""
        _, body = await self.ask("api/kernels", "{}")
        kernel_id: str = json.loads(body)["id"]
        file = self._server.runtime / f"kernel-{kernel_id}.json"
        self._client = AsyncKernelClient(connection_file=str(file))
        self._client.load_connection_file()
        self._client.session.session = uuid.uuid4().hex
        self._client.start_channels(hb=False)
        await self._client.wait_for_ready(timeout=60)
        return kernel_id

    async def run(self, source: str) -> None:
        """Run code in the kernel, and wait until it has ended."""
        assert self._client is not None
        request = self._client.execute(source)
        while True:
            reply = await self._client.get_shell_msg(timeout=120)
            if reply["parent_header"].get("msg_id") == request:
                return

    async def end(self) -> None:
        """Close what was opened."""
        for panel in self._panels:
            panel.close()
        if self._client is not None:
            self._client.stop_channels()
            for kernel in json.loads((await self.ask("api/kernels"))[1]):
                await self._http.fetch(
                    f"{self._server.url}api/kernels/{kernel['id']}",
                    method="DELETE",
                    headers=self._headers,
                )
        self._panels, self._client = [], None


class AttackingPanel:
    """A panel that sends anything; nothing without a socket."""

    def __init__(
        self, socket: WebSocketClientConnection | None, kernel_id: str | None, received: Received
    ) -> None:
        self._socket = socket
        self._received = received
        self._kernel_id = kernel_id
        self._revision = 0

    async def show(
        self, cells: Mapping[str, str], changed: Mapping[str, str] | None = None
    ) -> None:
        """Show the notebook, and wait until all is reported on it; `changed` are the cells that
        are new, by default all.
        """
        self._revision += 1
        news = cells if changed is None else changed
        others = {"kernel_id": self._kernel_id, "in_full": True}
        await self.send(update_message(self._revision, [*cells], news, **others))
        await self.until("problems", f'"revision":{self._revision},')

    async def send(self, text: str) -> None:
        """Send a message as it is."""
        if self._socket is not None:
            await self._socket.write_message(text)

    async def until(self, kind: str, part: str = "") -> None:
        """Wait for a message of the kind that has the part at its begin, or says no."""
        begin = f'{{"kind":"{kind}"'
        while self._socket is not None:
            message = await asyncio.wait_for(self._received.get(), 300)
            if message is None:
                raise ConnectionError("the server has closed the socket")
            head = str(message[:200])
            if (head.startswith(begin) and part in head) or head.startswith(REFUSED):
                return

    async def answered(self) -> None:
        """Wait until all that was sent has been handled."""
        await self.send('{"kind": "ping"}')
        await self.until("pong")

    def close(self) -> None:
        """Close the socket."""
        if self._socket is not None:
            self._socket.close()
