"""How does the server stay attached to a kernel and ask the probe?

A `KernelConnection` owns the channels to one kernel, and the task that attaches the probe and asks
it what is due. What it notices of the kernel's process it reports as an event of `life_events.py`.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Protocol

from jupyter_namespace_viz.core.sentences import sentence
from jupyter_namespace_viz.kernel import life_events as events
from jupyter_namespace_viz.kernel.activity import Activity
from jupyter_namespace_viz.kernel.attachment import Attachment, NotPython, ProbeRefused
from jupyter_namespace_viz.kernel.errors import ConnectionLost, KernelGone, KernelSilent
from jupyter_namespace_viz.kernel.life import Life
from jupyter_namespace_viz.kernel.polling import Poller, PollSchedule
from jupyter_namespace_viz.kernel.probe_client import ProbeMissing
from jupyter_namespace_viz.kernel.transports.base import (
    ChannelsListener,
    KernelChannels,
    KernelTransport,
    Message,
    Unreachable,
)
from jupyter_namespace_viz.protocol.probe_messages import Push

RETRY_DELAY = 0.1
"""Seconds from a failed attempt to attach to the next one; it doubles with each failure."""

LONGEST_RETRY_DELAY = 2.0

SILENT = sentence("The kernel is not responding. Retrying…")


class ConnectionOwner(ChannelsListener, Protocol):
    """Keeps the kernel's life, and receives what the connection notices of it."""

    @property
    def life(self) -> Life:
        """The present life."""

    def happened(self, event: events.Event) -> None:
        """Something has happened in the life of the kernel's process."""

    def publish(self) -> None:
        """Shows the watchers what is known now."""


