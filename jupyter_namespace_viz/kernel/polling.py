"""What must the kernel be asked now, and when again?

`PollSchedule` decides this, without I/O and without a clock. `Poller` asks what is due, and applies
the answers to the replica.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from jupyter_namespace_viz.kernel.activity import Activity
from jupyter_namespace_viz.kernel.module_queries import ModuleQueries
from jupyter_namespace_viz.kernel.probe_client import ProbeClient
from jupyter_namespace_viz.kernel.replica.namespace_replica import NamespaceReplica
from jupyter_namespace_viz.protocol.probe_messages import Described, PollAnswer, Snapshot

POLL_INTERVAL = 0.7
"""Seconds from a report on the names to the next poll, while threads may bind names."""

LONGEST_QUIET = 30.0
"""Seconds after which even a kernel that has been idle for long is asked whether it is there."""

CHUNK = 5_000
"""Names in one question."""

Question = Literal["snapshot", "poll", "descriptions", "modules"]


@dataclass(frozen=True, slots=True)
class Situation:
    """What determines which question is due, apart from the time.

    `answers_when_busy` is false where the probe answers only between two cells. `is_in_sync` is
    true while the replica has missed no message, `is_described` once it has the description of each
    name.
    """

    is_busy: bool
    answers_when_busy: bool = True
    is_in_sync: bool = True
    is_described: bool = True
    are_modules_due: bool = False


class PollSchedule:
    """Decides when the kernel is asked, and which question.

    `silence` is after how many seconds without a message a kernel counts as silent. All times are
    in seconds, on one clock.
    """

    def __init__(self, silence: float) -> None:
        self._silence = silence
        self._quiet = silence / 2  # seconds without a message after which the kernel is polled
        self._heard_at = 0.0
        self._reported_at = 0.0
        self._may_change_unseen = False
        self._is_snapshot_due = False

    def note_message(self, now: float) -> None:
        """A message came from the kernel, or the wait for one begins."""
        self._heard_at = now

    def note_report(self, now: float) -> None:
        """The kernel has reported which names it holds."""
        self._reported_at = now
        self._may_change_unseen = True

    def note_snapshot(self) -> None:
        """The report was complete."""
        self._is_snapshot_due = False

    def note_poll(self, was_quiet: bool, has_threads: bool) -> None:
        """A poll was answered; `was_quiet` is what `is_quiet` was before it.

        While nothing happens in the kernel, the interval doubles, up to LONGEST_QUIET.
        """
        self._may_change_unseen = has_threads
        if was_quiet:
            self._quiet = max(self._quiet, min(2 * self._quiet, LONGEST_QUIET))

    def note_use(self) -> None:
        """The user uses the kernel: from now on it is polled as often as at first."""
        self._quiet = self._silence / 2

    def require_snapshot(self) -> None:
        """What is known may be wrong: a snapshot is due."""
        self._is_snapshot_due = True

    def is_quiet(self, now: float) -> bool:
        """Whether the last message was so long ago that the kernel might hang."""
        return now - self._heard_at >= self._quiet

    def is_silent(self, now: float) -> bool:
        """Whether the last message was so long ago that the kernel counts as silent."""
        return now - self._heard_at >= self._silence

    def longest_wait(self, is_busy: bool) -> float:
        """Seconds until something may be due even if no message comes."""
        if self._may_change_unseen and not is_busy:
            return min(POLL_INTERVAL, self._quiet)
        return self._quiet

    def due_question(self, now: float, situation: Situation) -> Question | None:
        """What must be asked first, or None."""
        it = situation
        if it.is_busy and not it.answers_when_busy:
            return None  # the end of the cell will bring a message, and then it is due
        if self._is_snapshot_due or not it.is_in_sync:
            return "snapshot"
        if self._is_poll_due(now) and it.answers_when_busy and not it.is_busy:
            return "poll"
        if not it.is_described:
            return "descriptions"
        return "modules" if it.are_modules_due else None

    def _is_poll_due(self, now: float) -> bool:
        """While a cell runs no poll is needed: the probe pushes, and may be unable to answer."""
        interval_is_over = now - self._reported_at >= POLL_INTERVAL
        return self.is_quiet(now) or (self._may_change_unseen and interval_is_over)


class Poller:
    """Asks the probe what is due, and applies the answers to the replica.

    `on_heard` is called with the session id of the process that answered; `on_report` when the
    kernel has reported which names it holds, with whether that was all of them.
    """

    def __init__(
        self,
        schedule: PollSchedule,
        replica: NamespaceReplica,
        activity: Activity,
        modules: ModuleQueries,
        *,
        is_watched: Callable[[], bool],
        on_heard: Callable[[str | None], None],
        on_report: Callable[[bool], None],
        timeout: float,
    ) -> None:
        self._schedule = schedule
        self._replica = replica
        self._activity = activity
        self._modules = modules
        self._is_watched = is_watched
        self._on_heard = on_heard
        self._on_report = on_report
        self._timeout = timeout
        self._work = asyncio.Event()

    def note_attached(self) -> None:
        """The process may be another one than before: all modules must be asked for again."""
        self._modules.mark_all_due()

    def wake(self) -> None:
        """Something has happened: what is due must be decided again."""
        self._work.set()

    async def wait(self) -> None:
        """Returns after `wake`, or when something may be due even if nothing has happened."""
        longest = self._schedule.longest_wait(self._activity.is_busy)
        timer = asyncio.get_running_loop().call_later(longest, self._work.set)
        try:
            await self._work.wait()
        finally:
            timer.cancel()
        self._work.clear()

    async def ask_due(self, client: ProbeClient) -> None:
        """Asks all that is due; raises what `ProbeClient.ask` raises."""
        while (question := self._due_question(client)) is not None:
            if question == "snapshot":
                await self.take_snapshot(client)
            elif question == "poll":
                await self._poll(client)
            elif question == "descriptions":
                await self._take_descriptions(client)
            else:
                is_busy = self._activity.is_busy
                await self._modules.ask(client, self._replica, is_busy, self._timeout)

    async def take_snapshot(self, client: ProbeClient) -> None:
        """Asks for all names; raises what `ProbeClient.ask` raises."""
        ends_seen = self._activity.ends_seen
        snapshot = await client.ask({"op": "snapshot"}, Snapshot, self._timeout)
        self._on_heard(client.heard_session)
        self._replica.apply_snapshot(snapshot)
        self._schedule.note_snapshot()
        if ends_seen == self._activity.ends_seen:
            self._activity.suppose_busy(snapshot.running is not None)
        self._activity.note_snapshot()
        self._on_report(True)
        while self._replica.undescribed(1):
            await self._take_descriptions(client)

    def _due_question(self, client: ProbeClient) -> Question | None:
        is_busy = self._activity.is_busy
        situation = Situation(
            is_busy=is_busy,
            answers_when_busy=client.control_answers,
            is_in_sync=self._replica.is_in_sync,
            is_described=not self._replica.undescribed(1),
            are_modules_due=self._modules.are_due(is_busy, self._is_watched()),
        )
        return self._schedule.due_question(asyncio.get_running_loop().time(), situation)

    async def _poll(self, client: ProbeClient) -> None:
        """Asks for changes that no run has made. This also shows that a kernel hangs."""
        was_quiet = self._schedule.is_quiet(asyncio.get_running_loop().time())
        answer = await client.ask({"op": "look"}, PollAnswer, self._timeout)
        self._on_heard(client.heard_session)
        self._on_report(False)
        self._schedule.note_poll(was_quiet, answer.threads)
        if answer.delta is not None:
            self._replica.apply(answer.delta)

    async def _take_descriptions(self, client: ProbeClient) -> None:
        names = self._replica.undescribed(CHUNK)
        question = {"op": "describe", "names": names}
        described = await client.ask(question, Described, self._timeout)
        self._replica.apply_descriptions(described, names)
