"""What does a sign say about the end of a kernel process?

There are several signs of one end, and each of them knows a part of it: see `kernel/life.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from jupyter_namespace_viz.core.sentences import sentence
from jupyter_namespace_viz.core.vocabulary import Beginning


@dataclass(frozen=True, slots=True)
class ProcessEnd:
    """What one sign says about the end of a process.

    `beginning` is how the next generation begins, if there is one; `next_state` is the kernel's
    state from now on; `message` explains it to the user, where that is needed.
    """

    beginning: Beginning
    next_state: Literal["starting", "dead"]
    message: str | None = None


RESTARTED = ProcessEnd("restarted", "starting")
RESTARTED_OR_SHUT_DOWN = ProcessEnd("unknown", "starting")
SHUT_DOWN = ProcessEnd("unknown", "dead", sentence("The kernel was shut down."))
DIED = ProcessEnd("died", "dead", sentence("The kernel died."))
DIED_AND_RESTARTS = ProcessEnd("died", "starting", sentence("The kernel died. Restarting…"))
RESTART_FAILED = ProcessEnd("died", "dead", sentence("The kernel died and could not be restarted."))
