"""Which requests wait for a reply, and when does their wait end?"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from jupyter_namespace_viz.kernel.errors import KernelSilent
from jupyter_namespace_viz.kernel.transports.base import Message


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
                    raise KernelSilent("The kernel's process has ended or moved.")
                if deadline is not None and loop.time() >= deadline:
                    raise KernelSilent(f"The kernel did not answer within {timeout} seconds.")
        finally:
            for message_id in message_ids:
                self._waiting.pop(message_id, None)

    def resolve(self, reply: Message) -> None:
        """Ends the wait of the request that this is the reply to, if there is one."""
        waiting = self._waiting.pop(reply["parent_header"].get("msg_id", ""), None)
        if waiting is not None and not waiting.done():
            waiting.set_result(reply)

    def fail(self) -> None:
        """Ends all waits with KernelSilent: the connection is closed."""
        for waiting in self._waiting.values():
            if not waiting.done():
                waiting.set_exception(KernelSilent("The connection to the kernel was closed."))
        self._waiting.clear()


async def is_done(future: asyncio.Future[Any], timeout: float | None) -> bool:
    """Waits for the future for at most `timeout` seconds; whether it is done then.

    This does not use `asyncio.wait_for`: before Python 3.12 that swallows a cancellation that comes
    together with the result, and a cancelled attachment would continue next to its successor.
    """
    done, _ = await asyncio.wait([future], timeout=timeout)
    return bool(done)
