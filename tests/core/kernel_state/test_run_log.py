"""Which runs are known, which are not over, and which were dropped?"""

from __future__ import annotations

from dataclasses import replace
from typing import NoReturn

import pytest

from jupyter_namespace_viz.core.kernel_state import run_log
from jupyter_namespace_viz.core.kernel_state.namespace import HeldName, Run
from jupyter_namespace_viz.core.kernel_state.run_log import RunLog
from tests.core.tools.notebooks import run

C1, AGAIN, FAILED = run(1, "c1", "x = 1"), run(3, "c1", "x = 2"), run(4, "c1", "1 / 0", False)
CONSOLE = run(2, None, "y = 1")

# the runs, whether each is over, and its seconds; the last of each cell, the others, the seconds
ENTERED: list[tuple[list[tuple[Run, bool, float | None]], dict[str, Run], list[Run], object]] = [
    ([(C1, True, 0.5)], {"c1": C1}, [], {"c1": 0.5}),
    ([(C1, True, None)], {"c1": C1}, [], {}),
    ([(C1, True, 0.5), (AGAIN, True, 0.7)], {"c1": AGAIN}, [], {"c1": 0.7}),
    ([(C1, True, 0.5), (FAILED, True, 0.1)], {"c1": FAILED}, [], {"c1": 0.5}),
    ([(C1, True, 0.5), (AGAIN, False, None)], {"c1": C1}, [], {"c1": 0.5}),
    ([(CONSOLE, True, 0.5)], {}, [CONSOLE], {}),
]


@pytest.mark.parametrize(("entered", "by_cell", "others", "seconds"), ENTERED)
def test_runs_that_were_entered(
    entered: list[tuple[Run, bool, float | None]],
    by_cell: dict[str, Run],
    others: list[Run],
    seconds: object,
) -> None:
    log = RunLog()
    for one in entered:
        log.enter(*one)
    assert (log.by_cell, list(log.others.values()), log.seconds) == (by_cell, others, seconds)
    assert log.is_complete


def test_runs_of_one_cell_by_several_clients() -> None:
    log = RunLog()
    runs = [
        Run(serial, "c1", serial, f"x = {serial}", True, client)
        for serial, client in enumerate("AABA", 1)
    ]
    seen = []
    for one in runs:
        log.enter(one, True, None)
        seen.append([it.serial for it in log.replaced.values()])
    assert seen == [[], [], [2], [3]]
    assert log.by_cell == {"c1": runs[-1]}


def test_the_last_run_of_another_text() -> None:
    log = RunLog()
    former = []
    for serial, source in enumerate(["x = 1", "x = 1", "x = 2", "x = 2", "x = 3"], 1):
        log.enter(run(serial, "c1", source), True, None)
        former.append([it.serial for it in log.former.values()])
    assert former == [[], [], [2], [2], [4]]
    assert RunLog(before=log).former == log.former


def test_runs_without_a_cell_id_that_are_not_over() -> None:
    log = RunLog()
    log.enter(C1, False, None)
    log.enter(CONSOLE, False, None)
    assert (log.running, log.running_untagged) == (("c1",), (CONSOLE,))


def test_a_run_that_is_not_over() -> None:
    log = RunLog()
    assert log.enter(C1, False, None) is C1
    assert log.running == ("c1",)
    assert log.enter(run(1, "c1", "x = 1"), False, None) is C1
    assert log.of({1}, {}) == {1: C1}
    log.enter(C1, True, 0.5)
    assert log.is_unfinished(C1)
    log.finish(C1)
    assert not log.is_unfinished(C1)
    log.finish(C1)
    assert log.running == ()
    assert log.last_serial == 1


def test_runs_without_a_cell_are_dropped_where_there_are_too_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(run_log, "MOST_OTHER_RUNS", 2)
    log = RunLog()
    for serial in (1, 2, 3):
        log.enter(run(serial, None, "x"), True, None)
    assert sorted(log.others) == [2, 3]
    assert not log.is_complete


def test_seconds_outlive_the_process() -> None:
    assert RunLog({"c1": 0.5}).seconds == {"c1": 0.5}


class Unread(dict[str, HeldName]):
    """Names that may be millions."""

    def values(self) -> NoReturn:  # type: ignore[override]
        raise AssertionError("all were looked at")


def test_runs_are_found_without_looking_at_all_names() -> None:
    log = RunLog()
    log.enter(C1, True, None)
    assert log.of({1}, Unread()) == {1: C1}
    held = HeldName("x", "instance", "int", None, None, None, replace(C1, serial=7))
    assert log.of({1, 7}, {"x": held}) == {1: C1, 7: replace(C1, serial=7)}
