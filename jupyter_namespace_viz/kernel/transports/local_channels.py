"""How do messages travel over ZMQ to a kernel on this machine?

Over streams of our own. The server does not count them as a connection, they survive a restart, and
they do not disturb the server's own clients (`km.client()` would share their identity).
"""

from __future__ import annotations

import logging
import uuid
from typing import Any

import zmq
from jupyter_client.session import DELIM, Session
from zmq.eventloop.zmqstream import ZMQStream
from zmq.utils.monitor import parse_monitor_message

from jupyter_namespace_viz.kernel.errors import KernelSilent
from jupyter_namespace_viz.kernel.transports.base import (
    READ_ON_IOPUB,
    Channel,
    ChannelsListener,
    Message,
)
from jupyter_namespace_viz.kernel.transports.local_process import (
    end_of_closed_connection,
    has_process,
)
from jupyter_namespace_viz.kernel.transports.pending_replies import PendingReplies
from jupyter_namespace_viz.kernel.transports.received import (
    UNREADABLE,
    decoded_content,
    is_large,
    is_usable,
)
from jupyter_namespace_viz.protocol.probe_messages import COMM_TARGET

FRAMES = 5
"""Of a message, after the identities: the signature, both headers, metadata and content."""

_READ_ON_IOPUB = tuple(kind.encode() for kind in READ_ON_IOPUB)


class ZmqChannels:
    """Streams to a local kernel, with a session id and an identity of their own."""

    hears_first_message = True

    def __init__(
        self, kernel_manager: Any, listener: ChannelsListener, log: logging.Logger
    ) -> None:
        self._kernel_manager = kernel_manager
        self._listener = listener
        self._log = log
        self._replies = PendingReplies()
        self._ports = list(kernel_manager.ports)
        self.session_id = uuid.uuid4().hex
        self.comm_id: str | None = None
        self._session = Session(
            config=kernel_manager.session.config,
            session=self.session_id,
            username=COMM_TARGET,
            key=kernel_manager.session.key,
            signature_scheme=kernel_manager.session.signature_scheme,
        )
        identity = self._session.bsession
        self._streams: dict[str, ZMQStream] = {
            "iopub": kernel_manager.connect_iopub(),
            "shell": kernel_manager.connect_shell(identity=identity),
            "control": kernel_manager.connect_control(identity=identity),
        }
        for stream in self._streams.values():
            stream.socket.linger = 0  # the end of the context must not wait for unsent messages
        self._monitor = _monitor(self._streams["iopub"])
        self._monitor.on_recv(self._on_monitor)
        self._streams["iopub"].on_recv(self._on_iopub)
        self._streams["shell"].on_recv(self._on_reply)
        self._streams["control"].on_recv(self._on_reply)

    def is_current(self) -> bool:
        """Whether there is a process, on the ports that we are connected to."""
        manager = self._kernel_manager
        return has_process(manager) and self._ports == list(manager.ports) and not self._closed

    def note_restarted(self) -> None:
        """Nothing to do: the ports show whether the kernel has moved."""

    @property
    def _closed(self) -> bool:
        return any(stream.closed() for stream in self._streams.values())

    def send(self, channel: Channel, message_type: str, content: Message) -> str:
        """Sends a message and returns its id."""
        message = self._session.msg(message_type, content)
        if self._closed:
            raise KernelSilent("The connection to the kernel is closed.")
        self._session.send(self._streams[channel], message)
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
        return await self._replies.wait(
            lambda: self.send(channel, message_type, content), self.is_current, timeout, again
        )

    def close(self) -> None:
        """Closes the connection; safe to call twice."""
        for stream in (self._monitor, *self._streams.values()):
            if not stream.closed():
                stream.on_recv(None)
        if not self._streams["iopub"].closed():
            self._streams["iopub"].socket.disable_monitor()
        for stream in (self._monitor, *self._streams.values()):
            if not stream.closed():
                stream.close(linger=0)
        self._replies.fail()

    # --- incoming messages

    def _on_monitor(self, frames: list[bytes]) -> None:
        if parse_monitor_message(frames)["event"] == zmq.EVENT_DISCONNECTED:
            self._listener.on_ended(end_of_closed_connection(self._kernel_manager))

    def _on_iopub(self, frames: list[bytes]) -> None:
        frames = _after_identities(frames)
        if len(frames) < FRAMES:
            return
        header, content = frames[1], frames[4]
        if b'"comm_msg"' in header:
            if self.comm_id is None or self.comm_id.encode() not in content:
                return
        elif not any(kind in header for kind in _READ_ON_IOPUB):
            return
        message = self._parse(frames)
        if message is not None:
            self._listener.on_iopub(message)

    def _on_reply(self, frames: list[bytes]) -> None:
        message = self._parse(_after_identities(frames))
        if message is not None:
            self._replies.resolve(message)

    def _parse(self, frames: list[bytes]) -> Message | None:
        try:
            *headers, content = frames[:FRAMES]
            has_large_content = is_large(content, headers)
            message: Message = self._session.deserialize(frames, content=not has_large_content)
            if has_large_content:
                message["content"] = decoded_content(content)
        except UNREADABLE as error:
            # Not signed with the kernel's key, or not what Jupyter sends.
            self._log.debug("jupyter_namespace_viz: a message could not be read: %s", error)
            return None
        message["parent_header"] = message["parent_header"] or {}  # xeus sends null
        return message if is_usable(message) else None


def _after_identities(frames: list[bytes]) -> list[bytes]:
    return frames[frames.index(DELIM) + 1 :] if DELIM in frames else []


def _monitor(stream: ZMQStream) -> ZMQStream:
    """A stream of the socket's connection events.

    `get_monitor_socket` would give an asynchronous socket where kernels are managed asynchronously.
    The socket is opened by the manager's context, not by a shadow of it, so that the context knows
    it and closes it when it is destroyed. Otherwise the context would wait for it for ever.
    """
    socket: zmq.Socket[bytes] = stream.socket
    address = f"inproc://jupyter-namespace-viz-{uuid.uuid4().hex}"
    socket.monitor(address, zmq.EVENT_DISCONNECTED)
    pair: zmq.Socket[bytes] = socket.context.socket(zmq.PAIR, socket_class=zmq.Socket)
    pair.linger = 0
    pair.connect(address)
    return ZMQStream(pair)
