"""Which life is the process in after each event, and what must the link do?"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone

import pytest

from jupyter_namespace_viz.kernel.life import Command, Life, next_life
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
    DIED,
    DIED_AND_RESTARTS,
    RESTART_FAILED,
    RESTARTED,
    RESTARTED_OR_SHUT_DOWN,
    SHUT_DOWN,
)

NOW = 100.0
AS_OF = datetime(2026, 1, 1, tzinfo=timezone.utc)
LATER = datetime(2026, 1, 2, tzinfo=timezone.utc)

ATTACH, DISCONNECT = Command.ATTACH, Command.DISCONNECT
NEW_PROCESS = (Command.RESET_ACTIVITY, Command.RELEASE, ATTACH)

NEW = Life()
STARTING = Life(is_starting=True)
LIVE = Life(session="s1", language="python", as_of=AS_OF)
SILENT = replace(LIVE, silence="It does not answer.")
PAUSED = replace(LIVE, is_paused=True, is_confirmed=False)

ENDED = replace(
    LIVE, generation=2, session=None, ended_session="s1", ended_at=NOW, as_of=None, is_starting=True
)
RESTARTING = replace(ENDED, beginning="restarted")
DYING = replace(ENDED, beginning="died", message="The kernel died. Restarting…")
SHUT = replace(
    ENDED, beginning="unknown", final="dead", is_starting=False, message="The kernel was shut down."
)
DEAD = replace(ENDED, beginning="died", final="dead", is_starting=False, message="The kernel died.")
NOT_PYTHON = Life(final="not_python", message="It runs R.", language="R")
CLOSED = replace(LIVE, is_closed=True)

# name: (before, event, after, what the link must do)
STEPS: dict[str, tuple[Life, Event, Life, tuple[Command, ...]]] = {
    # --- the process lives
    "the first message": (NEW, Heard("s1"), Life(session="s1"), ()),
    "another message": (LIVE, Heard("s1"), LIVE, ()),
    "a message without a session": (LIVE, Heard(None), LIVE, ()),
    "a message after a silence": (SILENT, Heard("s1"), LIVE, ()),
    "a late message of the process before": (RESTARTING, Heard("s1"), RESTARTING, ()),
    "the first message of the next process": (
        RESTARTING, Heard("s2"), replace(RESTARTING, session="s2"), (),
    ),
    "a message of a process that was taken for dead": (
        DEAD, Heard("s2"), replace(DEAD, session="s2", final=None, message=None), (),
    ),
    "a message of a kernel that cannot be asked": (
        NOT_PYTHON, Heard("s1"), replace(NOT_PYTHON, session="s1"), (),
    ),
    "a message of another process": (
        LIVE, Heard("s2"), replace(RESTARTING, session="s2", is_starting=False), NEW_PROCESS,
    ),
    "a message of another process at once after an end": (
        replace(RESTARTING, session="s2", ended_at=NOW - 0.5),
        Heard("s3"),
        replace(RESTARTING, session="s2", ended_at=NOW - 0.5),
        (),
    ),
    # --- attaching
    "the probe answers": (
        replace(DYING, has_announced_end=True),
        ProbeAnswered("s2", "python"),
        replace(DYING, session="s2", message=None),
        (),
    ),
    "a snapshot": (PAUSED, SnapshotTaken(LATER), replace(LIVE, is_paused=True, as_of=LATER), ()),
    "changes": (LIVE, ChangesTaken(LATER), replace(LIVE, as_of=LATER), ()),
    "changes before the snapshot": (
        PAUSED, ChangesTaken(LATER), replace(PAUSED, as_of=LATER), (),
    ),
    "attached for the first time": (STARTING, Attached(), NEW, ()),
    "attached after a restart": (
        RESTARTING, Attached(), replace(RESTARTING, is_starting=False), (),
    ),
    "attached after an end that did not say what follows": (
        replace(ENDED, was_found_dead=True),
        Attached(),
        replace(RESTARTING, is_starting=False),
        (),
    ),
    "the new process does not answer yet": (RESTARTING, AttemptFailed(NOW), RESTARTING, ()),
    "the old process may answer again": (
        replace(RESTARTING, ended_at=80.0),
        AttemptFailed(10.0),
        replace(RESTARTING, ended_at=80.0, ended_session=None),
        (),
    ),
    "an attempt fails while the process lives": (
        replace(LIVE, ended_session="s0"),
        AttemptFailed(10.0),
        replace(LIVE, ended_session="s0"),
        (),
    ),
    "not Python": (
        STARTING, Refused("not_python", "It runs R.", "R"), NOT_PYTHON, (Command.RELEASE,),
    ),
    "unreachable": (
        LIVE,
        Refused("unreachable", "No way."),
        replace(LIVE, final="unreachable", message="No way."),
        (Command.RELEASE,),
    ),
    # --- silence
    "silence": (LIVE, FellSilent("It does not answer."), SILENT, (Command.RELEASE,)),
    "a lost connection": (
        LIVE, Disconnected("It does not answer."), SILENT, (Command.RELEASE, ATTACH),
    ),
    # --- signs of an end
    "it announces a restart": (
        LIVE, EndAnnounced(RESTARTED), replace(RESTARTING, has_announced_end=True), NEW_PROCESS,
    ),
    "it announces a shutdown": (
        LIVE, EndAnnounced(SHUT_DOWN), replace(SHUT, has_announced_end=True), NEW_PROCESS,
    ),
    "it closes the connection and is not restarted": (LIVE, Ended(DIED), DEAD, NEW_PROCESS),
    "it closes the connection and is restarted": (
        LIVE, Ended(DIED_AND_RESTARTS), DYING, NEW_PROCESS,
    ),
    "it closes the connection because it was told to end": (
        LIVE, Ended(RESTARTED_OR_SHUT_DOWN), ENDED, NEW_PROCESS,
    ),
    "it ends in silence": (SILENT, Ended(DIED), DEAD, NEW_PROCESS),
    "it ends before it has answered": (
        NEW, Ended(DIED), Life(beginning="died", final="dead", message="The kernel died."),
        NEW_PROCESS,
    ),
    "the restarter finds it dead": (
        LIVE, FoundDead(), replace(DYING, was_found_dead=True), NEW_PROCESS,
    ),
    "the restarter gives up": (
        DYING,
        Ended(RESTART_FAILED),
        replace(DYING, final="dead", is_starting=False, message=RESTART_FAILED.message),
        NEW_PROCESS,
    ),
    "the server reports a restart": (LIVE, Restarted(), LIVE, (ATTACH,)),
    "the server reports a shutdown": (LIVE, Ended(SHUT_DOWN), SHUT, NEW_PROCESS),
    "the gateway does not have it": (
        LIVE,
        NotFound("It is gone."),
        replace(SHUT, message="It is gone."),
        (DISCONNECT, Command.RESET_ACTIVITY, Command.RELEASE),
    ),
    "the server does not have it": (
        LIVE,
        Removed(),
        replace(LIVE, final="dead", message="The kernel was shut down.", is_closed=True),
        (DISCONNECT, Command.RELEASE, Command.DROP),
    ),
    "the server does not have one that died": (
        DEAD,
        Removed(),
        replace(DEAD, is_closed=True),
        (DISCONNECT, Command.RELEASE, Command.DROP),
    ),
    # --- further signs of the same end
    "a second sign knows how the next one begins": (
        ENDED, Ended(DIED_AND_RESTARTS), DYING, NEW_PROCESS,
    ),
    "a second sign knows less": (
        RESTARTING, Ended(RESTARTED_OR_SHUT_DOWN), RESTARTING, NEW_PROCESS,
    ),
    "a second sign knows that it was a shutdown": (
        ENDED, Ended(SHUT_DOWN), SHUT, NEW_PROCESS,
    ),
    "a second sign does not revive a dead kernel": (
        SHUT, Ended(RESTARTED_OR_SHUT_DOWN), replace(SHUT, is_starting=True), NEW_PROCESS,
    ),
    "the server reports the restart of an ended process": (
        ENDED, Restarted(), RESTARTING, (Command.RECHECK_CHANNELS, ATTACH),
    ),
    "the server reports the restart of a dead kernel": (
        DEAD,
        Restarted(),
        replace(DEAD, beginning="restarted", final=None, is_starting=True, message=None),
        (Command.RECHECK_CHANNELS, ATTACH),
    ),
    "the server reports the restart of one that the restarter found dead": (
        replace(DYING, was_found_dead=True),
        Restarted(),
        replace(DYING, was_found_dead=True),
        (Command.RECHECK_CHANNELS, ATTACH),
    ),
    "the server reports the restart of one that cannot be asked": (
        NOT_PYTHON,
        Restarted(),
        replace(NOT_PYTHON, beginning="restarted", final=None, is_starting=True, message=None),
        (Command.RECHECK_CHANNELS, ATTACH),
    ),
    # --- without a watcher
    "the link pauses": (
        SILENT,
        Paused(),
        PAUSED,
        (Command.STOP_ATTACHING, DISCONNECT, Command.RESET_ACTIVITY, Command.RELEASE),
    ),
    "the link pauses twice": (PAUSED, Paused(), PAUSED, ()),
    "the link resumes": (
        PAUSED, Resumed(), replace(PAUSED, is_paused=False), (ATTACH,),
    ),
    "the link resumes after a start": (
        replace(PAUSED, is_starting=True), Resumed(), replace(PAUSED, is_paused=False), (ATTACH,),
    ),
    "the link resumes twice": (LIVE, Resumed(), LIVE, ()),
    "the server reports a restart during the pause": (
        PAUSED,
        Restarted(),
        replace(RESTARTING, is_paused=True),
        (Command.RESET_ACTIVITY, Command.RELEASE),
    ),
    "the restarter finds it dead during the pause": (
        PAUSED,
        FoundDead(),
        replace(DYING, is_paused=True, was_found_dead=True),
        (Command.RESET_ACTIVITY, Command.RELEASE),
    ),
    # --- the end of the link
    "the link is closed": (LIVE, Closed(), CLOSED, ()),
    "nothing counts after that": (CLOSED, Ended(DIED), CLOSED, ()),
}  # fmt: skip


@pytest.mark.parametrize("name", STEPS)
def test_an_event(name: str) -> None:
    before, event, after, commands = STEPS[name]
    assert next_life(before, event, NOW) == (after, commands)


# (life, whether a cell runs, whether the server has only started the process): state, explanation
STATES = [
    (NEW, False, True, "starting", None),
    (NEW, False, False, "connecting", None),
    (NEW, True, False, "busy", "The kernel is busy. Its names will be shown when it is idle."),
    (STARTING, True, False, "starting", None),
    (LIVE, False, False, "idle", None),
    (LIVE, False, True, "idle", None),
    (LIVE, True, False, "busy", None),
    (SILENT, True, False, "silent", "It does not answer."),
    (PAUSED, False, False, "connecting", None),
    (PAUSED, True, False, "busy", None),
    (RESTARTING, False, False, "starting", None),
    (DYING, False, False, "starting", "The kernel died. Restarting…"),
    (DEAD, True, True, "dead", "The kernel died."),
    (replace(DEAD, silence="It does not answer."), False, False, "dead", "The kernel died."),
    (NOT_PYTHON, False, False, "not_python", "It runs R."),
]


@pytest.mark.parametrize(("life", "is_busy", "is_process_starting", "state", "explanation"), STATES)
def test_the_state(
    life: Life, is_busy: bool, is_process_starting: bool, state: str, explanation: str | None
) -> None:
    found = life.state(is_busy, is_process_starting)
    assert (found, life.explanation(found)) == (state, explanation)


def test_a_kernel_that_is_restarted_again_and_again() -> None:
    life = LIVE
    for number in range(2, 5):
        for event in (EndAnnounced(RESTARTED), Ended(RESTARTED_OR_SHUT_DOWN), Restarted()):
            life, _ = next_life(life, event, NOW)
        assert (life.generation, life.beginning) == (number, "restarted")
        for event in (ProbeAnswered(f"s{number}", "python"), SnapshotTaken(AS_OF), Attached()):
            life, _ = next_life(life, event, NOW)
    assert life == replace(
        LIVE,
        generation=4, beginning="restarted", session="s4", ended_session="s3", ended_at=NOW,
    )  # fmt: skip
