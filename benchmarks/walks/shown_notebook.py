"""How does a browser show a notebook to the server?"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping

from tornado.websocket import WebSocketClientConnection, WebSocketClosedError

from benchmarks.updates import update_message
from benchmarks.walks.kernels import KernelLost
from benchmarks.walks.server import API, PATIENCE, Server


class ShownNotebook:
    """The panel's socket of one notebook, by which the server learns when which cells were there.

    It has no cells in flight and shows no execution counts: only the texts tell who ran.
    """

    def __init__(self, server: Server, kernel_id: str) -> None:
        self._server = server
        self._kernel_id = kernel_id
        self._socket: WebSocketClientConnection | None = None
        self._revision = 0
        self._shown: dict[str, str] | None = None
        self._reader: asyncio.Task[None] | None = None
        self._answered = asyncio.Event()

    def close(self) -> None:
        """Closes the socket; safe to call twice."""
        if self._socket is not None:
            self._socket.close()
        if self._reader is not None:
            self._reader.cancel()

    async def show(self, cells: Mapping[str, str]) -> None:
        """Returns when the server has taken these cells."""
        if self._shown == cells:
            return
        if self._socket is None:
            self._socket = await self._server.open_socket(f"{API}/notebooks/ws")
            self._reader = asyncio.create_task(self._read(self._socket))
        self._shown = dict(cells)
        self._revision += 1
        identity = {"kernel_id": self._kernel_id, "client": "browser", "path": "walked.ipynb"}
        update = update_message(self._revision, [*cells], cells, **identity)
        self._answered.clear()
        try:
            await self._socket.write_message(update)
            await self._socket.write_message(json.dumps({"kind": "ping"}))
            await asyncio.wait_for(self._answered.wait(), PATIENCE)
        except (WebSocketClosedError, asyncio.TimeoutError) as error:
            raise KernelLost("the panel's socket was closed") from error

    async def _read(self, socket: WebSocketClientConnection) -> None:
        """Takes all messages: the server closes the socket of a panel that does not read."""
        while (text := await socket.read_message()) is not None:
            if json.loads(text)["kind"] == "pong":
                self._answered.set()
