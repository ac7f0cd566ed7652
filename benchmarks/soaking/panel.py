"""What does a panel send, and what does it know from all that it has received?"""

from __future__ import annotations

import asyncio
import json
import socket
import struct
from collections.abc import Callable
from typing import Any

from tornado.websocket import WebSocketClientConnection, WebSocketClosedError

from benchmarks.updates import update_message
from benchmarks.walks.server import API, PATIENCE, Server

Message = dict[str, Any]

SOCKET = f"{API}/notebooks/ws"

_RESET = struct.pack("ii", 1, 0)  # a socket with this `SO_LINGER` is cut, not closed


class Panel:
    """An open panel: it merges what it reads, as the panel in a browser does.

    `identity` are the fields of an update that say what is open. While `reads` is cleared nothing
    is read. `has_read` is set after each message. `refusals` are the messages that say that
    something was refused, or failed.
    """

    def __init__(
        self, socket: WebSocketClientConnection, identity: dict[str, str], has_read: asyncio.Event
    ) -> None:
        self.reads = asyncio.Event()
        self.reads.set()
        self.refusals: list[str] = []
        self.revision = 0
        self._socket = socket
        self._identity = identity
        self._has_read = has_read
        self._sent: dict[str, str] = {}
        self._report: Message = {}
        self._cells: dict[str, Message] = {}
        self._names: dict[str, Message] = {}
        self._lists: dict[str, Any] = {}
        self._reading = asyncio.create_task(self._read())

    @classmethod
    async def open(cls, server: Server, kernel: str, path: str, client: str) -> Panel:
        """Opens a panel; nothing is known until `show` sends the notebook. `client` is the session
        id of the notebook's runs.
        """
        identity = {"kernel_id": kernel, "path": path, "client": client}
        return cls(await server.open_socket(SOCKET), identity, asyncio.Event())

    async def fresh(self, server: Server) -> Panel:
        """Another panel for the same notebook, which has read nothing; `until` looks at both."""
        return Panel(await server.open_socket(SOCKET), self._identity, self._has_read)

    async def show(
        self, cells: dict[str, str], in_flight: list[str], ended_at: str | None = None
    ) -> None:
        """Sends what changed since the last time, as `Update` of the protocol has it."""
        self.revision += 1
        changed = {cell: it for cell, it in cells.items() if self._sent.get(cell) != it}
        others = {"in_flight": in_flight, "ended_at": ended_at, "not_code": [], "in_full": True}
        update = update_message(self.revision, [*cells], changed, **others, **self._identity)
        self._sent = dict(cells)
        try:
            await self._socket.write_message(update)
        except WebSocketClosedError as problem:
            raise ConnectionError("the server closed a panel's socket") from problem

    @property
    def is_closed(self) -> bool:
        """Whether the server has closed the socket, or this end."""
        return self._socket.protocol is None or self._reading.done()

    @property
    def kernel(self) -> Message | None:
        """What is known of the kernel."""
        return self._report.get("kernel")

    def known(self) -> Message:
        """All that the panel knows, but for how recent it is."""
        kernel = {key: it for key, it in self._report["kernel"].items() if key != "as_of"}
        return {
            "kernel": kernel,
            "summary": self._report["summary"],
            "cells": {cell: it for cell, it in self._cells.items() if cell in self._sent},
            "names": self._names,
            **self._lists,
        }

    def shows(self, cell: str, count: int) -> bool:
        """Whether the latest report includes this run of a cell, and the kernel is at rest."""
        return (
            self._report.get("revision") == self.revision
            and self._report["kernel"]["state"] == "idle"
            and self._cells.get(cell, {}).get("execution_count") == count
        )

    async def until(self, holds: Callable[[], bool]) -> bool:
        """Waits until a message makes the condition hold; False where none does in time."""

        async def wait() -> None:
            while not holds():
                self._has_read.clear()
                await self._has_read.wait()

        try:
            await asyncio.wait_for(wait(), PATIENCE)
        except asyncio.TimeoutError:
            return False
        return True

    async def close(self) -> None:
        """Closes the socket as a page does."""
        self._socket.close()
        await self._end()

    async def cut(self) -> None:
        """Ends the connection as a broken network does: no message says so."""
        stream = self._socket.protocol.stream
        stream.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        stream.close()
        self._socket.close()  # this end knows it, too
        await self._end()

    async def _end(self) -> None:
        self._reading.cancel()
        await asyncio.gather(self._reading, return_exceptions=True)

    async def _read(self) -> None:
        while True:
            await self.reads.wait()
            text = await self._socket.read_message()
            if text is None:
                return
            self._take(json.loads(text))
            self._has_read.set()

    def _take(self, message: Message) -> None:
        match message["kind"]:
            case "report":
                self._report = message
                self._cells |= {cell["id"]: cell for cell in message["cells"]}
                self._keep(message, "edges", "imports")
            case "details":
                self._keep(message, "foreseen")
                names = message["names"] or {"changed": [], "removed": []}
                self._names |= {it["name"]: it for it in names["changed"]}
                for name in names["removed"]:
                    del self._names[name]
            case "problems":
                self._keep(message, "now", "after_restart")
            case "refused":
                self.refusals.append(f"{message['field']}: {message['message']}")

    def _keep(self, message: Message, *keys: str) -> None:
        self._lists |= {key: message[key] for key in keys if message[key] is not None}
