"""How does the probe get into a kernel?

`Attachment.attach` does these steps, in the order that was found to work:

1. Ask what the kernel is.
2. Ping the probe until the status of our own request arrives on iopub: a new subscription misses
   what was sent before it was made.
3. Use the probe that answers, or install ours.
4. Use a comm that the probe knows, or open one. Only the server ever opens a comm.
"""

from __future__ import annotations

import asyncio
import logging
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import msgspec

from jupyter_namespace_viz.core.sentences import sentence
from jupyter_namespace_viz.kernel.errors import KernelError, KernelSilent
from jupyter_namespace_viz.kernel.probe_client import ProbeClient, as_type
from jupyter_namespace_viz.kernel.probe_source import install_expression
from jupyter_namespace_viz.kernel.transports.base import KernelChannels, Message
from jupyter_namespace_viz.kernel.transports.pending_replies import is_done
from jupyter_namespace_viz.protocol.probe_messages import (
    COMM_TARGET,
    PROBE_PROTOCOL_VERSION,
    Pong,
    Push,
)

ASK_AGAIN = 1.0
"""Seconds until a request that may have been lost is sent again."""

START_PATIENCE = 3.0
"""Seconds to wait for the first message of a starting process, which may have sent it already."""

START_NUDGE = 0.5
"""Seconds until the shell of a starting process is asked, which it answers, and publishes that it
does, when its start is over."""

LONG_WAIT = 0.3
"""Seconds after which a shell that does not answer counts as busy."""

NUDGE_AGAIN = 0.2
"""Seconds until the next ping while the status of the last one has not arrived on iopub."""


class NotPython(KernelError):
    """The kernel is not IPython's, so the probe cannot run in it."""

    def __init__(self, language: str | None, implementation: str | None) -> None:
        super().__init__(
            sentence(
                "This kernel runs {language} ({implementation}). Names can be shown for IPython "
                "kernels only.",
                language=language or sentence("an unknown language"),
                implementation=implementation or sentence("unknown"),
            )
        )
        self.language = language


class ProbeRefused(KernelError):
    """The kernel could not run the installation of the probe; another attempt would fail too."""


