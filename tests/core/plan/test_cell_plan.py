"""Does a plan give a cell what a run in order would give it?"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from jupyter_namespace_viz.core.graph.reaching_definitions import ReachingDefinitions
from jupyter_namespace_viz.core.plan.plan_types import Plan
from tests.core.tools.played_stories import play


def steps(plan: Plan) -> str:
    """The numbers of the cells to run; after a slash the names that the plan does not bind."""
    names = " ".join(found.name for found in plan.unresolved)
    found = (it.cell_id[1:] + (f": {it.code}" if it.code else "") for it in plan.steps)
    return " ".join(found) + (f" / {names}" if names else "")


PLANS = [
    # sources, story, the plan for the last cell
    pytest.param(("x = [1]", "x.append(2)", "len(x)"), "", "1 2", id="a change in place"),
    pytest.param(("x = [1]", "x.append(2)", "x = [3]", "len(x)"), "", "3",
                 id="not one of an object that is replaced later"),
    pytest.param(("x = [1]", "x.append(2)", "x.append(3)"), "", "1 2", id="before another change"),
    pytest.param(("x = [1]", "y = 2", "x.append(y)", "len(x)"), "", "1 2 3",
                 id="what the change needs"),
    pytest.param(("x = [1]", "x.append(gone)", "len(x)"), "", "1",
                 id="not a change that would raise"),
    pytest.param(("import re\ngone", "re"), "", "1: import re",
                 id="the import of a cell that would raise"),
    pytest.param(("x = gone", "x"), "", " / gone x", id="no cell that would raise"),
    pytest.param(("x = [1]", "x.append(2)", "y = len(x)", "y"), "", "1 2 3",
                 id="a change that a step needs"),
    pytest.param(("import re as m", "m.f()", "m"), "", "1", id="modules do not count"),
    pytest.param(("from re import sub", "sub.a = 1", "sub"), "", "1 2", id="parts of modules do"),
    pytest.param(("x = 1", "if x > 2: x = 2", "x"), "", "1 2",
                 id="a binding that may not happen, and the one before"),
    pytest.param(("x = [1]", "x.append(2); y = len(x)", "y"), "1 2\nconsole: del y", "1 2",
                 id="a step does not change an object a second time"),
    pytest.param(("x = 1", "x += 1; y = x", "y"), "1 2\nconsole: del y", "1 2",
                 id="nor a number"),
    pytest.param(("x = [1]", "y = len(x)", "y"), "1 2\nconsole: del y", "2",
                 id="what only reads does not matter"),
    pytest.param(("from tracemalloc import *", "linecache.x = 1", "linecache"), "", "1 2",
                 id="perhaps a module"),
    pytest.param(("from tracemalloc import *", "linecache.x = 1", "linecache"),
                 "1\nrestart", "1", id="a module, as was seen in an earlier kernel"),
    pytest.param(("from tracemalloc import *\nlinecache = []", "linecache.append(1)", "linecache"),
                 "console: import linecache\nrestart", "1 2", id="a module no more"),
]  # fmt: skip


@pytest.mark.parametrize(("sources", "story", "expected"), PLANS)
def test_the_plan_for_the_last_cell(sources: tuple[str, ...], story: str, expected: str) -> None:
    kernel = play(sources, story, {"tracemalloc": "linecache"})
    plan = kernel.plan(f"c{len(sources)}", "cells")
    assert steps(plan) == expected
    for step in plan.steps:
        assert kernel.run_text(step.code or kernel.cells[step.cell_id], step.cell_id) is None


def test_a_step_that_only_changes_a_name_says_so() -> None:
    kernel = play(("x = [1]", "x.append(2)", "len(x)"), "")
    assert [step.why for step in kernel.plan("c3", "cells").steps] == [
        "Defines `x`, which cells 2 and 3 need.",
        "Changes `x`, which cell 3 needs.",
    ]


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (("if 1 > k: x = 1", "x"), ["May define `x`, which cell 2 may need."]),
        (("x = 1", "if k: x"), ["Defines `x`, which cell 2 may need."]),
        (("x = [1]", "x.append(2)", "if k: x"), [
            "Defines `x`, which cells 2 and 3 need.", "Changes `x`, which cell 3 may need.",
        ]),
        (("x = 1", "if k: x = 2", "x"), [
            "Defines `x`, which cell 3 needs.", "May define `x`, which cell 3 may need.",
        ]),
    ],
)  # fmt: skip
def test_steps_that_are_perhaps_needed(sources: tuple[str, ...], expected: list[str]) -> None:
    kernel = play(sources, "console: k = 1")
    plan = kernel.plan(f"c{len(sources)}", "cells")
    assert [step.why for step in plan.steps] == expected


def test_the_plan_for_several_cells_has_what_all_of_them_lack() -> None:
    kernel = play(("a = 1", "b = 2", "c = 3", "a", "b", "c"), "")
    plan = kernel.plan_for(["c4", "c6"], "cells")
    assert steps(plan) == "1 3"


def test_a_plan_takes_a_time_that_grows_with_the_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    walk, found = ReachingDefinitions.all_before, list[int]()

    def counted(self: ReachingDefinitions, name: str, index: int) -> Iterator[int]:
        for definer in walk(self, name, index):
            found.append(definer)
            yield definer

    monkeypatch.setattr(ReachingDefinitions, "all_before", counted)
    numbers = []
    for count in (100, 200, 300):
        found.clear()
        sources = ["x = []", *["x.append(1)"] * count, "x"]
        found_steps = steps(play(tuple(sources), "").plan(f"c{count + 2}", "cells"))
        assert found_steps.split() == [str(it) for it in range(1, count + 2)]
        numbers.append(len(found))
    assert numbers[2] - numbers[1] == numbers[1] - numbers[0]
