"""How do messages travel over the websocket to a gateway?

As JSON texts, the oldest of the gateway's subprotocols and the only one that every gateway speaks;
the server's own connections use the same.

A gateway announces some ends of a process, and the process announces others; a lost connection
announces none. What nothing announces (a network that was cut) shows when a request is not
answered: then another connection is made.
"""

from __future__ import annotations

import json
import logging
from contextlib import suppress
from typing import Any

import msgspec
from jupyter_client.jsonutil import json_default
from jupyter_client.session import Session
from tornado.websocket import WebSocketClientConnection, WebSocketClosedError

from jupyter_namespace_viz.core.sentences import sentence
from jupyter_namespace_viz.kernel.errors import KernelSilent
from jupyter_namespace_viz.kernel.transports.base import (
    READ_ON_IOPUB,
    Channel,
    ChannelsListener,
    Message,
)
from jupyter_namespace_viz.kernel.transports.endings import DIED_AND_RESTARTS, RESTART_FAILED
from jupyter_namespace_viz.kernel.transports.pending_replies import PendingReplies
from jupyter_namespace_viz.kernel.transports.received import (
    MOST_BYTES,
    UNREADABLE,
    decoded_content,
    is_large,
    is_usable,
)
from jupyter_namespace_viz.protocol.probe_messages import COMM_TARGET

ENDS_BY_STATUS = {"restarting": DIED_AND_RESTARTS, "dead": RESTART_FAILED}
"""Statuses that no kernel sends: they say what the gateway's own restarter found."""


class _FromGateway(msgspec.Struct):
    """The fields that are read of a message from a gateway."""

    channel: str
    header: msgspec.Raw
    parent_header: msgspec.Raw
    content: msgspec.Raw

    def as_message(self) -> Message:
        """The message in the form that a local kernel sends; raises one of UNREADABLE."""
        decode = msgspec.json.decode
        read = (
            decoded_content if is_large(self.content, (self.header, self.parent_header)) else decode
        )
        return {
            "header": decode(self.header),
            "parent_header": decode(self.parent_header) or {},  # null in xeus without a request
            "content": read(self.content),
        }


class GatewayChannels:
    """A websocket to a remote kernel, with a session id of its own."""

    def __init__(
        self,
        kernel_manager: Any,
        session_id: str,
        listener: ChannelsListener,
        log: logging.Logger,
    ) -> None:
        self._manager = kernel_manager
        self._listener = listener
        self._log = log
        self._replies = PendingReplies()
        self._session = Session(session=session_id, username=COMM_TARGET)
        self._may_lead_elsewhere = False
        self.hears_first_message = False
        self.session_id = session_id
        self.comm_id: str | None = None
        self.socket: WebSocketClientConnection | None = None

    def is_current(self) -> bool:
        """Whether the connection is open, and nothing suggests that it leads elsewhere."""
        return self.socket is not None and self._manager.has_kernel and not self._may_lead_elsewhere

    def note_restarted(self) -> None:
        """The gateway keeps its side of the connection even if the process has other ports now."""
        self._may_lead_elsewhere = True

    def send(self, channel: Channel, message_type: str, content: Message) -> str:
        """Sends a message and returns its id."""
        message = self._session.msg(message_type, content)
        if self.socket is None:
            raise KernelSilent("The connection to the kernel is closed.")
        text = json.dumps({**message, "channel": channel}, default=json_default)
        with suppress(WebSocketClosedError):  # `on_text` is about to be called with None
            self.socket.write_message(text)
        message_id: str = message["header"]["msg_id"]
        return message_id

    async def request(
        self,
        channel: Channel,
        message_type: str,
        content: Message,
        timeout: float | None,
        again: float | None = None,
    ) -> Message:
        """Sends a message and waits for its reply; raises KernelSilent after `timeout` seconds."""
        try:
            return await self._replies.wait(
                lambda: self.send(channel, message_type, content), self.is_current, timeout, again
            )
        except KernelSilent:
            self._may_lead_elsewhere = True
            raise

    def close(self) -> None:
        """Closes the connection; safe to call twice."""
        socket, self.socket = self.socket, None
        if socket is not None:
            socket.close()
        self._replies.fail()

    def on_text(self, text: str | bytes | None) -> None:
        """Takes a message from the gateway; None when the connection is lost."""
        if text is None:
            self._on_lost()
        elif self.socket is not None and isinstance(text, str) and self._is_read(text):
            # Bytes are messages with buffers; no message that we read has any.
            try:
                message = msgspec.json.decode(text, type=_FromGateway)
                received = message.as_message()
            except UNREADABLE as error:
                self._log.debug("jupyter_namespace_viz: a message could not be read: %s", error)
            else:
                if is_usable(received):
                    self._take(message.channel, received)

    def _is_read(self, text: str) -> bool:
        """Decides by the text, which may be large, without parsing it."""
        return len(text) <= 2 * MOST_BYTES and (
            self.session_id in text  # a reply to us, or a status of our request
            or (self.comm_id is not None and self.comm_id in text)
            or any(kind in text for kind in READ_ON_IOPUB)
        )

    def _take(self, channel: str, message: Message) -> None:
        if channel != "iopub":
            self._replies.resolve(message)
            return
        message_type, content = message["header"].get("msg_type"), message["content"]
        if message_type == "comm_msg" and content.get("comm_id") != self.comm_id:
            return
        end = ENDS_BY_STATUS.get(content.get("execution_state"))
        if end is not None or message_type == "shutdown_reply":
            self.hears_first_message = True
        if end is not None:
            self._listener.on_ended(end)
        else:
            self._listener.on_iopub(message)

    def _on_lost(self) -> None:
        if self.socket is not None:
            self.socket = None
            self._replies.fail()
            self._listener.on_connection_lost(
                sentence("Connection to the gateway lost. Reconnecting…")
            )