class KernelConnection:
    """The channels to one kernel, and the task that attaches the probe and asks it.

    `is_known` says whether the server still has the kernel. `silence` and `ask_timeout` are in
    seconds: after how long a kernel counts as silent, and a question is given up.
    """

    def __init__(
        self,
        kernel_id: str,
        owner: ConnectionOwner,
        transport: KernelTransport,
        schedule: PollSchedule,
        poller: Poller,
        activity: Activity,
        *,
        is_known: Callable[[], bool],
        silence: float,
        ask_timeout: float,
        log: logging.Logger,
    ) -> None:
        self._kernel_id = kernel_id
        self._owner = owner
        self._transport = transport
        self._schedule = schedule
        self._poller = poller
        self._activity = activity
        self._is_known = is_known
        self._silence = silence
        self._ask_timeout = ask_timeout
        self._log = log
        self._channels: KernelChannels | None = None
        self._attachment: Attachment | None = None
        self._task: asyncio.Task[None] | None = None

    @property
    def can_ask(self) -> bool:
        """Whether the probe is expected to answer a question now."""
        attachment = self._attachment
        return (
            attachment is not None
            and attachment.is_ready
            and self._owner.life.silence is None
            and (attachment.client.control_answers or not self._activity.is_busy)
        )

    def pushed(self, message: Message) -> Push | None:
        """What the probe has pushed with this message from iopub, if anything."""
        return None if self._attachment is None else self._attachment.on_iopub(message)

    def is_ours(self, parent_header: Message) -> bool:
        """Whether a message with this parent header answers a request of ours."""
        channels = self._channels
        return channels is not None and parent_header.get("session") == channels.session_id

    # --- start and end

    def attach(self) -> None:
        """Attaches anew, in a task; an attachment that is under way is cancelled.

        Does nothing once the link is closed: messages may come until the channels are.
        """
        if self._owner.life.is_closed:
            return
        self.stop_attaching()
        self._task = asyncio.get_running_loop().create_task(self._follow())
        self._task.add_done_callback(self._on_task_done)

    def stop_attaching(self) -> None:
        """Cancels the task; safe to call twice."""
        if self._task is not None:
            self._task.cancel()

    def disconnect(self) -> None:
        """Closes the channels; safe to call twice."""
        channels, self._channels = self._channels, None
        self._attachment = None
        if channels is not None:
            channels.close()

    def recheck_channels(self) -> None:
        """Check the channels before they are used again: the process may have other ports."""
        if self._channels is not None:
            self._channels.note_restarted()

    async def close(self) -> None:
        """Ends the task and closes the channels; safe to call twice."""
        task, self._task = self._task, None
        if task is not None and task is not asyncio.current_task():
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        self.disconnect()

    def _on_task_done(self, task: asyncio.Task[None]) -> None:
        if task.cancelled() or task.exception() is None:
            return
        self._log.error(
            "jupyter_namespace_viz: the link to kernel %s broke",
            self._kernel_id,
            exc_info=task.exception(),
        )
        message = sentence(
            "Internal error: this kernel is no longer watched. See the server's log."
        )
        self._report(events.Refused("unreachable", message))

    # --- the task

    async def _follow(self) -> None:
        """Attaches and asks what is due, until it is cancelled or the kernel cannot be asked."""
        loop = asyncio.get_running_loop()
        delay = RETRY_DELAY
        self._schedule.note_message(loop.time())
        while True:
            if not self._is_known():
                self._report(events.Removed())
                return
            self._transport.follow_restarter(self._owner)
            try:
                if not self._transport.has_process():
                    await asyncio.sleep(RETRY_DELAY)
                    continue
                attachment = await self._attach()
                delay = RETRY_DELAY
                await self._ask_what_is_due(attachment)
            except NotPython as problem:
                self._report(events.Refused("not_python", problem.message, problem.language))
                return
            except (Unreachable, ProbeRefused) as problem:
                self._report(events.Refused("unreachable", problem.message))
                return
            except ProbeMissing as problem:
                self._log.debug("jupyter_namespace_viz: kernel %s: %s", self._kernel_id, problem)
            except KernelGone as problem:
                self._report(events.NotFound(problem.message))
            except ConnectionLost as problem:
                self._report(events.FellSilent(problem.message))
            except KernelSilent:
                if self._schedule.is_silent(loop.time()):
                    self._report(events.FellSilent(SILENT))
            self._owner.happened(events.AttemptFailed(self._silence))
            await asyncio.sleep(delay)
            delay = min(2 * delay, LONGEST_RETRY_DELAY)

    async def _attach(self) -> Attachment:
        channels = self._channels
        if channels is None or not channels.is_current():
            old, self._attachment = channels, None
            channels = await self._transport.connect(self._owner, self._silence)
            self._channels = channels
            self._activity.reset()  # what ended without a connection was not noticed
            if old is not None:
                old.close()  # not before: how the process ends is said only once
        life = self._owner.life
        # A process that has been heard may have nothing more to say before it is asked.
        is_to_come = life.session is None and (
            life.is_starting or life.has_announced_end or self._transport.is_starting()
        )
        after_first_message = is_to_come and channels.hears_first_message
        # A shell that starts does not answer either. The start of a cell there would be heard.
        on_kept_waiting = None if is_to_come else self._on_kept_waiting
        attachment = Attachment(channels, life.ended_session, on_kept_waiting, self._log)
        self._attachment = attachment
        other_language = self._transport.other_language() if life.language is None else None
        if other_language is not None:
            raise NotPython(*other_language)
        await attachment.attach(self._ask_timeout, after_first_message)
        self._schedule.note_message(asyncio.get_running_loop().time())
        session = attachment.client.heard_session
        self._owner.happened(events.ProbeAnswered(session, attachment.language))
        await self._poller.take_snapshot(attachment.client)
        self._poller.note_attached()
        self._report(events.Attached())
        return attachment

    async def _ask_what_is_due(self, attachment: Attachment) -> None:
        self._poller.wake()
        while attachment.is_ready:
            await self._poller.wait()
            await self._poller.ask_due(attachment.client)
            self._owner.publish()

    def _on_kept_waiting(self) -> None:
        self._activity.suppose_busy(True)
        self._owner.publish()

    def _report(self, event: events.Event) -> None:
        self._owner.happened(event)
        self._owner.publish()
