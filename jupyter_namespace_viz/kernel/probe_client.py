"""How is the probe asked a question, and how is a message from it recognized?

A question travels over the control channel, inside a `comm_info_request`, because that channel
answers while a cell runs. Where the kernel's control channel does not allow this, the question
travels over the comm and is answered after the cell.
"""

from __future__ import annotations

import asyncio
import logging
import uuid
from typing import Any, TypeVar

import msgspec

from jupyter_namespace_viz.kernel.errors import KernelError, KernelSilent
from jupyter_namespace_viz.kernel.transports.base import Channel, KernelChannels, Message
from jupyter_namespace_viz.kernel.transports.pending_replies import is_done
from jupyter_namespace_viz.protocol.probe_messages import COMM_TARGET, Answer, Push

A = TypeVar("A", bound=Answer)
T = TypeVar("T")


class ProbeMissing(KernelError):
    """The probe is not installed, is gone, or speaks another version of the protocol."""


class ProbeClient:
    """Questions to the probe, and the messages it pushes, over one pair of channels.

    `ended_session` is the session id of a process that has ended: its replies do not count.
    `heard_session` is the session id of the process that sent the last reply. `control_answers` is
    false where the probe cannot be asked over the control channel.
    """

    def __init__(
        self, channels: KernelChannels, ended_session: str | None, log: logging.Logger
    ) -> None:
        self._channels = channels
        self._ended_session = ended_session
        self._log = log
        self._answers: dict[str, asyncio.Future[Message]] = {}
        self._has_warned = False
        self.heard_session: str | None = None
        self.control_answers = True

    async def ask(self, question: Message, answer_type: type[A], timeout: float) -> A:
        """The probe's answer to `question`, whose `op` says what is asked.

        `timeout` is in seconds. Raises KernelSilent, or ProbeMissing where the answer is none of
        `answer_type`.
        """
        rid = uuid.uuid4().hex
        question = {**question, "rid": rid}
        if self.control_answers:
            content = {"target_name": COMM_TARGET, COMM_TARGET: question}
            reply = await self.request("control", "comm_info_request", content, timeout)
            answer = reply["content"].get(COMM_TARGET)
        else:
            answer = await self._ask_over_comm(rid, question, timeout)
        try:
            return as_type(answer, answer_type)
        except (msgspec.MsgspecError, RecursionError) as error:
            raise ProbeMissing(f"The probe did not answer {question['op']!r}: {error}") from error

    async def request(
        self,
        channel: Channel,
        message_type: str,
        content: Message,
        timeout: float | None,
        again: float | None = None,
    ) -> Message:
        """The kernel's reply to a request; see `KernelChannels.request`.

        Raises KernelSilent also where the reply comes from the process that has ended.
        """
        reply = await self._channels.request(channel, message_type, content, timeout, again)
        session = reply["header"].get("session")
        if session == self._ended_session:
            raise KernelSilent("The kernel is still restarting.")
        self.heard_session = session
        return reply

    def pushed(self, message: Message) -> Push | None:
        """What the probe pushed with this iopub message; None if the message is something else."""
        if message["header"]["msg_type"] != "comm_msg":
            return None
        data = message["content"].get("data")
        try:
            push: Push = as_type(data, Push)  # type: ignore[arg-type]
        except (msgspec.MsgspecError, RecursionError) as error:
            rid = _rid_of(data)
            answer = None if rid is None else self._answers.get(rid)
            if answer is not None and not answer.done():
                answer.set_result(data)
            if rid is None and not self._has_warned:
                self._has_warned = True  # a kernel may send as many as it likes
                self._log.warning("jupyter_namespace_viz: the probe said something odd: %s", error)
            return None
        return push

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


class _Answering(msgspec.Struct):
    """Whose answer it is, if it is one."""

    rid: str | None = None


def _rid_of(data: object) -> str | None:
    try:
        return as_type(data, _Answering).rid
    except (msgspec.MsgspecError, RecursionError):
        return None


def as_type(data: object, message_type: type[T]) -> T:
    """What the probe says, as this type; a large message is not decoded yet. Raises MsgspecError or
    RecursionError.
    """
    if isinstance(data, msgspec.Raw):
        return msgspec.json.decode(data, type=message_type)
    return msgspec.convert(data, message_type)
