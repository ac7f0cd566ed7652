"""What does a report, or a plan, wait for in the kernel?"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress

from jupyter_namespace_viz.kernel.link import KernelLink
from jupyter_namespace_viz.kernel.view import KernelView

FIRST_ANSWER_SECONDS = 2.0
"""How long a first report waits for the kernel's answer. Without the wait it would say that nothing
is known, and be replaced a moment later."""

PLAN_SECONDS = 10.0
"""How long a plan waits for the kernel's answer: without one it would be wrong, and what its steps
run would not be seen."""


async def wait_for_first_answer(link: KernelLink) -> None:
    """Wait until it is known what the kernel holds, or why that is not known; 2 s at most."""
    await _wait_until(link, lambda view: not view.is_first_answer_due, FIRST_ANSWER_SECONDS)


async def wait_until_watched(link: KernelLink) -> None:
    """Wait until code that runs from now on is seen, or never will be; 10 s at most."""
    await _wait_until(link, lambda view: view.is_watched, PLAN_SECONDS)


async def _wait_until(
    link: KernelLink, holds: Callable[[KernelView], bool], seconds: float
) -> None:
    """Wait until `holds` is true of the kernel; `seconds` at most."""
    has_held = asyncio.Event()

    def check() -> None:
        if holds(link.view):
            has_held.set()

    check()
    if has_held.is_set():
        return
    unwatch = link.watch(check)
    with suppress(asyncio.TimeoutError):
        await asyncio.wait_for(has_held.wait(), seconds)
    unwatch()
