"""How do messages get to a kernel and back?

`KernelChannels` is what everything above relies on; `ZmqChannels` is its way to a local kernel:
ZMQ streams of our own. They are not counted as a connection, they survive a restart, and they do
not disturb the server's own clients (`km.client()` would share their identity). A kernel behind a
gateway has none; `has_process` raises `Unreachable` for it.
"""

from __future__ import annotations

import asyncio
import logging
import uuid
from typing import Any, Literal, Protocol

import zmq
from jupyter_client.session import DELIM, Session
from zmq.eventloop.zmqstream import ZMQStream
from zmq.utils.monitor import parse_monitor_message

from jupyter_namespace_viz.kernel.errors import KernelError, KernelSilent
from jupyter_namespace_viz.protocol.probe_messages import COMM_TARGET

Message = dict[str, Any]
Channel = Literal["shell", "control"]

_READ_ON_IOPUB = (b'"status"', b'"execute_input"', b'"shutdown_reply"')


class Unreachable(KernelError):
    """The kernel's manager offers no way to talk to it."""


class ChannelsListener(Protocol):
    """Who is told what comes from the kernel. All methods are called on the event loop."""

    def on_iopub(self, message: Message) -> None:
        """A status, an announced run, a shutdown, or a message of our comm."""

    def on_disconnected(self) -> None:
        """The kernel's process closed the connection: it ended, or is about to."""


class KernelChannels(Protocol):
    """Our own connection to one kernel."""

    session_id: str
    comm_id: str | None

    def is_current(self) -> bool:
        """Whether these channels still lead to the kernel; a restart may have moved its ports."""

    def send(self, channel: Channel, message_type: str, content: Message) -> str:
        """Sends a message and returns its id."""

    async def request(
        self,
        channel: Channel,
        message_type: str,
        content: Message,
        timeout: float | None,
        again: float | None = None,
    ) -> Message:
        """Sends a message and waits for its reply; raises KernelSilent after `timeout` seconds.

        With `again` the message is sent every so many seconds until one of them is answered: what
        a process does not read before it ends is lost.
        """

    def close(self) -> None:
        """Closes the connection; safe to call twice. Requests that wait raise KernelSilent."""


def has_process(kernel_manager: Any) -> bool:
    """Whether there is a process to connect to; raises Unreachable where there is no way to it."""
    if hasattr(kernel_manager, "kernel_url"):
        raise Unreachable(
            "This kernel runs behind a gateway, which cannot be asked for its names yet."
        )
    if not callable(getattr(kernel_manager, "connect_iopub", None)):
        raise Unreachable("The manager of this kernel offers no connection to it.")
    return bool(kernel_manager.has_kernel) and all(kernel_manager.ports)


def is_starting_process(kernel_manager: Any) -> bool:
    """Whether the server has heard nothing yet of the process but that it starts."""
    return getattr(kernel_manager, "execution_state", None) == "starting"


def open_channels(
    kernel_manager: Any, listener: ChannelsListener, log: logging.Logger
) -> KernelChannels:
    """Connects to the manager's kernel, where `has_process`."""
    return ZmqChannels(kernel_manager, listener, log)


async def is_done(future: asyncio.Future[Any], timeout: float | None) -> bool:
    """Waits for the future, `timeout` seconds at most.

    Not `asyncio.wait_for`: before Python 3.12 it swallows a cancellation that comes together with
    the result, and an attachment that was cancelled would go on beside its successor.
    """
    done, _ = await asyncio.wait([future], timeout=timeout)
    return bool(done)


class ZmqChannels:
    """Streams to a local kernel, with a session id and an identity of their own."""

    def __init__(
        self, kernel_manager: Any, listener: ChannelsListener, log: logging.Logger
    ) -> None:
        self._kernel_manager = kernel_manager
        self._listener = listener
        self._log = log
        self._waiting: dict[str, asyncio.Future[Message]] = {}
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
        self._monitor = _monitor(self._streams["iopub"])
        self._monitor.on_recv(self._on_monitor)
        self._streams["iopub"].on_recv(self._on_iopub)
        self._streams["shell"].on_recv(self._on_reply)
        self._streams["control"].on_recv(self._on_reply)

    def is_current(self) -> bool:
        """Whether there is a process, on the ports that we are connected to."""
        manager = self._kernel_manager
        return bool(manager.has_kernel) and self._ports == list(manager.ports) and not self._closed

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
        loop = asyncio.get_running_loop()
        reply: asyncio.Future[Message] = loop.create_future()
        deadline = None if timeout is None else loop.time() + timeout
        message_ids = []
        try:
            while True:
                message_id = self.send(channel, message_type, content)
                message_ids.append(message_id)
                self._waiting[message_id] = reply
                left = None if deadline is None else deadline - loop.time()
                wait = min((it for it in (again, left) if it is not None), default=None)
                if await is_done(reply, wait):
                    return reply.result()
                if not self.is_current():
                    raise KernelSilent("The kernel's process is gone, or has moved to other ports.")
                if deadline is not None and loop.time() >= deadline:
                    raise KernelSilent(f"The kernel did not answer within {timeout} seconds.")
        finally:
            for message_id in message_ids:
                self._waiting.pop(message_id, None)

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
        for reply in self._waiting.values():
            if not reply.done():
                reply.set_exception(KernelSilent("The connection to the kernel was closed."))
        self._waiting.clear()

    # --- what comes in

    def _on_monitor(self, frames: list[bytes]) -> None:
        if parse_monitor_message(frames)["event"] == zmq.EVENT_DISCONNECTED:
            self._listener.on_disconnected()

    def _on_iopub(self, frames: list[bytes]) -> None:
        frames = frames[frames.index(DELIM) + 1 :]
        # Outputs may be large and many; they are not ours to read, so they are not even parsed.
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
        message = self._parse(frames[frames.index(DELIM) + 1 :])
        if message is None:
            return
        reply = self._waiting.pop(message["parent_header"].get("msg_id", ""), None)
        if reply is not None and not reply.done():
            reply.set_result(message)

    def _parse(self, frames: list[bytes]) -> Message | None:
        try:
            message: Message = self._session.deserialize(frames)
        except (ValueError, TypeError) as error:
            # Not signed with the kernel's key, or not JSON: nobody we would listen to.
            self._log.debug("jupyter_namespace_viz: a message could not be read: %s", error)
            return None
        return message


def _monitor(stream: ZMQStream) -> ZMQStream:
    """A stream of the socket's connection events.

    Built by hand because `get_monitor_socket` takes the class of the context, which is an
    asynchronous one where kernels are managed asynchronously.
    """
    socket: zmq.Socket[bytes] = stream.socket
    address = f"inproc://jupyter-namespace-viz-{uuid.uuid4().hex}"
    socket.monitor(address, zmq.EVENT_DISCONNECTED)
    pair = zmq.Socket(zmq.Context.shadow(socket.context.underlying), zmq.PAIR)
    pair.linger = 0
    pair.connect(address)
    return ZMQStream(pair)
