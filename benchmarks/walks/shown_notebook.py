"""How does a browser show a notebook to the server?"""

from __future__ import annotations

import json
from collections.abc import Mapping

from tornado.websocket import WebSocketClientConnection

from benchmarks.walks.kernels import KernelLost
from benchmarks.walks.server import API, Server


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

    def close(self) -> None:
        """Closes the socket; safe to call twice."""
        if self._socket is not None:
            self._socket.close()

    async def show(self, cells: Mapping[str, str]) -> None:
        """Returns when the server has taken these cells."""
        if self._shown == cells:
            return
        if self._socket is None:
            self._socket = await self._server.open_socket(f"{API}/notebooks/ws")
        self._shown = dict(cells)
        self._revision += 1
        update = {
            "kind": "update",
            "revision": self._revision,
            "kernel_id": self._kernel_id,
            "order": list(cells),
            "changed": [{"id": cell, "source": source} for cell, source in cells.items()],
            "client": "browser",
            "path": "walked.ipynb",
        }
        await self._socket.write_message(json.dumps(update))
        await self._socket.write_message(json.dumps({"kind": "ping"}))
        while True:
            text = await self._socket.read_message()
            if text is None:
                raise KernelLost("the panel's socket was closed")
            if json.loads(text)["kind"] == "pong":
                return
