"""How do a notebook and a console communicate with a kernel of the server?"""

from __future__ import annotations

import asyncio
import json
import uuid
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from tornado.websocket import WebSocketClientConnection

from benchmarks.walks.server import PATIENCE, Server

Message = dict[str, Any]


class KernelLost(Exception):
    """The kernel does not answer any more: the walk ends here."""


@dataclass(frozen=True, slots=True)
class Ran:
    """One finished run: the content of its reply, when the kernel started it, and the date of the
    message that it is over.
    """

    reply: Message
    began: datetime
    ended: str


class Client:
    """One client of a kernel with its own session, like a tab of JupyterLab."""

    def __init__(self, server: Server, kernel_id: str) -> None:
        self._server = server
        self._kernel_id = kernel_id
        self.session = uuid.uuid4().hex
        self._socket: WebSocketClientConnection | None = None

    async def connect(self) -> None:
        """Opens the channels, and waits until the kernel answers on them."""
        self.close()
        path = f"api/kernels/{self._kernel_id}/channels?session_id={self.session}"
        self._socket = await self._server.open_socket(path)
        for _ in range(int(PATIENCE)):
            # The first statuses may be lost: the server subscribes to them at the same time.
            asked = await self._send("kernel_info_request", {}, {})
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self._end_of(asked), 1.0)
                return
        raise KernelLost("it never answered")

    def close(self) -> None:
        """Closes the channels; safe to call twice."""
        if self._socket is not None:
            self._socket.close()

    async def run(
        self, code: str, cell: str | None, seconds: float, *, store_history: bool = True
    ) -> Ran:
        """Runs code as JupyterLab does, and interrupts it after `seconds`."""
        content = {
            "code": code,
            "silent": False,
            "store_history": store_history,
            "user_expressions": {},
            "allow_stdin": False,
            "stop_on_error": True,
        }
        metadata = {} if cell is None else {"cellId": cell, "deletedCells": []}
        return await self._request("execute_request", content, metadata, seconds)

    async def evaluate(self, expression: str) -> str | None:
        """The value of an expression as text, evaluated silently; None where it raised."""
        content = {
            "code": "",
            "silent": True,
            "store_history": False,
            "user_expressions": {"it": expression},
            "allow_stdin": False,
            "stop_on_error": False,
        }
        ran = await self._request("execute_request", content, {}, PATIENCE)
        found = ran.reply.get("user_expressions", {}).get("it", {})
        return found["data"]["text/plain"] if found.get("status") == "ok" else None

    async def _request(self, kind: str, content: Message, metadata: Message, seconds: float) -> Ran:
        ending = asyncio.ensure_future(self._end_of(await self._send(kind, content, metadata)))
        try:
            # Code may catch an interrupt, so it is sent up to three times.
            for _ in range(3):
                done, _ = await asyncio.wait([ending], timeout=seconds)
                if done:
                    return ending.result()
                await self._server.ask("POST", f"api/kernels/{self._kernel_id}/interrupt")
                seconds = 10.0
            raise KernelLost(f"no end of {content['code']!r:.80}")
        finally:
            ending.cancel()

    async def _send(self, kind: str, content: Message, metadata: Message) -> str:
        """Sends a request on the shell channel, and returns its id."""
        assert self._socket is not None
        message_id = uuid.uuid4().hex
        header = {
            "msg_id": message_id,
            "msg_type": kind,
            "session": self.session,
            "username": "walker",
            "version": "5.4",
            "date": datetime.now(timezone.utc).isoformat(),
        }
        message = {"channel": "shell", "header": header, "parent_header": {}, "buffers": []}
        await self._socket.write_message(
            json.dumps({**message, "metadata": metadata, "content": content})
        )
        return message_id

    async def _end_of(self, message_id: str) -> Ran:
        """Reads until the kernel has replied and is idle again."""
        assert self._socket is not None
        reply, began, ended = None, None, None
        while reply is None or began is None or ended is None:
            text = await self._socket.read_message()
            if text is None:
                raise KernelLost("its channels were closed")
            if isinstance(text, bytes):
                continue  # has buffers: widgets and the like
            message = json.loads(text)
            state = message["content"].get("execution_state")
            if message["msg_type"] == "status" and state in {"restarting", "dead"}:
                raise KernelLost(f"it is {state}")
            if message["parent_header"].get("msg_id") != message_id:
                continue
            if message["channel"] == "shell":
                reply = message["content"]
            elif state == "busy":
                began = datetime.fromisoformat(message["header"]["date"].replace("Z", "+00:00"))
            elif state == "idle":
                ended = message["header"]["date"]
        return Ran(reply, began, ended)
