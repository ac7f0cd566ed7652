"""What does a report, or a plan, wait for in the kernel?"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Protocol

from jupyter_namespace_viz.core.vocabulary import KernelState
from jupyter_namespace_viz.kernel.view import KernelView

FIRST_ANSWER_SECONDS = 2.0
"""How long a first report waits for the kernel to start, and then for its answer. Without the wait
it would say that nothing is known, and be replaced a moment later."""

PLAN_SECONDS = 10.0
"""How long a plan waits for the kernel's answer: without one it would be wrong, and what its steps
run would not be seen."""


class Watched(Protocol):
    """What says how a kernel is seen, and when that changes: a `KernelLink`, for instance."""

    @property
    def view(self) -> KernelView:
        """What is seen of it now."""

    def watch(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Calls `callback()` after each change of the view; returns a function that stops this."""


async def wait_for_first_answer(link: Watched) -> None:
    """Wait until it is known what the kernel holds, or why that is not known.

    2 s at most in each state of the kernel: one that took long to start answers soon afterwards.
    """
    has_changed = True
    while has_changed and link.view.is_first_answer_due:
        has_changed = await _wait_until(link, _differs_from(link.view.state), FIRST_ANSWER_SECONDS)


def _differs_from(state: KernelState) -> Callable[[KernelView], bool]:
    return lambda view: view.state != state or not view.is_first_answer_due


async def wait_until_watched(link: Watched) -> None:
    """Wait until code that runs from now on is seen, or never will be; 10 s at most."""
    await _wait_until(link, lambda view: view.is_watched, PLAN_SECONDS)


async def _wait_until(link: Watched, holds: Callable[[KernelView], bool], seconds: float) -> bool:
    """Wait until `holds` is true of the kernel, `seconds` at most; whether it became true."""
    has_held = asyncio.Event()

    def check() -> None:
        if holds(link.view):
            has_held.set()

    check()
    if has_held.is_set():
        return True
    unwatch = link.watch(check)
    with suppress(asyncio.TimeoutError):
        await asyncio.wait_for(has_held.wait(), seconds)
    unwatch()
    return has_held.is_set()
