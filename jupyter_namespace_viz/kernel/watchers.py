"""Who is called when the view of a kernel changes, and when is the last watcher gone?"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace

from jupyter_namespace_viz.kernel.view import KernelView


class WatchedView:
    """The current view of one kernel, and the callbacks of those who watch it.

    `on_unwatched` is called when there has been no watcher for `disconnect_delay` seconds. The
    delay is there because a page that reloads stops watching for a moment, and a program that asks
    from time to time watches only while it asks.
    """

    def __init__(
        self,
        view: KernelView,
        on_unwatched: Callable[[], None],
        disconnect_delay: float,
        log: logging.Logger,
    ) -> None:
        self.view = view
        self._on_unwatched = on_unwatched
        self._disconnect_delay = disconnect_delay
        self._log = log
        self._watchers: dict[object, Callable[[], None]] = {}
        self._timer: asyncio.TimerHandle | None = None

    @property
    def is_watched(self) -> bool:
        """Whether there is at least one watcher."""
        return bool(self._watchers)

    def watch(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Calls `callback()` after each real change of the view.

        Returns a function that stops this; it is safe to call twice.
        """
        key = object()
        self._watchers[key] = callback
        self._stop_timer()

        def unwatch() -> None:
            if self._watchers.pop(key, None) is not None and not self._watchers:
                self.wait_for_watchers()

        return unwatch

    def wait_for_watchers(self) -> None:
        """Starts the delay after which `on_unwatched` is called; needs a running event loop."""
        self._stop_timer()
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(self._disconnect_delay, self._on_unwatched)

    def forget_watchers(self) -> None:
        """Drops all callbacks and stops the delay."""
        self._watchers.clear()
        self._stop_timer()

    def change(self, view: KernelView) -> None:
        """Sets the view, and calls the watchers if more than `as_of` differs."""
        before, self.view = self.view, view
        was_known, is_known = before.as_of is not None, view.as_of is not None
        if was_known == is_known and replace(before, as_of=None) == replace(view, as_of=None):
            return
        for callback in list(self._watchers.values()):
            try:
                callback()
            except Exception:  # noqa: BLE001
                # An error in one watcher must not keep the kernel's messages from the others.
                self._log.exception("jupyter_namespace_viz: a watcher of a kernel failed")

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
