"""How is a kernel reached that runs behind a gateway?

Over a websocket of our own to the gateway's `…/api/kernels/<id>/channels`; the server's own client
for gateways knows the address, the token and the certificates. Messages are JSON texts, the oldest
of its subprotocols and the only one that every gateway speaks: the server's own connections ask for
no other.

A gateway tells of some ends of a process, the process of others; a connection that is lost tells of
none. What nobody tells (a network that was cut) shows when a request is not answered: then another
connection is made.
"""

from __future__ import annotations

import asyncio
import json
import logging
import uuid
from contextlib import suppress
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

import msgspec
from jupyter_client.jsonutil import json_default
from jupyter_client.session import Session
from jupyter_server.gateway.gateway_client import GatewayClient
from jupyter_server.utils import url_path_join
from tornado.escape import url_escape
from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.websocket import WebSocketClientConnection, WebSocketClosedError, websocket_connect

from jupyter_namespace_viz.kernel.errors import ConnectionLost, KernelGone, KernelSilent
from jupyter_namespace_viz.kernel.transports.base import (
    READ_ON_IOPUB,
    Channel,
    ChannelsListener,
    Message,
    PendingReplies,
    is_done,
)
from jupyter_namespace_viz.kernel.transports.endings import (
    DIED_AND_RESTARTS,
    LEFT_DEAD,
    RESTARTED,
    SHUT_DOWN,
    Ending,
)
from jupyter_namespace_viz.protocol.probe_messages import COMM_TARGET

LARGEST_MESSAGE = 2**31 - 1
"""Bytes; above it the connection breaks. A large output must not do that, though it is not ours."""

LONGEST_GRACE = 5.0
"""Seconds. When a browser loses its network, the gateway keeps the kernel's messages for it, but
only for the last connection that ends. That must not be ours: the panel's socket is missed before
the kernel's (`NotebookSocket`), and ours is not kept for longer than this."""

NO_RESPONSE = 599
"""What tornado calls it when a connection breaks before there was an answer."""

TOLD_BY_GATEWAY = {"restarting": DIED_AND_RESTARTS, "dead": LEFT_DEAD}
"""Statuses that no kernel sends: what the gateway's own restarter found."""


class _FromGateway(msgspec.Struct):
    """What is read of a message that a gateway passes on."""

    channel: str
    header: dict[str, Any]
    parent_header: dict[str, Any] | None  # null in xeus, where nobody asked
    content: dict[str, Any]

    def as_message(self) -> Message:
        """As a local kernel's message is."""
        return {
            "header": self.header,
            "parent_header": self.parent_header or {},
            "content": self.content,
        }


