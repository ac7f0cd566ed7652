"""What does one kernel look like to those who watch it?"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from jupyter_namespace_viz.core.kernel_state.namespace import Namespace
from jupyter_namespace_viz.core.vocabulary import KernelState


@dataclass(frozen=True, slots=True)
class KernelView:
    """One kernel at one moment.

    `as_of` is when the kernel last told what its namespace holds, None if it never has in this
    generation: the namespace then holds nothing because nothing is known. `language` is None
    until it is known. `shares_files` tells whether the paths that the kernel tells mean the same
    here: they do not where it runs on another machine. `message` explains a state that needs it,
    in a sentence for the user.
    """

    kernel_id: str
    state: KernelState
    language: str | None
    as_of: datetime | None
    namespace: Namespace
    shares_files: bool
    message: str | None

    @property
    def is_first_answer_due(self) -> bool:
        """Whether it will soon be known what it holds; that a process starts *again* is news."""
        starts = self.state == "starting" and self.namespace.generation == 1
        return starts or self.state == "connecting"


class WatchedView:
    """A view, and those who want to know when it changes.

    `on_unwatched` is called when nobody has watched for `grace` seconds: a page that is loaded anew
    is away for some, and a program that asks now and then watches only while it asks.
    """

    def __init__(
        self,
        view: KernelView,
        on_unwatched: Callable[[], None],
        grace: float,
        log: logging.Logger,
    ) -> None:
        self.view = view
        self._on_unwatched = on_unwatched
        self._grace = grace
        self._log = log
        self._watchers: dict[object, Callable[[], None]] = {}
        self._waiting: asyncio.TimerHandle | None = None

    @property
    def is_watched(self) -> bool:
        """Whether anybody wants to know."""
        return bool(self._watchers)

    def watch(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Calls back whenever the view really changed; what it returns ends that."""
        key = object()
        self._watchers[key] = callback
        self._stop_waiting()

        def unwatch() -> None:
            if self._watchers.pop(key, None) is not None and not self._watchers:
                self.wait_for_watchers()

        return unwatch

    def wait_for_watchers(self) -> None:
        """Nobody watches: from now on the grace runs."""
        self._stop_waiting()
        loop = asyncio.get_running_loop()
        self._waiting = loop.call_later(self._grace, self._on_unwatched)

    def forget_watchers(self) -> None:
        """Calls nobody any more."""
        self._watchers.clear()
        self._stop_waiting()

    def _stop_waiting(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    def change(self, view: KernelView) -> None:
        """Takes the new view, and tells the watchers if more than its time is new."""
        before, self.view = self.view, view
        was_known, is_known = before.as_of is not None, view.as_of is not None
        if was_known == is_known and replace(before, as_of=None) == replace(view, as_of=None):
            return
        for callback in list(self._watchers.values()):
            try:
                callback()
            except Exception:  # noqa: BLE001
                # One watcher's mistake must not keep the kernel's messages from the others.
                self._log.exception("jupyter_namespace_viz: a watcher of a kernel failed")
