"""How does the probe get into a kernel, and how is it asked?

An `Attachment` belongs to one pair of channels. `attach` holds the order of steps that was found to
work: ask what the kernel is; ask for a probe until our own question is heard on iopub too (a
subscription that is new misses what was sent before it was made); adopt the probe that answers, or
install ours; then adopt its comm, or open one. Only the server ever opens a comm.
"""

from __future__ import annotations

import asyncio
import logging
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import msgspec

from jupyter_namespace_viz.kernel.errors import KernelError, KernelSilent
from jupyter_namespace_viz.kernel.probe_source import install_expression
from jupyter_namespace_viz.kernel.transports.base import Channel, KernelChannels, Message, is_done
from jupyter_namespace_viz.protocol.probe_messages import (
    COMM_TARGET,
    PROBE_PROTOCOL_VERSION,
    Answer,
    Pong,
    Push,
)

A = TypeVar("A", bound=Answer)

ASK_AGAIN = 1.0
"""Seconds until a question that may have been lost is asked again."""

START_PATIENCE = 3.0
"""Seconds to wait for the first word of a process that starts, which may have said it already."""

LONG_WAIT = 0.3
"""Seconds after which a shell that does not get to us must be busy."""

NUDGE_AGAIN = 0.2
"""Seconds until we ask again to be heard on iopub."""


class NotPython(KernelError):
    """The kernel is not IPython's; there is nothing to ask."""

    def __init__(self, language: str | None, implementation: str | None) -> None:
        super().__init__(
            f"This kernel runs {language or 'an unknown language'} ({implementation or 'unknown'})."
            " Only IPython's own kernel for Python can be asked for its names."
        )
        self.language = language


class ProbeMissing(KernelError):
    """The probe is not there, or not any more, or speaks another language than we do."""


class ProbeRefused(KernelError):
    """The kernel ran the installation and it failed: to try again would fail again."""