class GatewayWay:
    """To a kernel whose process a gateway started for the server."""

    shares_files = False
    longest_grace = LONGEST_GRACE

    def __init__(self, kernel_manager: Any, log: logging.Logger) -> None:
        self._manager = kernel_manager
        self._log = log

    def has_process(self) -> bool:
        """Whether the gateway had the kernel when it was last asked."""
        return bool(self._manager.has_kernel)

    def is_starting(self) -> bool:
        """Never: a gateway connects nobody before the process has answered itself."""
        return False

    def other_language(self) -> tuple[str, str | None] | None:
        """Unknown until the kernel is asked: the specs are the gateway's."""
        return None

    def ending_of_announced_shutdown(self, restart: bool) -> Ending:
        """As it was announced. A process that ended by itself counts as shut down until the gateway
        tells that it restarts it."""
        return RESTARTED if restart else SHUT_DOWN

    async def connect(self, listener: ChannelsListener, timeout: float) -> GatewayChannels:
        """Connects, in `timeout` seconds at most; raises ConnectionLost or KernelGone."""
        session_id = uuid.uuid4().hex
        channels = GatewayChannels(self._manager, session_id, listener, self._log)
        client = GatewayClient.instance()
        url = url_path_join(
            client.ws_url or "",
            client.kernels_endpoint,
            url_escape(str(self._manager.kernel_id)),
            f"channels?session_id={session_id}",
        )
        arguments = client.load_connection_args()  # type: ignore[no-untyped-call]
        arguments["connect_timeout"] = min(timeout, arguments.get("connect_timeout", timeout))
        connecting = asyncio.ensure_future(
            websocket_connect(
                HTTPRequest(url, **arguments),
                on_message_callback=channels.on_text,
                max_message_size=LARGEST_MESSAGE,
            )
        )
        gateway = _host_of(url)
        try:
            if not await is_done(connecting, timeout):
                raise ConnectionLost(f"The gateway {gateway} does not answer. It is asked on.")
            channels.socket = connecting.result()
        except HTTPClientError as error:
            raise _problem_of(error, gateway) from error
        except OSError as error:
            raise _unreached(gateway) from error
        finally:
            if channels.socket is None:
                connecting.add_done_callback(_let_go)
        return channels


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
        self._is_doubted = False
        self.hears_first_word = False
        self.session_id = session_id
        self.comm_id: str | None = None
        self.socket: WebSocketClientConnection | None = None

    def is_current(self) -> bool:
        """Whether we are connected, and nothing speaks against it that this leads to the kernel."""
        return self.socket is not None and self._manager.has_kernel and not self._is_doubted

    def note_restarted(self) -> None:
        """The gateway keeps its side of the connection, also where the process has other ports."""
        self._is_doubted = True

    def send(self, channel: Channel, message_type: str, content: Message) -> str:
        """Sends a message and returns its id."""
        message = self._session.msg(message_type, content)
        if self.socket is None:
            raise KernelSilent("The connection to the kernel is closed.")
        text = json.dumps({**message, "channel": channel}, default=json_default)
        with suppress(WebSocketClosedError):  # which `on_text` is about to be told
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
            self._is_doubted = True
            raise

    def close(self) -> None:
        """Closes the connection; safe to call twice."""
        socket, self.socket = self.socket, None
        if socket is not None:
            socket.close()
        self._replies.release()

    def on_text(self, text: str | bytes | None) -> None:
        """Takes what comes from the gateway; None when the connection is lost."""
        if text is None:
            self._on_lost()
        elif self.socket is not None and isinstance(text, str) and self._is_ours_to_read(text):
            # Bytes are messages with buffers, which none of those that we read has.
            try:
                message = msgspec.json.decode(text, type=_FromGateway)
            except msgspec.MsgspecError as error:
                self._log.debug("jupyter_namespace_viz: a message could not be read: %s", error)
            else:
                self._take(message.channel, message.as_message())

    def _is_ours_to_read(self, text: str) -> bool:
        """Told from the text, which may be large, without parsing it."""
        return (
            self.session_id in text  # a reply to us, or a status because of us
            or (self.comm_id is not None and self.comm_id in text)
            or any(kind in text for kind in READ_ON_IOPUB)
        )

    def _take(self, channel: str, message: Message) -> None:
        if channel != "iopub":
            self._replies.take(message)
            return
        message_type, content = message["header"].get("msg_type"), message["content"]
        if message_type == "comm_msg" and content.get("comm_id") != self.comm_id:
            return
        told = TOLD_BY_GATEWAY.get(content.get("execution_state"))
        if told is not None or message_type == "shutdown_reply":
            self.hears_first_word = True
        if told is not None:
            self._listener.on_ended(told)
        else:
            self._listener.on_iopub(message)

    def _on_lost(self) -> None:
        if self.socket is not None:
            self.socket = None
            self._replies.release()
            self._listener.on_connection_lost(
                "The connection to the kernel's gateway is lost. It is tried on."
            )


def _host_of(url: str) -> str:
    """The part of the address that may be shown: no user, no password."""
    parts = urlsplit(url)
    return parts.hostname or "" if parts.port is None else f"{parts.hostname}:{parts.port}"


def _unreached(gateway: str) -> ConnectionLost:
    return ConnectionLost(f"The gateway {gateway} cannot be reached. It is tried on.")


def _problem_of(error: HTTPClientError, gateway: str) -> ConnectionLost | KernelGone:
    if error.code == HTTPStatus.NOT_FOUND:
        return KernelGone(f"The gateway {gateway} does not have this kernel any more.")
    if error.code in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        return ConnectionLost(
            f"The gateway {gateway} refuses us ({error.code} {error.message}):"
            " the token that this server has for it may be wrong."
        )
    if error.code == NO_RESPONSE:
        return _unreached(gateway)
    return ConnectionLost(
        f"The gateway {gateway} does not connect us ({error.code} {error.message}). It is tried on."
    )


def _let_go(connecting: asyncio.Future[WebSocketClientConnection]) -> None:
    """Nobody waits any more for this connection, which may yet come about."""
    if not connecting.cancelled() and connecting.exception() is None:
        connecting.result().close()
