"""How do messages get to a kernel and back?

`KernelWay` and `KernelChannels` are what everything above relies on, whatever is behind them:
`zmq_channels.py` leads to a kernel that the server runs itself, `gateway_channels.py` to one behind
a gateway, and `ways.py` tells which of them a kernel takes.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, Literal, Protocol

from jupyter_namespace_viz.kernel.errors import KernelError, KernelSilent
from jupyter_namespace_viz.kernel.transports.endings import Ending

Message = dict[str, Any]
Channel = Literal["shell", "control"]

READ_ON_IOPUB = ('"status"', '"execute_input"', '"shutdown_reply"')
"""What is read besides messages of our comm. Outputs may be large and many; they are not ours to
read, so they are not even parsed."""


class Unreachable(KernelError):
    """The kernel's manager offers no way to talk to it."""


class ChannelsListener(Protocol):
    """Who is told what comes from the kernel. All methods are called on the event loop."""

    def on_iopub(self, message: Message) -> None:
        """A status, an announced run, a shutdown, or a message of our comm."""

    def on_ended(self, ending: Ending) -> None:
        """The kernel's process ended, or is about to; it did not say so itself."""

    def on_connection_lost(self, message: str) -> None:
        """The connection is lost, which says nothing about the process; `message` is for users."""


class KernelChannels(Protocol):
    """Our own connection to one kernel."""

    session_id: str
    comm_id: str | None

    @property
    def hears_first_word(self) -> bool:
        """Whether what a process says first when it starts is heard here, and to be waited for."""

    def is_current(self) -> bool:
        """Whether these channels still lead to the kernel; a restart may have moved its ports."""

    def note_restarted(self) -> None:
        """The server has restarted the kernel: it may be elsewhere now."""

    def send(self, channel: Channel, message_type: str, content: Message) -> str:
        """Sends a message and returns its id; raises KernelSilent on channels that are closed."""

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


class KernelWay(Protocol):
    """What the server knows of one kernel's process, and how it connects to it."""

    shares_files: bool
    """Whether the paths that the kernel tells mean the same here."""

    longest_grace: float
    """Seconds that a connection may be kept for those who may come back."""

    def has_process(self) -> bool:
        """Whether there is a process to connect to; raises Unreachable if there is no way to it."""

    def is_starting(self) -> bool:
        """Whether the server has heard nothing yet of the process but that it starts."""

    def other_language(self) -> tuple[str, str | None] | None:
        """Language and name of a kernel that the server knows not to be for Python, else None."""

    def ending_of_announced_shutdown(self, restart: bool) -> Ending:
        """What it means that the process says that it ends, to restart or not."""

    async def connect(self, listener: ChannelsListener, timeout: float) -> KernelChannels:
        """Connects to the process, where `has_process`; raises KernelSilent or KernelGone."""


class PendingReplies:
    """The requests on one connection that wait for their replies."""

    def __init__(self) -> None:
        self._waiting: dict[str, asyncio.Future[Message]] = {}

    async def wait(
        self,
        send: Callable[[], str],
        is_current: Callable[[], bool],
        timeout: float | None,
        again: float | None,
    ) -> Message:
        """The reply to what `send` sends; see `KernelChannels.request`."""
        loop = asyncio.get_running_loop()
        reply: asyncio.Future[Message] = loop.create_future()
        deadline = None if timeout is None else loop.time() + timeout
        message_ids = []
        try:
            while True:
                message_id = send()
                message_ids.append(message_id)
                self._waiting[message_id] = reply
                left = None if deadline is None else deadline - loop.time()
                wait = min((it for it in (again, left) if it is not None), default=None)
                if await is_done(reply, wait):
                    return reply.result()
                if not is_current():
                    raise KernelSilent("The kernel's process is gone, or has moved elsewhere.")
                if deadline is not None and loop.time() >= deadline:
                    raise KernelSilent(f"The kernel did not answer within {timeout} seconds.")
        finally:
            for message_id in message_ids:
                self._waiting.pop(message_id, None)

    def take(self, message: Message) -> None:
        """Takes a reply to whoever waits for it, if anybody does."""
        reply = self._waiting.pop(message["parent_header"].get("msg_id", ""), None)
        if reply is not None and not reply.done():
            reply.set_result(message)

    def release(self) -> None:
        """The connection is closed: those who wait wait in vain."""
        for reply in self._waiting.values():
            if not reply.done():
                reply.set_exception(KernelSilent("The connection to the kernel was closed."))
        self._waiting.clear()


async def is_done(future: asyncio.Future[Any], timeout: float | None) -> bool:
    """Waits for the future, `timeout` seconds at most.

    Not `asyncio.wait_for`: before Python 3.12 it swallows a cancellation that comes together with
    the result, and an attachment that was cancelled would go on beside its successor.
    """
    done, _ = await asyncio.wait([future], timeout=timeout)
    return bool(done)
