"""Which names are one problem, because the same runs mend them?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.problems.composer import problems_of
from jupyter_namespace_viz.core.problems.groups import MOST_RUNS
from tests.core.tools.played_stories import play

STORIES = [
    pytest.param(("a = 1\nb = 2", "a", "b", "1"), "4", ["a b: c2 c3"], id="of one provider"),
    pytest.param(("a = 1", "b = 2", "a + b", "1"), "4", ["a b: c3"], id="of one cell"),
    pytest.param(("a = 1", "b = 2", "a + b", "b", "1"), "5", ["a: c3", "b: c3 c4"],
                 id="of different cells"),
    pytest.param(("a = 1", "b = input() and a", "c = input() and b", "d = input() and c", "1"),
                 "5", ["a b c: c2 c3 c4"], id="of cells that miss names themselves"),
    pytest.param(("a = 1", "b = input() and a", "x = 1", "y = input() and x", "1"), "5",
                 ["a: c2", "x: c4"], id="of two chains"),
    pytest.param(("a = 1", "b = input() and a", "gone", "c = input() and b, gone", "1"), "5",
                 ["a b: c2 c4", "gone: c3 c4"], id="but no name that no run gives"),
]  # fmt: skip


@pytest.mark.parametrize(("sources", "story", "expected"), STORIES)
def test_groups(sources: tuple[str, ...], story: str, expected: list[str]) -> None:
    problems = problems_of(play(sources, story).verdict())
    assert [f"{' '.join(it.names)}: {' '.join(it.cells)}" for it in problems] == expected


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (MOST_RUNS, ["`x0` is missing: cell 1 has not run since the kernel started."]),
        (MOST_RUNS + 1, ["11 names are missing because the cells that define them have not run."]),
    ],
)
def test_many_names_are_one_problem(count: int, expected: list[str]) -> None:
    sources = [text for index in range(count) for text in (f"x{index} = 1", f"print(x{index})")]
    problems = problems_of(play([*sources, "1"], str(len(sources) + 1)).verdict())
    assert [it.message for it in problems][:1] == expected
    assert len(problems) == (1 if count > MOST_RUNS else count)
