"""What is due at which time, and how long may the kernel be left alone?"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from jupyter_namespace_viz.kernel.polling import (
    LONGEST_QUIET,
    POLL_INTERVAL,
    PollSchedule,
    Question,
    Situation,
)

SILENCE = 10.0
QUIET = SILENCE / 2

IDLE = Situation(is_busy=False)
BUSY = Situation(is_busy=True)
MISSED = Situation(is_busy=False, is_in_sync=False)


def reported_at(seconds: float, has_threads: bool) -> PollSchedule:
    """A kernel that was attached, and then polled, at this time."""
    schedule = PollSchedule(SILENCE)
    schedule.note_message(seconds)
    schedule.note_report(seconds)
    schedule.note_snapshot()
    schedule.note_poll(was_quiet=False, has_threads=has_threads)
    return schedule


# seconds since a report, whether threads may bind names, the situation: what is due
DUE: dict[str, tuple[float, bool, Situation, Question | None]] = {
    "nothing": (1.0, False, IDLE, None),
    "a message was missed": (0.0, False, MISSED, "snapshot"),
    "a message was missed, and nothing was heard for long": (QUIET, True, MISSED, "snapshot"),
    "names are not described": (0.0, False, Situation(False, is_described=False), "descriptions"),
    "modules": (0.0, False, Situation(False, are_modules_due=True), "modules"),
    "names are not described, and modules": (
        0.0, False, Situation(False, is_described=False, are_modules_due=True), "descriptions",
    ),
    "threads, too early": (POLL_INTERVAL - 0.01, True, IDLE, None),
    "threads": (POLL_INTERVAL, True, IDLE, "poll"),
    "threads, and names are not described": (
        POLL_INTERVAL, True, Situation(False, is_described=False), "poll",
    ),
    "threads while a cell runs": (POLL_INTERVAL, True, BUSY, None),
    "nothing was heard, too early": (QUIET - 0.01, False, IDLE, None),
    "nothing was heard for long": (QUIET, False, IDLE, "poll"),
    "nothing was heard for long while a cell runs": (QUIET, False, BUSY, None),
    "a message was missed while a cell runs": (
        0.0, False, Situation(True, is_in_sync=False), "snapshot",
    ),
    "modules while a cell runs": (0.0, False, Situation(True, are_modules_due=True), "modules"),
    "a probe that answers between cells": (
        0.0, False, Situation(False, answers_when_busy=False, is_in_sync=False), "snapshot",
    ),
    "a probe that answers between cells, while one runs": (
        0.0, False, Situation(True, answers_when_busy=False, is_in_sync=False), None,
    ),
    "a probe that answers between cells is not polled": (
        QUIET, True, Situation(False, answers_when_busy=False), None,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", DUE)
def test_what_is_due(case: str) -> None:
    seconds, has_threads, situation, expected = DUE[case]
    schedule = reported_at(100.0, has_threads)
    assert schedule.due_question(100.0 + seconds, situation) == expected


def test_after_a_report_threads_are_assumed_until_a_poll_says_otherwise() -> None:
    schedule = reported_at(100.0, has_threads=False)
    schedule.note_report(101.0)
    assert schedule.due_question(101.0 + POLL_INTERVAL, IDLE) == "poll"
    schedule.note_poll(was_quiet=False, has_threads=False)
    assert schedule.due_question(101.0 + POLL_INTERVAL, IDLE) is None


def test_a_required_snapshot_is_due_until_it_comes() -> None:
    schedule = reported_at(100.0, has_threads=False)
    schedule.require_snapshot()
    assert schedule.due_question(100.0, IDLE) == "snapshot"
    schedule.note_report(100.0)
    assert schedule.due_question(100.0, IDLE) == "snapshot"
    schedule.note_snapshot()
    assert schedule.due_question(100.0, IDLE) is None


# what happened; then: how long may the link wait while the kernel is idle, and while it is busy
WAITS: dict[str, tuple[Callable[[PollSchedule], None], float, float]] = {
    "no threads": (lambda it: None, QUIET, QUIET),
    "a report": (lambda it: it.note_report(100.0), POLL_INTERVAL, QUIET),
    "threads": (lambda it: it.note_poll(False, True), POLL_INTERVAL, QUIET),
    "a quiet kernel that answers": (lambda it: it.note_poll(True, False), 2 * QUIET, 2 * QUIET),
    "a quiet kernel with threads that answers": (
        lambda it: it.note_poll(True, True), POLL_INTERVAL, 2 * QUIET,
    ),
    "a kernel that is quiet for ever": (
        lambda it: [it.note_poll(True, False) for _ in range(9)], LONGEST_QUIET, LONGEST_QUIET,
    ),
    "a quiet kernel that is used again": (
        lambda it: [it.note_poll(True, False), it.note_use()], QUIET, QUIET,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", WAITS)
def test_how_long_the_kernel_is_left_alone(case: str) -> None:
    happens, idle, busy = WAITS[case]
    schedule = reported_at(100.0, has_threads=False)
    happens(schedule)
    assert (schedule.longest_wait(False), schedule.longest_wait(True)) == (idle, busy)


def test_a_long_silence_is_never_shortened() -> None:
    schedule = PollSchedule(4 * LONGEST_QUIET)
    schedule.note_poll(was_quiet=True, has_threads=False)
    assert schedule.longest_wait(False) == 2 * LONGEST_QUIET


@pytest.mark.parametrize(
    ("seconds", "is_quiet", "is_silent"),
    [(0.0, False, False), (QUIET, True, False), (SILENCE, True, True)],
)
def test_silence(seconds: float, is_quiet: bool, is_silent: bool) -> None:
    schedule = reported_at(100.0, has_threads=False)
    now = 100.0 + seconds
    assert (schedule.is_quiet(now), schedule.is_silent(now)) == (is_quiet, is_silent)
