"""Are the problems of the latest state of a notebook reported, and only what changed?"""

from __future__ import annotations

import asyncio

import pytest

from jupyter_namespace_viz.core.analysis.cell_names import Cell
from jupyter_namespace_viz.core.forecast.findings import Finding
from jupyter_namespace_viz.notebook.assessment import Assessment
from jupyter_namespace_viz.notebook.problem_reporter import ProblemReporter, ProblemRequest
from jupyter_namespace_viz.protocol.panel_messages import Problems
from tests.notebook.test_assessment import IDLE
from tests.notebook.test_report_diff import assessed

READS_X, READS_Y, READS_NOTHING = Cell("a", "print(x)"), Cell("a", "print(y)"), Cell("a", "1")
BINDS_X = Cell("b", "x = 1")


class Received:
    """What a panel receives: the names of the problems, None for a list that did not change."""

    def __init__(self) -> None:
        self._messages: asyncio.Queue[Problems] = asyncio.Queue()
        self.failures: asyncio.Queue[Exception] = asyncio.Queue()
        self.reporter = ProblemReporter(self._messages.put, self.failures.put)
        self._revision = 0

    def show(self, *cells: Cell, in_full: bool = False) -> None:
        assessment = assessed(IDLE, *cells)
        forecast: list[Finding] | None = assessment.forecast() if in_full else None
        self._revision += 1
        self.reporter.report(ProblemRequest(self._revision, assessment, forecast))

    async def next(self) -> tuple[int, list[str] | None, list[str] | None]:
        message = await self._messages.get()
        lists = (message.now, message.after_restart)
        now, after = (
            None if them is None else [name for it in them for name in it.names] for them in lists
        )
        return message.revision, now, after

    def is_empty(self) -> bool:
        return self._messages.empty()


@pytest.fixture
def received() -> Received:
    return Received()


async def test_each_state_has_one_message_with_what_changed(received: Received) -> None:
    received.show(READS_X)
    assert await received.next() == (1, ["x"], None)
    received.show(READS_X)
    assert await received.next() == (2, None, None)
    received.show(READS_NOTHING)
    assert await received.next() == (3, [], None)


async def test_states_that_were_replaced_are_left_out(received: Received) -> None:
    received.show(READS_X)
    received.show(READS_Y)
    received.show(READS_NOTHING)
    assert await received.next() == (3, [], None)
    assert received.is_empty()


async def test_what_a_restart_would_bring_out_is_reported_on_request(received: Received) -> None:
    received.show(READS_X, BINDS_X, in_full=True)
    assert await received.next() == (1, ["x"], [])
    received.show(READS_X, BINDS_X)
    assert await received.next() == (2, None, None)


async def test_a_failure_is_told_and_the_next_state_is_reported(
    received: Received, monkeypatch: pytest.MonkeyPatch
) -> None:
    received.show(READS_X)
    assert await received.next() == (1, ["x"], None)
    with monkeypatch.context() as patch:
        patch.setattr(Assessment, "problem_list", _failing)
        received.show(READS_Y)
        assert str(await received.failures.get()) == "on purpose"
    received.show(READS_X)
    assert await received.next() == (3, ["x"], None)


def _failing(_: Assessment) -> None:
    raise LookupError("on purpose")


async def test_nothing_is_reported_after_the_end(received: Received) -> None:
    received.show(READS_X)
    received.reporter.close()
    received.reporter.close()
    await asyncio.sleep(0)
    assert received.is_empty()
