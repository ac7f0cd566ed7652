"""What can happen in the life of a kernel's process, as the link notices it?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from jupyter_namespace_viz.kernel.transports.endings import ProcessEnd


@dataclass(frozen=True, slots=True)
class Heard:
    """A message came from the process with this session id."""

    session: str | None


@dataclass(frozen=True, slots=True)
class ProbeAnswered:
    """The probe is installed and answers, in the process with this session id."""

    session: str | None
    language: str | None


@dataclass(frozen=True, slots=True)
class SnapshotTaken:
    """All names are known as they were at this time."""

    as_of: datetime


@dataclass(frozen=True, slots=True)
class ChangesTaken:
    """The names are known as they were at this time, if they were known before."""

    as_of: datetime


@dataclass(frozen=True, slots=True)
class Attached:
    """The attachment is complete."""


@dataclass(frozen=True, slots=True)
class AttemptFailed:
    """An attempt to attach or to ask failed.

    `patience` is after how many seconds the process that seemed to have ended may answer again.
    """

    patience: float


@dataclass(frozen=True, slots=True)
class Refused:
    """The kernel cannot be asked; only another process could be."""

    state: Literal["not_python", "unreachable"]
    message: str
    language: str | None = None


@dataclass(frozen=True, slots=True)
class FellSilent:
    """The kernel does not answer, or cannot be reached now."""

    message: str


@dataclass(frozen=True, slots=True)
class Disconnected:
    """The connection is lost; the process may go on."""

    message: str


@dataclass(frozen=True, slots=True)
class Ended:
    """Something other than the process itself says that the process ends or has ended."""

    end: ProcessEnd


@dataclass(frozen=True, slots=True)
class EndAnnounced:
    """The process says that it ends."""

    end: ProcessEnd


@dataclass(frozen=True, slots=True)
class FoundDead:
    """The manager's restarter has found the process dead and starts another."""


@dataclass(frozen=True, slots=True)
class NotFound:
    """The gateway does not have the kernel any more."""

    message: str


@dataclass(frozen=True, slots=True)
class Restarted:
    """The server reports that it has restarted the kernel."""


@dataclass(frozen=True, slots=True)
class Removed:
    """The server does not have the kernel any more."""


@dataclass(frozen=True, slots=True)
class Paused:
    """There is no watcher: the link disconnects and asks nothing."""


@dataclass(frozen=True, slots=True)
class Resumed:
    """There is a watcher again."""


@dataclass(frozen=True, slots=True)
class Closed:
    """The link is closed; no event counts after this."""


Event = (
    Heard
    | ProbeAnswered
    | SnapshotTaken
    | ChangesTaken
    | Attached
    | AttemptFailed
    | Refused
    | FellSilent
    | Disconnected
    | Ended
    | EndAnnounced
    | FoundDead
    | NotFound
    | Restarted
    | Removed
    | Paused
    | Resumed
    | Closed
)
