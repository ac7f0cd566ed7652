"""What must run again so that no cell is stale?"""

from __future__ import annotations

import pytest

from tests.core.tools.played_stories import play

XYZ = ("x = [1]", "y = list(x)", "z = list(y)")
SEEDED = (
    "import random; random.seed(1)",
    "a = [random.random()]",
    "b = [random.random()]",
    "c = [random.random()]",
)

RENEWALS = [
    # sources, story, the cells of the plan that brings all up to date
    pytest.param(("x = [1]", "x *= 2", "y = len(x)"), "1 2 3 2", "1 2 3",
                 id="a cell that changes what it reads"),
    pytest.param(("x = [1]", "x.append(2)", "x.append(3)", "y = len(x)"), "1 2 3 4 3", "1 2 3 4",
                 id="all that changes it, from where it was bound"),
    pytest.param(("x = [1]", "w = len(x)", "x.append(2)", "y = len(x)"), "1 2 3 4 3", "1 2 3 4",
                 id="what reads it as it was before"),
    pytest.param(("x = 1", "w = [x]", "y = [x]", "x = 2"), "1 2 3 4 3", "1 2 3",
                 id="what reads a literal that another cell has taken the name from"),
    pytest.param(("x = [1]", "y = len(x)", "x = [2, 2]"), "1 2 3 2", "1 2",
                 id="what a cell below has bound to something else"),
    pytest.param(("x = [1]", "y = len(x)", "x = [2, 2]", "z = len(x)"), "1 2 3 4 2", "1 2",
                 id="and nothing that is fresh all the same"),
    pytest.param(("w = [1]", "x = list(w)", "x.append(2)", "y = len(x)"), "1 2 3 4\n4: y = 2",
                 "4", id="only the edited one"),
    pytest.param(("w = [1]", "x = list(w)", "w.append(len(x))\nx.append(2)", "y = len(x)"),
                 "1 2 3 4 3", "1 2 3 4", id="what that was made of, which changed as well"),
    pytest.param(("x = [1]", "y = len(x)"), "1 2\nconsole: x = [3, 3]\n2", "1 2",
                 id="what a console has bound"),
    pytest.param(("x = 1", "x += 1", "y = x"), "1 2 2 3", "1 2 3", id="a number"),
    pytest.param(SEEDED, "1 2 3 4 3", "1 2 3", id="random numbers, from the seed on"),
    pytest.param(("def f(): return 1", "y = f()", "z = [y]"), "1 2 3\n2: y = f() + 1", "2 3",
                 id="no function that is there"),
    pytest.param(XYZ, "1 2 3\n1: x = [2]", "1 2 3", id="what follows from an edit"),
]  # fmt: skip


@pytest.mark.parametrize(("sources", "story", "expected"), RENEWALS)
def test_the_plan_for_stale_cells_leaves_none(
    sources: tuple[str, ...], story: str, expected: str
) -> None:
    kernel = play(sources, story)
    steps = kernel.plan(None, "stale").steps
    assert " ".join(step.cell_id[1:] for step in steps) == expected
    for step in steps:
        kernel.run(step.cell_id)
    assert [cell.status for cell in kernel.verdict().cells if cell.status == "stale"] == []
