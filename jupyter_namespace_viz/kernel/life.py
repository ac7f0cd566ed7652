"""Which life is the kernel's process in, and in what state is the kernel?

This is a state machine without I/O and without a clock: `next_life` takes the present `Life` and an
event, and returns the next `Life` and what the link must do.

One life is one process: its `generation` counts from 1. There are several signs of an end, and the
first of them ends the generation; the others add what they know:

- the kernel announces its shutdown on iopub (`shutdown_reply`, which says whether it restarts);
- its process closes our connection (it was killed, has crashed, or was told to restart at once);
- the restarter of the manager, or of the gateway, finds it dead, or fails to restart it;
- the server's events report a restart or a shutdown;
- a message comes from a process with another session id.

A lost connection to a gateway is no such sign: the process may be the same afterwards.

Every sign cancels an attachment that is under way and starts another one. To wait for the first one
instead would be to wait for a process that is gone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum, auto
from typing import Literal

from jupyter_namespace_viz.core.sentences import sentence
from jupyter_namespace_viz.core.vocabulary import Beginning, KernelState
from jupyter_namespace_viz.kernel.life_events import (
    Attached,
    AttemptFailed,
    ChangesTaken,
    Closed,
    Disconnected,
    EndAnnounced,
    Ended,
    Event,
    FellSilent,
    FoundDead,
    Heard,
    NotFound,
    Paused,
    ProbeAnswered,
    Refused,
    Removed,
    Restarted,
    Resumed,
    SnapshotTaken,
)
from jupyter_namespace_viz.kernel.transports.endings import (
    DIED_AND_RESTARTS,
    RESTARTED,
    ProcessEnd,
)


@dataclass(frozen=True, slots=True)
class Life:
    """Where the kernel's process is in its life, as far as the link knows.

    `session` is the session id of the process, None until it has answered; `ended_session` that of
    the process before it, whose late messages do not count, and `ended_at` when it ended (seconds,
    on the link's clock). `final` is a state that only another process can leave. `silence` explains
    to the user why nothing is heard, and is None while something is. `message` explains the state.
    `language` is that of the kernel, None until it is known.
    `as_of` is the time for which the names are known to be right, and `is_confirmed` is false from
    a pause until the next snapshot.
    """

    generation: int = 1
    beginning: Beginning = "unknown"
    session: str | None = None
    ended_session: str | None = None
    ended_at: float = 0.0
    final: Literal["dead", "not_python", "unreachable"] | None = None
    is_starting: bool = False
    has_announced_end: bool = False
    was_found_dead: bool = False
    is_paused: bool = False
    is_closed: bool = False
    silence: str | None = None
    message: str | None = None
    language: str | None = None
    as_of: datetime | None = None
    is_confirmed: bool = True

    def state(self, is_busy: bool, is_process_starting: bool) -> KernelState:
        """The kernel's state.

        `is_busy` says whether a cell runs; `is_process_starting`, whether the server still starts
        the process.
        """
        if self.final is not None:
            return self.final
        if self.silence is not None:
            return "silent"
        if self.is_starting or (self.as_of is None and is_process_starting):
            return "starting"
        if is_busy:
            return "busy"
        return "idle" if self.as_of is not None and self.is_confirmed else "connecting"

    def explanation(self, state: KernelState) -> str | None:
        """The sentence for the user that explains the state, where one is needed."""
        if state == "silent":
            return self.silence
        if self.message is None and state == "busy" and self.as_of is None:
            return sentence("The kernel is busy. Its names will be shown when it is idle.")
        return self.message


class Command(Enum):
    """What the link must do after an event."""

    ATTACH = auto()
    """Attach anew; an attachment that is under way is cancelled."""

    STOP_ATTACHING = auto()
    """Cancel the attachment, if there is one."""

    DISCONNECT = auto()
    """Close the channels."""

    RECHECK_CHANNELS = auto()
    """Check the channels before they are used again: the process may have other ports."""

    RESET_ACTIVITY = auto()
    """Forget which cells run."""

    RELEASE = auto()
    """Release callers that wait for an answer which will not come."""

    DROP = auto()
    """Leave the restarter, and report that the kernel is gone for good."""


SHORTEST_LIFE = 1.0
"""Seconds after an end in which the session id of a message is no sign of another end: code in the
kernel can send messages with any id."""

Step = tuple[Life, tuple[Command, ...]]
"""The life after an event, and what the link must do, in this order."""

_FORGET_PROCESS = (Command.RESET_ACTIVITY, Command.RELEASE)


def next_life(life: Life, event: Event, now: float) -> Step:
    """The life after `event`, which was noticed at `now` (seconds, on the link's clock)."""
    if life.is_closed:
        return life, ()
    match event:
        case Heard(session):
            is_other = session is not None and life.session not in (None, session)
            if is_other and now - life.ended_at < SHORTEST_LIFE:
                return life, ()
            return _heard(life, session, now)
        case ProbeAnswered(session, language):
            after, commands = _heard(replace(life, has_announced_end=False), session, now)
            return replace(after, message=None, language=language), commands
        case SnapshotTaken(as_of):
            return replace(life, as_of=as_of, is_confirmed=True), ()
        case ChangesTaken(as_of):
            return replace(life, as_of=as_of), ()
        case Attached():
            return _attached(life), ()
        case AttemptFailed(patience):
            # If the connection broke and the process did not end, the same process answers again.
            if life.session is None and now - life.ended_at > patience:
                return replace(life, ended_session=None), ()
            return life, ()
        case Refused(state, message, language):
            if state == "unreachable":
                language = life.language
            refused = replace(
                life, final=state, message=message, language=language, is_starting=False
            )
            return refused, (Command.RELEASE,)
        case FellSilent(message):
            return replace(life, silence=message), (Command.RELEASE,)
        case Disconnected(message):
            return replace(life, silence=message), (Command.RELEASE, *_attach(life))
        case Paused():
            return _paused(life)
        case Resumed():
            if not life.is_paused:
                return life, ()
            # A process that was starting when the link paused has said so by now.
            return replace(life, is_paused=False, is_starting=False), (Command.ATTACH,)
        case Closed():
            return replace(life, is_closed=True), ()
        case _:
            return _after_sign_of_end(life, event, now)


def _after_sign_of_end(
    life: Life, event: Ended | EndAnnounced | FoundDead | NotFound | Restarted | Removed, now: float
) -> Step:
    match event:
        case Ended(end):
            return _ended(life, end, now), (*_FORGET_PROCESS, *_attach(life))
        case EndAnnounced(end):
            after = replace(_ended(life, end, now), has_announced_end=True)
            return after, (*_FORGET_PROCESS, *_attach(life))
        case FoundDead():
            after = replace(_ended(life, DIED_AND_RESTARTS, now), was_found_dead=True)
            return after, (*_FORGET_PROCESS, *_attach(life))
        case NotFound(message):
            after = _ended(life, ProcessEnd("unknown", "dead", message), now)
            return after, (Command.DISCONNECT, *_FORGET_PROCESS)
        case Restarted():
            return _restarted(life, now)
        case Removed():
            message = life.message or sentence("The kernel was shut down.")
            removed = replace(life, final="dead", message=message, is_closed=True)
            return removed, (Command.DISCONNECT, Command.RELEASE, Command.DROP)


def _attach(life: Life) -> tuple[Command, ...]:
    return () if life.is_paused else (Command.ATTACH,)


def _heard(life: Life, session: str | None, now: float) -> Step:
    if life.silence is not None:
        life = replace(life, silence=None)
    if session is None or session in (life.session, life.ended_session):
        return life, ()
    commands: tuple[Command, ...] = ()
    if life.session is not None:
        # Another process, and no sign that the one before has ended. It has started already.
        life = replace(_ended(life, RESTARTED, now), is_starting=False)
        commands = (*_FORGET_PROCESS, *_attach(life))
    if life.final in (None, "dead"):  # the other states are those of a kernel that cannot be asked
        life = replace(life, final=None, message=None)
    return replace(life, session=session), commands


def _attached(life: Life) -> Life:
    life = replace(life, is_starting=False, was_found_dead=False)
    if life.generation > 1 and life.beginning == "unknown":
        # The process was told to end, and another one answers: that was a restart.
        return replace(life, beginning="restarted")
    return life


def _paused(life: Life) -> Step:
    if life.is_paused:
        return life, ()
    paused = replace(life, is_paused=True, is_confirmed=False, silence=None)
    return paused, (Command.STOP_ATTACHING, Command.DISCONNECT, *_FORGET_PROCESS)


def _restarted(life: Life, now: float) -> Step:
    if life.session is None:
        beginning = life.beginning if life.was_found_dead else "restarted"
        # The message explained the final state.
        message = life.message if life.final is None else None
        after = replace(life, beginning=beginning, final=None, is_starting=True, message=message)
        return after, (Command.RECHECK_CHANNELS, *_attach(life))
    if life.is_paused:
        return _ended(life, RESTARTED, now), _FORGET_PROCESS
    # Either the new process has answered already, or the restart was missed: ask who is there.
    return life, (Command.ATTACH,)


def _ended(life: Life, end: ProcessEnd, now: float) -> Life:
    """The life after a sign of an end; a further sign of the same end adds what was not known."""
    if life.session is not None:
        life = replace(
            life,
            generation=life.generation + 1,
            beginning=end.beginning,
            session=None,
            ended_session=life.session,
            ended_at=now,
        )
    elif life.beginning == "unknown":
        life = replace(life, beginning=end.beginning)
    if life.final != "dead":
        final: Literal["dead"] | None = "dead" if end.next_state == "dead" else None
        life = replace(life, final=final, message=end.message or life.message)
    is_starting = end.next_state == "starting"
    return replace(life, is_starting=is_starting, silence=None, as_of=None, is_confirmed=True)