class Attachment:
    """Our talk with the probe of one kernel over one pair of channels.

    `ended_session` is the session id of a process that ended, whose answers count no more;
    `heard_session` that of the process that answered. `on_kept_waiting` is called when the kernel's
    shell keeps us waiting, which means that a cell runs.
    """

    def __init__(
        self,
        channels: KernelChannels,
        ended_session: str | None,
        on_kept_waiting: Callable[[], None],
        log: logging.Logger,
    ) -> None:
        self._channels = channels
        self._on_kept_waiting = on_kept_waiting
        self._ended_session = ended_session
        self._log = log
        self._first_word = asyncio.get_running_loop().create_future()
        self._heard_on_iopub: asyncio.Future[None] | None = None
        self._idle_after: dict[str, asyncio.Future[None]] = {}
        self._answers: dict[str, asyncio.Future[Message]] = {}
        self.heard_session: str | None = None
        self.language: str | None = None
        self.control_answers = True
        self.is_ready = False

    async def attach(self, timeout: float, after_first_word: bool = False) -> Pong:
        """Makes sure that the probe and our comm are there; safe to repeat.

        With `after_first_word` it asks nothing before a process has said that it started: some
        versions of ipykernel break on a question that comes too early, and lose it, and complain,
        for the user to read, of one that reaches a process that ends.
        Raises NotPython, KernelSilent when the kernel's control channel does not answer within
        `timeout`, or ProbeRefused when the probe cannot be installed. Waits for a busy kernel.
        """
        self.is_ready = False
        if after_first_word:
            await is_done(self._first_word, START_PATIENCE)
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

    async def ask(self, question: Message, answer_type: type[A], timeout: float) -> A:
        """The probe's answer; raises KernelSilent or ProbeMissing."""
        rid = uuid.uuid4().hex
        question = {**question, "rid": rid}
        if self.control_answers:
            content = {"target_name": COMM_TARGET, COMM_TARGET: question}
            reply = await self._request("control", "comm_info_request", content, timeout)
            answer = reply["content"].get(COMM_TARGET)
        else:
            answer = await self._ask_over_comm(rid, question, timeout)
        try:
            return msgspec.convert(answer, answer_type)
        except msgspec.ValidationError as error:
            raise ProbeMissing(f"The probe did not answer {question['op']!r}: {error}") from error

    def on_iopub(self, message: Message) -> Push | None:
        """Takes an iopub message; returns what the probe pushed, if it is that."""
        _resolve(self._first_word, None)
        parent = message["parent_header"]
        if parent.get("session") == self._channels.session_id:
            _resolve(self._heard_on_iopub, None)
            state = message["content"].get("execution_state")
            if state == "idle":
                _resolve(self._idle_after.get(parent.get("msg_id", "")), None)
        if message["header"]["msg_type"] != "comm_msg":
            return None
        data = message["content"].get("data")
        if isinstance(data, dict) and data.get("rid") is not None:
            _resolve(self._answers.get(data["rid"]), data)
            return None
        try:
            push: Push = msgspec.convert(data, Push)
        except msgspec.ValidationError as error:
            self._log.warning("jupyter_namespace_viz: the probe said something odd: %s", error)
            return None
        return push

    # --- steps

    async def _attach_without_control(self, timeout: float) -> Pong:
        """For kernels whose control channel we cannot answer on: asks over the comm."""
        self.control_answers = False
        if self._channels.comm_id is None:
            await self._open_comm()
        try:
            pong = await self.ask({"op": "ping"}, Pong, timeout)
        except KernelSilent:
            self._channels.comm_id = None  # somebody closed it; the next attempt opens another
            raise
        self.is_ready = True
        return pong

    async def _request(
        self,
        channel: Channel,
        message_type: str,
        content: Message,
        timeout: float | None,
        again: float | None = None,
    ) -> Message:
        reply = await self._channels.request(channel, message_type, content, timeout, again)
        session = reply["header"].get("session")
        if session == self._ended_session:
            raise KernelSilent("The kernel's old process still answers; its new one does not yet.")
        self.heard_session = session
        return reply

    async def _identify(self, timeout: float) -> None:
        reply = await self._request("control", "kernel_info_request", {}, timeout, ASK_AGAIN)
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
                raise KernelSilent("The kernel publishes nothing.")

    async def _ping(self, timeout: float | None) -> Pong | None:
        """The probe's answer; None where no probe answers on the control channel."""
        content = {"target_name": COMM_TARGET, COMM_TARGET: {"op": "ping"}}
        reply = await self._request("control", "comm_info_request", content, timeout, ASK_AGAIN)
        answer = reply["content"].get(COMM_TARGET)
        if answer is None:
            return None
        try:
            return msgspec.convert(answer, Pong)
        except msgspec.ValidationError:
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
                reply = await self._request("shell", "execute_request", content, None)
            if reply["content"]["status"] != "aborted":  # a cell before us failed: try again
                break
        result = reply["content"].get("user_expressions", {}).get(COMM_TARGET, {})
        if result.get("status") != "ok":
            reason = result.get("evalue") or reply["content"].get("evalue") or "no reason given"
            raise ProbeRefused(f"The probe could not be installed in this kernel: {reason}.")

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
                    # ipykernel 7.4 opens comms beside a running asynchronous cell, and without a
                    # status. Whether it did, the probe knows.
                    pong = await self._ping(None)
                    if pong is not None and comm_id in pong.comms:
                        break
        finally:
            del self._idle_after[message_id]

    @contextmanager
    def _patience(self) -> Iterator[None]:
        waiting = asyncio.get_running_loop().call_later(LONG_WAIT, self._on_kept_waiting)
        try:
            yield
        finally:
            waiting.cancel()

    async def _ask_over_comm(self, rid: str, question: Message, timeout: float) -> Any:
        answer: asyncio.Future[Message] = asyncio.get_running_loop().create_future()
        self._answers[rid] = answer
        content = {"comm_id": self._channels.comm_id, "data": question}
        self._channels.send("shell", "comm_msg", content)
        try:
            if await is_done(answer, timeout):
                return answer.result()
            raise KernelSilent(f"The probe did not answer within {timeout} seconds.")
        finally:
            del self._answers[rid]


def _resolve(future: asyncio.Future[Any] | None, result: Any) -> None:
    if future is not None and not future.done():
        future.set_result(result)
