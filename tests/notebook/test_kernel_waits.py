"""Does a report wait for a kernel that takes long to start, and not for one that is stuck?"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace

import pytest

from jupyter_namespace_viz.core.kernel_state.namespace import Namespace
from jupyter_namespace_viz.core.vocabulary import KernelState
from jupyter_namespace_viz.kernel.watchers import WatchedView
from jupyter_namespace_viz.notebook.kernel_waits import FIRST_ANSWER_SECONDS, wait_for_first_answer
from tests.notebook.test_assessment import IDLE
from tests.server.test_shared_kernel import Clock

UNANSWERED = replace(IDLE, state="starting", as_of=None, namespace=Namespace(1))


class Waiting:
    """A wait for the first answer of a kernel that starts."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._clock = Clock(monkeypatch)
        self._kernel = WatchedView(UNANSWERED, lambda: None, 3600, logging.getLogger())
        self._wait = asyncio.ensure_future(wait_for_first_answer(self._kernel))

    async def is_over_after(self, part: float) -> bool:
        """Whether it is over when so much of the time has passed."""
        await self._go_on()
        self._clock.put_forward(part * FIRST_ANSWER_SECONDS)
        await self._go_on()
        return self._wait.done()

    async def _go_on(self) -> None:
        """Let the event loop do what is due."""
        for _ in range(10):
            await asyncio.sleep(0)

    def change(self, state: KernelState) -> None:
        self._kernel.change(replace(UNANSWERED, state=state))

    def answer(self) -> None:
        self._kernel.change(IDLE)


async def test_a_kernel_that_started_slowly_has_the_whole_time_for_its_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    waiting = Waiting(monkeypatch)
    assert not await waiting.is_over_after(0.8)
    waiting.change("connecting")
    assert not await waiting.is_over_after(0.8)
    waiting.answer()
    assert await waiting.is_over_after(0)


@pytest.mark.parametrize("state", ["starting", "connecting"])
async def test_a_kernel_that_does_not_go_on(
    monkeypatch: pytest.MonkeyPatch, state: KernelState
) -> None:
    waiting = Waiting(monkeypatch)
    waiting.change(state)
    assert not await waiting.is_over_after(0.8)
    assert await waiting.is_over_after(0.4)


@pytest.mark.parametrize("state", ["busy", "silent", "dead"])
async def test_a_kernel_whose_state_explains_itself(
    monkeypatch: pytest.MonkeyPatch, state: KernelState
) -> None:
    waiting = Waiting(monkeypatch)
    waiting.change(state)
    assert await waiting.is_over_after(0)
