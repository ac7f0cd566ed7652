"""What does one kernel hold, for all who watch it?

A `KernelLink` is the server's end of the talk with one kernel, for as long as that kernel lives. It
attaches, follows what the probe pushes, asks for what was missed, and notices when a life of the
kernel's process ends. While nobody watches it rests: it has no connection and asks nothing, but it
keeps what it knows, and hears what the server itself tells of restarts and deaths. What ran
meanwhile, the probe remembers.

The end of a life is noticed by the first sign of it:

- the kernel announces its shutdown on iopub (`shutdown_reply`, which tells a restart apart);
- its process closes our connection (killed, crashed, or told to restart at once);
- the manager's restarter finds it dead, or that of the gateway it runs behind;
- the server's events tell of a restart or a shutdown;
- a message comes from a process with another session id.

A connection to a gateway that is lost is no such sign: the process may be the same afterwards.

Several of them come for one end. The first one ends the generation, the others add what they know.
Each of them cancels an attachment that is under way and starts another: to lock the second out
would wait for a process that is gone.

The file is long because each of these signs may end a life at any point of the talk: whoever asks
must see the end at once, and a seam between the two would have nearly all of both on each side.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timezone
from typing import Any

from jupyter_namespace_viz.core.vocabulary import Beginning, KernelState
from jupyter_namespace_viz.kernel.activity import Activity
from jupyter_namespace_viz.kernel.attachment import (
    Attachment,
    NotPython,
    ProbeMissing,
    ProbeRefused,
)
from jupyter_namespace_viz.kernel.errors import ConnectionLost, KernelGone, KernelSilent
from jupyter_namespace_viz.kernel.module_queries import ModuleQuestions
from jupyter_namespace_viz.kernel.replica import Ledger, ReadText
from jupyter_namespace_viz.kernel.transports.base import (
    KernelChannels,
    Message,
    Unreachable,
)
from jupyter_namespace_viz.kernel.transports.endings import (
    DIED_AND_RESTARTS,
    GONE,
    LEFT_DEAD,
    RESTARTED,
    SHUT_DOWN,
    Ending,
    RestarterCallbacks,
)
from jupyter_namespace_viz.kernel.view import KernelView, WatchedView
from jupyter_namespace_viz.kernel.ways import way_to
from jupyter_namespace_viz.protocol.probe_messages import Delta, Described, Looked, Snapshot

ASK_TIMEOUT = 5.0
"""Seconds that one question may take before it is asked again, unless `silence` is less."""

LOOK_AGAIN = 0.7
"""Seconds from a run, or a look, to the next look at what threads bind while no cell runs."""

PAUSE = 0.1
"""Seconds between two looks at a process that is about to start."""

LONGEST_PAUSE = 2.0

LONGEST_QUIET = 30.0
"""Seconds after which also a kernel that has been idle for long is asked whether it is there."""

SILENT = "The kernel does not answer. It is asked on."

CHUNK = 5_000
"""Names in one question."""


class KernelLink:
    """The server's end of the talk with one kernel.

    `is_known` tells whether the server still has the kernel. `silence` is after how many seconds
    without a sign of life the kernel counts as silent. `on_closed` is called once, when the kernel
    is gone for good. `grace` is after how many seconds without anybody who watches it rests.
    """

    def __init__(
        self,
        kernel_id: str,
        kernel_manager: Any,
        *,
        is_known: Callable[[], bool],
        on_closed: Callable[[], None],
        read: ReadText,
        log: logging.Logger,
        silence: float,
        grace: float,
        beginning: Beginning,
    ) -> None:
        self.kernel_id = kernel_id
        self._way = way_to(kernel_manager, log)
        self._is_known = is_known
        self._on_closed = on_closed
        self._log = log
        self._silence = silence
        self._ask_timeout = min(silence, ASK_TIMEOUT)
        self._ledger = Ledger(read)
        self._ledger.tell_beginning(beginning)

        self._channels: KernelChannels | None = None
        self._attachment: Attachment | None = None
        self._session: str | None = None
        self._ended_session: str | None = None
        self._ended_at = 0.0
        self._heard_at = 0.0
        self._quiet = silence / 2  # seconds without a word after which it is asked for one
        self._final: KernelState | None = None
        self._starting = False
        self._is_leaving = False  # the process said that it ends
        self._silent: str | None = None  # and what to tell the user of it
        self._message: str | None = None
        self._language: str | None = None
        self._as_of: datetime | None = None
        self._told_at = 0.0
        self._may_change_unseen = False
        self._activity = Activity()
        self._restarter_found_it_dead = False
        self._restarter_callbacks = RestarterCallbacks(
            kernel_manager, self._on_found_dead, self._on_left_dead
        )

        self._modules = ModuleQuestions()
        self._work = asyncio.Event()
        self._is_doubted = False
        self._is_resting = False
        self._is_old = False
        self._task: asyncio.Task[None] | None = None
        self._is_closed = False
        grace = min(grace, self._way.longest_grace)
        self._watched = WatchedView(self._current_view(), self._rest, grace, log)

    # --- for those who watch

    @property
    def view(self) -> KernelView:
        """The kernel at this moment."""
        return self._watched.view

    def watch(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Calls back, without arguments, whenever the view really changed.

        Returns what ends that; it may be called twice.
        """
        self._wake()
        self._work.set()  # what nobody wanted to know may be due
        return self._watched.watch(callback)

    async def find_modules(self, names: Iterable[str], stars: Iterable[str] = ()) -> None:
        """Sees to it that the namespace tells of these modules, now and in later generations, and
        what the star imports of `stars` give.

        Returns when the kernel has told, or at once where it cannot be asked now; the answer then
        comes with a later change of the view.
        """
        self._modules.want(names, stars)
        if self._can_ask():
            self._work.set()
            await self._modules.answered(self._ask_timeout)

    def look_at_modules(self, after: float = 0.0) -> None:
        """Files may have changed though nothing ran: asks for the modules again, unless that was
        done in the last `after` seconds.
        """
        if not self._modules.were_asked_within(after):
            self._modules.fall_due()
            self._work.set()

    def ask_again(self) -> None:
        """Somebody doubts what is known: asks the kernel for all of it, as soon as it can be."""
        self._is_doubted = True
        self._work.set()

    # --- coming and going

    def start(self) -> None:
        """Starts to attach; needs a running event loop."""
        self._begin_attaching()
        self._watched.wait_for_watchers()

    async def close(self) -> None:
        """Lets go of the kernel, which keeps its probe; safe to call twice."""
        task, self._task = self._task, None
        self._is_closed = True
        if task is not None and task is not asyncio.current_task():
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        self._restarter_callbacks.remove()
        self._close_channels()
        self._modules.release()
        self._watched.forget_watchers()

    def _rest(self) -> None:
        """Nobody watches: what the kernel does is of no interest until somebody does."""
        if self._is_closed or self._is_resting:
            return
        self._is_resting = self._is_old = True
        if self._task is not None:
            self._task.cancel()
        self._close_channels()
        self._modules.release()
        self._activity = Activity()
        self._silent = None
        self._changed()

    def _wake(self) -> None:
        if self._is_resting:
            self._is_resting = False
            self._starting = False  # whatever started meanwhile has said so by now
            self._begin_attaching()

    def note_restarted(self) -> None:
        """The server has restarted the kernel."""
        if self._session is None:
            if self._channels is not None:
                self._channels.note_restarted()
            if not self._restarter_found_it_dead:
                self._ledger.tell_beginning("restarted")
            self._final = None
            self._starting = True
            self._changed()
            self._begin_attaching()
        elif self._is_resting:
            self._note_end(RESTARTED)
        else:
            # Either this is an old story by now, or the restart was missed: ask who is there.
            self._begin_attaching()

    def note_shut_down(self) -> None:
        """The server has shut the kernel down."""
        self._end_life(SHUT_DOWN)

    def note_gone(self) -> None:
        """The server has no such kernel any more."""
        self._final = "dead"
        self._message = self._message or "The kernel was shut down."
        self._changed()
        self._restarter_callbacks.remove()
        self._close_channels()
        self._modules.release()
        self._is_closed = True
        self._on_closed()

    def _begin_attaching(self) -> None:
        if self._is_closed or self._is_resting:
            return
        if self._task is not None:
            self._task.cancel()
        self._task = asyncio.get_running_loop().create_task(self._live())
        self._task.add_done_callback(self._on_task_done)

    def _on_task_done(self, task: asyncio.Task[None]) -> None:
        if task.cancelled() or task.exception() is None:
            return
        self._log.error(
            "jupyter_namespace_viz: the link to kernel %s broke",
            self.kernel_id,
            exc_info=task.exception(),
        )
        self._stop("unreachable", "The link to this kernel broke. The server's log says why.")

    def _close_channels(self) -> None:
        channels, self._channels = self._channels, None
        self._attachment = None
        if channels is not None:
            channels.close()

    # --- the talk

    async def _live(self) -> None:
        """Attaches, and serves what is asked for, until the life ends; tries on calmly."""
        loop = asyncio.get_running_loop()
        pause = PAUSE
        self._heard_at = loop.time()
        while True:
            if not self._is_known():
                self.note_gone()
                return
            self._restarter_callbacks.add()
            try:
                if not self._way.has_process():
                    await asyncio.sleep(PAUSE)
                    continue
                await self._attach()
                pause = PAUSE
                await self._serve()
            except NotPython as problem:
                self._language = problem.language
                self._stop("not_python", str(problem))
                return
            except (Unreachable, ProbeRefused) as problem:
                self._stop("unreachable", str(problem))
                return
            except ProbeMissing as problem:
                self._log.debug("jupyter_namespace_viz: kernel %s: %s", self.kernel_id, problem)
            except KernelGone as problem:
                self._close_channels()
                self._note_end(replace(GONE, message=str(problem)))
            except ConnectionLost as problem:
                self._note_silence(str(problem))
            except KernelSilent:
                if loop.time() - self._heard_at >= self._silence:
                    self._note_silence(SILENT)
            if self._session is None and loop.time() - self._ended_at > self._silence:
                # A connection that broke without the process having ended: the same one answers.
                self._ended_session = None
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)

    async def _attach(self) -> None:
        if self._channels is not None and not self._channels.is_current():
            self._close_channels()
        if self._channels is None:
            self._channels = await self._way.connect(self, self._silence)
            self._activity = Activity()  # what ended meanwhile, nobody told us
        attachment = Attachment(
            self._channels, self._ended_session, self._on_kept_waiting, self._log
        )
        self._attachment = attachment
        other_language = self._way.other_language() if self._language is None else None
        if other_language is not None:
            raise NotPython(*other_language)
        is_to_come = self._starting or self._is_leaving or self._way.is_starting()
        after_first_word = is_to_come and self._channels.hears_first_word
        await attachment.attach(self._ask_timeout, after_first_word)
        self._is_leaving = False
        self._heard(attachment.heard_session)
        self._language = attachment.language
        self._message = None
        await self._take_snapshot(attachment)
        self._starting = False
        self._restarter_found_it_dead = False
        namespace = self._ledger.namespace
        if namespace.generation > 1 and namespace.beginning == "unknown":
            # It was told to end, and is back: somebody restarted it.
            self._ledger.tell_beginning("restarted")
        self._modules.fall_due()
        self._changed()

    async def _serve(self) -> None:
        """Asks for what was missed and for modules, whenever there is reason to."""
        attachment = self._attachment
        assert attachment is not None
        self._work.set()
        while True:
            await self._wait_for_work()
            if not attachment.is_ready:
                return
            if not attachment.control_answers and self._activity.is_busy:
                continue  # the comm is answered when the cell is over, which wakes us again
            if self._is_doubted or not self._ledger.in_step:
                await self._take_snapshot(attachment)
            elif self._is_look_due(attachment):
                await self._look(attachment)
            while self._ledger.undescribed:
                await self._take_descriptions(attachment)
            is_busy = self._activity.is_busy
            if self._modules.are_due(is_busy, self._watched.is_watched):
                await self._modules.ask(attachment, self._ledger, is_busy, self._ask_timeout)
            self._changed()

    async def _wait_for_work(self) -> None:
        """Returns when something is to be asked, and from time to time to see who is there."""
        looks_again = self._may_change_unseen and not self._activity.is_busy
        pause = min(LOOK_AGAIN, self._quiet) if looks_again else self._quiet
        look = asyncio.get_running_loop().call_later(pause, self._work.set)
        try:
            await self._work.wait()
        finally:
            look.cancel()
        self._work.clear()

    def _is_look_due(self, attachment: Attachment) -> bool:
        """Whether the kernel might hang, or hold other names than it told at the end of a run.

        While a cell runs it tells by itself, and need not be able to answer.
        """
        now = asyncio.get_running_loop().time()
        can_tell = attachment.control_answers and not self._activity.is_busy
        is_due = now - self._heard_at >= self._quiet or (
            self._may_change_unseen and now - self._told_at >= LOOK_AGAIN
        )
        return is_due and can_tell

    async def _look(self, attachment: Attachment) -> None:
        """Asks for what no run has changed. It is also how a kernel that hangs is noticed."""
        is_quiet = asyncio.get_running_loop().time() - self._heard_at >= self._quiet
        looked = await attachment.ask({"op": "look"}, Looked, self._ask_timeout)
        self._heard(attachment.heard_session)
        self._told()
        self._may_change_unseen = looked.threads
        if is_quiet:
            self._quiet = max(self._quiet, min(2 * self._quiet, LONGEST_QUIET))
        if looked.delta is not None:
            self._ledger.apply(looked.delta)
            if not self._ledger.in_step:
                self._work.set()

    async def _take_snapshot(self, attachment: Attachment) -> None:
        ends_seen = self._activity.ends_seen
        snapshot = await attachment.ask({"op": "snapshot"}, Snapshot, self._ask_timeout)
        self._heard(attachment.heard_session)
        self._ledger.take_snapshot(snapshot)
        self._is_doubted = self._is_old = False
        if ends_seen == self._activity.ends_seen:
            self._activity.suppose_busy(snapshot.running is not None)
        self._activity.tell_snapshot()
        self._told()
        while self._ledger.undescribed:
            await self._take_descriptions(attachment)

    async def _take_descriptions(self, attachment: Attachment) -> None:
        names = sorted(self._ledger.undescribed)[:CHUNK]
        question = {"op": "describe", "names": names}
        described = await attachment.ask(question, Described, self._ask_timeout)
        self._ledger.take_descriptions(described, names)

    def _told(self) -> None:
        """The kernel has told what it holds now."""
        self._as_of = datetime.now(timezone.utc)
        self._told_at = asyncio.get_running_loop().time()
        self._may_change_unseen = True

    def _can_ask(self) -> bool:
        attachment = self._attachment
        return (
            attachment is not None
            and attachment.is_ready
            and not self._silent
            and (attachment.control_answers or not self._activity.is_busy)
        )

    # --- what the kernel says (ChannelsListener)

    def on_iopub(self, message: Message) -> None:
        """A status, an announced run, a shutdown, or a message of our comm."""
        header, parent = message["header"], message["parent_header"]
        if header.get("session") == self._ended_session:
            return
        self._heard(header.get("session"))
        attachment = self._attachment
        push = None if attachment is None else attachment.on_iopub(message)
        if push is not None:
            self._ledger.apply(push)
            if self._ledger.in_step:
                self._told()
            if isinstance(push, Delta) and push.why == "cell":
                self._activity.tell_delta(parent)
                self._modules.fall_due()
            self._work.set()
        elif header["msg_type"] == "shutdown_reply":
            restart = bool(message["content"].get("restart"))
            self._is_leaving = True
            self._end_life(self._way.ending_of_announced_shutdown(restart))
            return
        elif parent.get("msg_type") == "execute_request" and not self._is_ours(parent):
            self._quiet = self._silence / 2  # it is in use
            was_not_told = self._activity.follow(message)
            if was_not_told and self._can_ask():
                # The probe should have told before the run was over. Is it still there?
                self._begin_attaching()
            self._work.set()
        self._changed()

    def _is_ours(self, parent_header: Message) -> bool:
        channels = self._channels
        return channels is not None and parent_header.get("session") == channels.session_id

    def on_ended(self, ending: Ending) -> None:
        """The kernel's process ended, or is about to; it did not say so itself."""
        self._end_life(ending)

    def on_connection_lost(self, message: str) -> None:
        """What is known stays so until somebody answers again."""
        if not self._is_closed:
            self._note_silence(message)
            self._begin_attaching()

    def _on_found_dead(self) -> None:
        self._restarter_found_it_dead = True
        self._end_life(DIED_AND_RESTARTS)

    def _on_left_dead(self) -> None:
        self._end_life(LEFT_DEAD)

    def _on_kept_waiting(self) -> None:
        self._activity.suppose_busy(True)
        self._changed()

    # --- lives

    def _heard(self, session: str | None) -> None:
        """A sign of life from the process with this session id."""
        self._heard_at = asyncio.get_running_loop().time()
        self._silent = None
        if session is None or session in (self._session, self._ended_session):
            return
        if self._session is not None:
            # Another process, and nothing told us that the one before ended. It has started.
            self._note_end(RESTARTED)
            self._starting = False
            self._begin_attaching()
        self._session = session
        if self._final in (None, "dead"):  # else it is of a kind that we cannot ask, and stays so
            self._final = None
            self._message = None

    def _end_life(self, ending: Ending) -> None:
        """A life of the kernel's process is over; told again, it adds what was not known."""
        if not self._is_closed:
            self._note_end(ending)
            self._begin_attaching()

    def _note_end(self, ending: Ending) -> None:
        if self._session is not None:
            self._ledger.end_generation(ending.beginning)
            self._ended_session, self._session = self._session, None
            self._ended_at = asyncio.get_running_loop().time()
        elif self._ledger.namespace.beginning == "unknown":
            self._ledger.tell_beginning(ending.beginning)
        self._as_of = None
        self._is_old = False
        self._activity = Activity()
        self._silent = None
        if self._final != "dead":
            self._final = "dead" if ending.then == "dead" else None
            self._message = ending.message or self._message
        self._starting = ending.then == "starting"
        self._modules.release()
        self._changed()

    def _note_silence(self, message: str) -> None:
        self._silent = message
        self._modules.release()
        self._changed()

    def _stop(self, state: KernelState, message: str) -> None:
        """The kernel is of a kind that we cannot ask; another life of it may be of another."""
        self._final, self._message = state, message
        self._starting = False
        self._modules.release()
        self._changed()

    # --- the view

    def _state(self) -> KernelState:
        if self._final is not None:
            return self._final
        if self._silent:
            return "silent"
        if self._starting or (self._as_of is None and self._way.is_starting()):
            return "starting"
        if self._activity.is_busy:
            return "busy"
        return "connecting" if self._as_of is None or self._is_old else "idle"

    def _current_view(self) -> KernelView:
        state = self._state()
        message = self._silent if state == "silent" else self._message
        if message is None and state == "busy" and self._as_of is None:
            message = "The kernel can be asked for its names as soon as it is idle."
        return KernelView(
            kernel_id=self.kernel_id,
            state=state,
            language=self._language,
            as_of=self._as_of,
            namespace=self._ledger.namespace,
            shares_files=self._way.shares_files,
            message=message,
        )

    def _changed(self) -> None:
        self._watched.change(self._current_view())
