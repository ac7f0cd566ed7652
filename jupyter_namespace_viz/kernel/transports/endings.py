"""How did a life of the kernel's process end, and what comes after it?

Several signs come for one end, each with a part of the truth; `link.py` lists them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from jupyter_namespace_viz.core.vocabulary import Beginning


@dataclass(frozen=True, slots=True)
class Ending:
    """The end of a life: how the next one begins, if there is one, and what to tell the user."""

    beginning: Beginning
    then: Literal["starting", "dead"]
    message: str | None = None


RESTARTED = Ending("restarted", "starting")
RESTARTED_OR_SHUT_DOWN = Ending("unknown", "starting")
SHUT_DOWN = Ending("unknown", "dead", "The kernel was shut down.")
DIED = Ending("died", "dead", "The kernel died.")
DIED_AND_RESTARTS = Ending("died", "starting", "The kernel died. It is being restarted.")
GONE = Ending("unknown", "dead")
LEFT_DEAD = Ending("died", "dead", "The kernel died, and could not be restarted.")


def ending_of_closed_connection(manager: Any) -> Ending:
    """The process closed our connection."""
    if getattr(manager, "shutting_down", False):
        return RESTARTED_OR_SHUT_DOWN
    if getattr(manager, "autorestart", False) and getattr(manager, "owns_kernel", True):
        return DIED_AND_RESTARTS
    return DIED


def ending_of_announced_shutdown(manager: Any, restart: bool) -> Ending:
    """The process announced its end. One that nobody here asked for (a console's `quit`) counts
    as a death: the manager restarts the kernel."""
    if restart:
        return RESTARTED
    if getattr(manager, "shutting_down", False):
        return SHUT_DOWN
    return ending_of_closed_connection(manager)


class RestarterCallbacks:
    """Our callbacks with the manager's restarter, which is made when the kernel first starts."""

    def __init__(
        self, manager: Any, on_found_dead: Callable[[], None], on_left_dead: Callable[[], None]
    ) -> None:
        self._manager = manager
        self._callbacks = {"restart": on_found_dead, "dead": on_left_dead}
        self._are_added = False

    def add(self) -> None:
        """Adds them, if the restarter is there by now and they are not added yet."""
        if self._are_added or getattr(self._manager, "_restarter", None) is None:
            return
        for event, callback in self._callbacks.items():
            self._manager.add_restart_callback(callback, event)
        self._are_added = True

    def remove(self) -> None:
        """Removes them; safe to call twice."""
        if self._are_added:
            for event, callback in self._callbacks.items():
                self._manager.remove_restart_callback(callback, event)
        self._are_added = False
