"""What does the server's manager know of the process that it runs?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jupyter_namespace_viz.kernel.transports.base import ChannelsListener
from jupyter_namespace_viz.kernel.transports.endings import (
    DIED,
    DIED_AND_RESTARTS,
    RESTART_FAILED,
    RESTARTED,
    RESTARTED_OR_SHUT_DOWN,
    SHUT_DOWN,
    ProcessEnd,
)


def has_process(manager: Any) -> bool:
    """Whether the process runs; assumed where another server has started it."""
    return bool(manager.has_kernel) or not getattr(manager, "owns_kernel", True)


def end_of_closed_connection(manager: Any) -> ProcessEnd:
    """What it means that the process has closed our connection."""
    if getattr(manager, "shutting_down", False):
        return RESTARTED_OR_SHUT_DOWN
    if getattr(manager, "autorestart", False) and getattr(manager, "owns_kernel", True):
        return DIED_AND_RESTARTS
    return DIED


def end_of_announced_shutdown(manager: Any, restart: bool) -> ProcessEnd:
    """What it means that the process has announced its end.

    An end that the manager has not asked for (`quit` in a console) counts as a death: the manager
    restarts the kernel.
    """
    if restart:
        return RESTARTED
    if getattr(manager, "shutting_down", False):
        return SHUT_DOWN
    return end_of_closed_connection(manager)


class RestarterCallbacks:
    """Our callbacks with the manager's restarter, which is created when the kernel first starts."""

    def __init__(self, manager: Any) -> None:
        self._manager = manager
        self._callbacks: dict[str, Callable[[], None]] = {}

    def add(self, listener: ChannelsListener) -> None:
        """Adds them if there is a restarter and they are not added yet."""
        if self._callbacks or getattr(self._manager, "_restarter", None) is None:
            return
        self._callbacks = {
            "restart": listener.on_found_dead,
            "dead": lambda: listener.on_ended(RESTART_FAILED),
        }
        for event, callback in self._callbacks.items():
            self._manager.add_restart_callback(callback, event)

    def remove(self) -> None:
        """Removes them; safe to call twice."""
        callbacks, self._callbacks = self._callbacks, {}
        for event, callback in callbacks.items():
            self._manager.remove_restart_callback(callback, event)