class Attachment:
    """The way the probe and our comm get into one kernel, over one pair of channels.

    `client` asks the probe once `is_ready`. `ended_session` is the session id of a process that has
    ended: its replies do not count. `on_kept_waiting` is called when the kernel's shell does not
    answer for a while, which means that a cell runs; None where it means nothing.
    """

    def __init__(
        self,
        channels: KernelChannels,
        ended_session: str | None,
        on_kept_waiting: Callable[[], None] | None,
        log: logging.Logger,
    ) -> None:
        self.client = ProbeClient(channels, ended_session, log)
        self._channels = channels
        self._on_kept_waiting = on_kept_waiting
        self._first_message: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._heard_on_iopub: asyncio.Future[None] | None = None
        self._idle_after: dict[str, asyncio.Future[None]] = {}
        self.language: str | None = None
        self.is_ready = False

    async def attach(self, timeout: float, after_first_message: bool = False) -> Pong:
        """Makes sure that the probe and our comm are there; safe to repeat.

        With `after_first_message` the control channel is not used before the process has published
        something: some versions of ipykernel break on a request that comes there too early, or log
        an error that the user sees when a request reaches a process that is ending.
        Raises NotPython, KernelSilent when the control channel does not answer within `timeout`
        seconds, or ProbeRefused when the probe cannot be installed. Waits for a busy kernel.
        """
        self.is_ready = False
        if after_first_message:
            await self._wait_for_first_message()
        if self.language is None:
            await self._identify(timeout)
        pong = await self._nudge(timeout)
        if pong is None or pong.v != PROBE_PROTOCOL_VERSION:
            await self._install()
            pong = await self._ping(timeout)
            if pong is None:
                return await self._attach_without_control(timeout)
        if self._channels.comm_id not in pong.comms:
            if pong.comms:
                self._channels.comm_id = pong.comms[0]
            else:
                await self._open_comm()
        self.is_ready = True
        return pong

    def on_iopub(self, message: Message) -> Push | None:
        """Takes a message from iopub; returns what the probe pushed with it, if anything."""
        _resolve(self._first_message)
        parent = message["parent_header"]
        if parent.get("session") == self._channels.session_id:
            _resolve(self._heard_on_iopub)
            if message["content"].get("execution_state") == "idle":
                _resolve(self._idle_after.get(parent.get("msg_id", "")))
        return self.client.pushed(message)

    # --- steps

    async def _wait_for_first_message(self) -> None:
        """The process may have published its first message before we listened: then the next is
        waited for, which follows a request on the shell."""
        for _ in range(round(START_PATIENCE / START_NUDGE)):
            if await is_done(self._first_message, START_NUDGE):
                return
            self._channels.send("shell", "kernel_info_request", {})

    async def _attach_without_control(self, timeout: float) -> Pong:
        """For kernels in which the probe cannot answer on the control channel: uses the comm."""
        self.client.control_answers = False
        if self._channels.comm_id is None:
            await self._open_comm()
        try:
            pong = await self.client.ask({"op": "ping"}, Pong, timeout)
        except KernelSilent:
            self._channels.comm_id = None  # it was closed; the next attempt opens another
            raise
        self.is_ready = True
        return pong

    async def _identify(self, timeout: float) -> None:
        reply = await self.client.request("control", "kernel_info_request", {}, timeout, ASK_AGAIN)
        content = reply["content"]
        language = content.get("language_info", {}).get("name")
        implementation = content.get("implementation")
        if language != "python" or implementation != "ipython":
            raise NotPython(language, implementation)
        self.language = language

    async def _nudge(self, timeout: float) -> Pong | None:
        loop = asyncio.get_running_loop()
        deadline = loop.time() + timeout
        heard = self._heard_on_iopub = loop.create_future()
        while True:
            pong = await self._ping(timeout)
            if await is_done(heard, NUDGE_AGAIN):
                return pong
            if loop.time() >= deadline:
                raise KernelSilent("The kernel sends no status messages.")

    async def _ping(self, timeout: float | None) -> Pong | None:
        """The probe's answer to a ping; None where no probe answers on the control channel."""
        content = {"target_name": COMM_TARGET, COMM_TARGET: {"op": "ping"}}
        reply = await self.client.request(
            "control", "comm_info_request", content, timeout, ASK_AGAIN
        )
        answer = reply["content"].get(COMM_TARGET)
        if answer is None:
            return None
        try:
            return as_type(answer, Pong)
        except (msgspec.MsgspecError, RecursionError):
            return None

    async def _install(self) -> None:
        content = {
            "code": "",
            "silent": True,
            "store_history": False,
            "user_expressions": {COMM_TARGET: install_expression()},
            "allow_stdin": False,
            "stop_on_error": False,
        }
        while True:
            with self._patience():
                reply = await self.client.request("shell", "execute_request", content, None)
            if reply["content"]["status"] != "aborted":
                break  # "aborted": a cell that ran before us failed; try again
        result = reply["content"].get("user_expressions", {}).get(COMM_TARGET, {})
        if result.get("status") != "ok":
            reason = result.get("evalue") or reply["content"].get("evalue")
            reason = reason or sentence("no reason given")
            raise ProbeRefused(
                sentence("Cannot read the names of this kernel: {reason}.", reason=reason)
            )

    async def _open_comm(self) -> None:
        comm_id = uuid.uuid4().hex
        self._channels.comm_id = comm_id
        content = {"comm_id": comm_id, "target_name": COMM_TARGET, "data": {}}
        message_id = self._channels.send("shell", "comm_open", content)
        idle: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._idle_after[message_id] = idle
        try:
            with self._patience():
                while not await is_done(idle, ASK_AGAIN):
                    # ipykernel 7.4 opens comms while an asynchronous cell runs, and then publishes
                    # no status. The probe knows whether the comm is open.
                    pong = await self._ping(None)
                    if pong is not None and comm_id in pong.comms:
                        break
        finally:
            del self._idle_after[message_id]

    @contextmanager
    def _patience(self) -> Iterator[None]:
        if self._on_kept_waiting is None:
            yield
            return
        waiting = asyncio.get_running_loop().call_later(LONG_WAIT, self._on_kept_waiting)
        try:
            yield
        finally:
            waiting.cancel()


def _resolve(future: asyncio.Future[None] | None) -> None:
    if future is not None and not future.done():
        future.set_result(None)
