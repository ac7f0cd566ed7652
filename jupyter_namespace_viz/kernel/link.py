"""How is one kernel followed, for all who watch it?

A `KernelLink` is the server's end of the connection to one kernel, for as long as the server has
that kernel. It attaches the probe, applies what the probe pushes, and asks for what is missing.
Other modules decide, and the link obeys them: `life.py` (is this still the same process, and what
state is it in?) and `polling.py` (what must be asked, and when?).

While there is no watcher the link pauses. It has no connection and asks nothing, but it keeps what
it knows, and still notices restarts and deaths that the server itself reports. The probe remembers
what runs meanwhile.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timezone
from typing import Any

from jupyter_client.jsonutil import parse_date

from jupyter_namespace_viz.core.graph.dependency_graph import ReadSource
from jupyter_namespace_viz.core.kernel_state.notebooks import KernelNotebooks
from jupyter_namespace_viz.core.vocabulary import Beginning
from jupyter_namespace_viz.kernel import life_events as events
from jupyter_namespace_viz.kernel.activity import Activity
from jupyter_namespace_viz.kernel.connection import KernelConnection
from jupyter_namespace_viz.kernel.life import Command, Life, next_life
from jupyter_namespace_viz.kernel.module_queries import ModuleQueries
from jupyter_namespace_viz.kernel.polling import Poller, PollSchedule
from jupyter_namespace_viz.kernel.replica.namespace_replica import NamespaceReplica
from jupyter_namespace_viz.kernel.transports.base import KernelTransport, Message
from jupyter_namespace_viz.kernel.transports.endings import SHUT_DOWN, ProcessEnd
from jupyter_namespace_viz.kernel.view import KernelView
from jupyter_namespace_viz.kernel.watchers import WatchedView
from jupyter_namespace_viz.protocol.probe_messages import Delta

ASK_TIMEOUT = 5.0
"""Seconds after which a question is given up and asked again, unless `silence` is less."""


class KernelLink:
    """The server's end of the connection to one kernel.

    `notebooks` are those that have used the kernel. `is_known` says whether the server still has
    the kernel. `silence` is after how many seconds without a message the kernel counts as silent.
    `on_closed` is called once, when the kernel is gone for good. The link pauses after
    `disconnect_delay` seconds without a watcher.
    """

    def __init__(
        self,
        kernel_id: str,
        transport: KernelTransport,
        *,
        is_known: Callable[[], bool],
        on_closed: Callable[[], None],
        read: ReadSource,
        log: logging.Logger,
        silence: float,
        disconnect_delay: float,
        beginning: Beginning,
    ) -> None:
        self.kernel_id = kernel_id
        self.life = Life(beginning=beginning)
        self.notebooks = KernelNotebooks()
        self._transport = transport
        self._on_closed = on_closed
        self._ask_timeout = min(silence, ASK_TIMEOUT)
        self._activity = Activity()
        self._modules = ModuleQueries()
        self._replica = NamespaceReplica(read)
        self._replica.set_beginning(beginning)
        delay = min(disconnect_delay, transport.longest_disconnect_delay)
        self._watched = WatchedView(self._current_view(), self._pause, delay, log)
        self._heard_until: datetime | None = None
        self._schedule = PollSchedule(silence)
        self._poller = Poller(
            self._schedule,
            self._replica,
            self._activity,
            self._modules,
            is_watched=lambda: self._watched.is_watched,
            on_heard=self._heard,
            on_report=self._reported,
            timeout=self._ask_timeout,
        )
        self._connection = KernelConnection(
            kernel_id,
            self,
            transport,
            self._schedule,
            self._poller,
            self._activity,
            is_known=is_known,
            silence=silence,
            ask_timeout=self._ask_timeout,
            log=log,
        )
        self._commands: dict[Command, Callable[[], None]] = {
            Command.ATTACH: self._connection.attach,
            Command.STOP_ATTACHING: self._connection.stop_attaching,
            Command.DISCONNECT: self._connection.disconnect,
            Command.RECHECK_CHANNELS: self._connection.recheck_channels,
            Command.RESET_ACTIVITY: self._activity.reset,
            Command.RELEASE: self._modules.release,
            Command.DROP: self._drop,
        }

    # --- for watchers

    @property
    def view(self) -> KernelView:
        """The kernel at this moment."""
        return self._watched.view

    def watch(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Calls `callback()` after each real change of the view.

        Returns a function that stops this; it is safe to call twice.
        """
        self.happened(events.Resumed())
        self._poller.wake()  # what is not asked without a watcher may be due
        return self._watched.watch(callback)

    async def find_modules(self, names: Iterable[str], stars: Iterable[str] = ()) -> None:
        """Makes the namespace say, now and in later generations, what importing these modules would
        find, and what the star imports of `stars` give.

        Returns when the kernel has answered, or at once where it cannot be asked now: the answer
        then comes with a later change of the view.
        """
        self._modules.request(names, stars)
        if self._connection.can_ask:
            self._poller.wake()
            await self._modules.answered(self._ask_timeout)

    def check_modules(self, after: float = 0.0) -> None:
        """Files may have changed though nothing ran: asks for the modules again, unless that was
        done in the last `after` seconds.
        """
        if not self._modules.were_asked_within(after):
            self._modules.mark_all_due()
            self._poller.wake()

    def ask_again(self) -> None:
        """What is known may be wrong: asks the kernel for everything as soon as possible."""
        self._schedule.require_snapshot()
        self._poller.wake()

    def has_heard_until(self, date: datetime) -> bool:
        """Whether all messages that the kernel sent until then, by its clock, have been taken; True
        where they are not awaited.
        """
        heard = self._heard_until
        return heard is None or heard >= date or not self._connection.can_ask

    # --- start and end

    def start(self) -> None:
        """Starts to attach; needs a running event loop."""
        self._connection.attach()
        self._watched.wait_for_watchers()

    async def close(self) -> None:
        """Disconnects from the kernel, which keeps its probe; safe to call twice."""
        self.happened(events.Closed())
        await self._connection.close()
        self._transport.leave_restarter()
        self._modules.release()
        self._watched.forget_watchers()

    # --- what the server reports

    def note_restarted(self) -> None:
        """The server has restarted the kernel."""
        self.happened(events.Restarted())
        self.publish()

    def note_shut_down(self) -> None:
        """The server has shut the kernel down."""
        self.happened(events.Ended(SHUT_DOWN))
        self.publish()

    def note_removed(self) -> None:
        """The server does not have the kernel any more."""
        self.happened(events.Removed())
        self.publish()

    # --- what the kernel says (ChannelsListener)

    def on_iopub(self, message: Message) -> None:
        """A status, an announced run, a shutdown, or a message of our comm has arrived."""
        header, parent = message["header"], message["parent_header"]
        if header.get("session") == self.life.ended_session:
            return
        self._heard(header.get("session"))
        self._heard_until = date_of(header.get("date")) or self._heard_until
        push = self._connection.pushed(message)
        if push is not None:
            self._replica.apply(push)
            if self._replica.is_in_sync:
                self._reported(is_complete=False)
            if isinstance(push, Delta) and push.why == "cell":
                self._activity.note_delta(parent)
                self._modules.mark_all_due()
            self._poller.wake()
        elif header["msg_type"] == "shutdown_reply":
            restart = bool(message["content"].get("restart"))
            end = self._transport.end_of_announced_shutdown(restart)
            self.happened(events.EndAnnounced(end))
        elif parent.get("msg_type") == "execute_request" and not self._connection.is_ours(parent):
            self._schedule.note_use()
            was_not_reported = self._activity.follow(message)
            if was_not_reported and self._connection.can_ask:
                # The probe reports on a run before it is over. Is it still there?
                self._connection.attach()
            self._poller.wake()
        self.publish()

    def on_ended(self, end: ProcessEnd) -> None:
        """The kernel's process has ended or is about to, and has not announced it itself."""
        self.happened(events.Ended(end))
        self.publish()

    def on_found_dead(self) -> None:
        """The manager's restarter has found the process dead and starts it again."""
        self.happened(events.FoundDead())
        self.publish()

    def on_connection_lost(self, message: str) -> None:
        """The connection is lost; what is known stays until the kernel answers again."""
        self.happened(events.Disconnected(message))
        self.publish()

    # --- events of the process's life, and obeying them

    def happened(self, event: events.Event) -> None:
        """Something has happened in the life of the kernel's process: does what that requires."""
        before = self.life
        self.life, commands = next_life(before, event, asyncio.get_running_loop().time())
        if self.life.generation != before.generation:
            self._replica.end_generation(self.life.beginning)
        else:
            self._replica.set_beginning(self.life.beginning)
        for command in commands:
            self._commands[command]()

    def _heard(self, session: str | None) -> None:
        self._schedule.note_message(asyncio.get_running_loop().time())
        self.happened(events.Heard(session))

    def _reported(self, is_complete: bool) -> None:
        self._schedule.note_report(asyncio.get_running_loop().time())
        now = datetime.now(timezone.utc)
        self.happened(events.SnapshotTaken(now) if is_complete else events.ChangesTaken(now))

    def _pause(self) -> None:
        self.happened(events.Paused())
        self.publish()

    def _drop(self) -> None:
        self._transport.leave_restarter()
        self._on_closed()

    # --- the view

    def _current_view(self) -> KernelView:
        state = self.life.state(self._activity.is_busy, self._transport.is_starting())
        return KernelView(
            kernel_id=self.kernel_id,
            state=state,
            language=self.life.language,
            as_of=self.life.as_of,
            namespace=self._replica.namespace,
            shares_files=self._transport.shares_files,
            message=self.life.explanation(state),
            running_clients=self._activity.running_clients,
            running_codes=self._activity.running_codes,
        )

    def publish(self) -> None:
        """Shows the watchers what is known now."""
        self._watched.change(self._current_view())


def date_of(date: Any) -> datetime | None:
    """The date of a message, which a gateway sends as a text; None where it has none."""
    try:
        found = parse_date(date) if isinstance(date, str) else date
    except (ValueError, OverflowError):
        return None
    return found if isinstance(found, datetime) and found.tzinfo is not None else None
