"""Does the plan for stale cells leave no cell stale but those that it announces?"""

from __future__ import annotations

import random
import re

import pytest

from jupyter_namespace_viz.core.plan.stale_cells import stale_plan
from tests.core.tools.played_kernel import PlayedKernel
from tests.core.tools.played_stories import play

HANDLED = "a = [2]\ntry: b\nexcept NameError: pass"

PLANS = [
    # sources, story, the plan, the cells that stay stale with those that keep them so
    pytest.param(("a = 1", "b = a", "c = b"), "1 2 3\n1: z = 1\n2: b = z", "1 2 3", "",
                 id="a rename that others follow, which are blocked now"),
    pytest.param(("a = 1", "b = a", "c = b"), "1 2 3\n1: z = 1", "1", "2<2 3<2",
                 id="a rename that others do not follow"),
    pytest.param(("a = 1", "b = a", "c = b", "d = 4"), "1 2 3 4\n2: b = gone\n4: d = 5", "4",
                 "2<2 3<2", id="an edit after which a cell would raise"),
    pytest.param(("a = 1", "b = a", "c = 3", "d = c"), "1 2 3 4\n-1\n3: c = 4", "3 4", "2<2",
                 id="a deleted cell"),
    pytest.param(("a = 1", "b = a"), "1 2\n1: a = (", "", "1<1 2<1", id="text that does not parse"),
    pytest.param(("a = [1]", HANDLED, "b = [3]", "del a"), "1 3 4", "2 4", "2<2",
                 id="a cell that has yet to run, and would read a value of a cell below"),
    pytest.param(("a = [1]; b = [2]", "b", "b[:]", "a"), "1 2 4\n1 3\nconsole: del b", "1 2 3 4",
                 "", id="a provider that runs again, which would make another cell stale"),
    pytest.param(("a = [1]", "b = a[:]", "b"), "1 2 3\nconsole: del a\n2", "1 2 3", "",
                 id="a provider that failed for want of a name"),
    pytest.param(("a = [1]", "b = a[9]", "b"), "1\nconsole: b = 1\n2 3", "", "3<2",
                 id="a provider that failed for another reason"),
    pytest.param(("import random; random.seed(1)", "random.random(); 1 / len('')",
                  "x = random.random()"), "1 2 3", "", "3<3",
                 id="random numbers after those of a cell that failed"),
    pytest.param(("import random; random.seed(1)", "random.random()", "x = random.random()"),
                 "1 3", "1 2 3", "", id="random numbers after those of a cell that can run"),
]  # fmt: skip


@pytest.mark.parametrize(("sources", "story", "steps", "left"), PLANS)
def test_the_plan_and_what_it_leaves(
    sources: tuple[str, ...], story: str, steps: str, left: str
) -> None:
    found = stale_plan(play(sources, story).verdict())
    assert " ".join(step.cell_id[1:] for step in found.plan.steps) == steps
    assert " ".join(f"{it[1:]}<{cause[1:]}" for it, cause in found.left.items()) == left


def test_what_stays_stale_is_said_once_for_its_cause() -> None:
    found = stale_plan(play(("a = 1", "b = a", "c = b"), "1 2 3\n1: z = 1").verdict())
    assert [(it.name, it.reason) for it in found.plan.unresolved] == [
        ("a", "Cell 2 stays stale. `a` is no longer defined by any cell: cell 1 was "
              "edited after defining it. A restart will lose it."),
    ]  # fmt: skip


def test_a_cell_that_has_yet_to_run_will_be_stale() -> None:
    sources = ("a = [1]", HANDLED, "b = [3]", "del a")
    verdict = play(sources, "1 3 4").verdict()
    assert [(it.name, it.reason) for it in stale_plan(verdict).plan.unresolved] == [
        ("b", "Cell 2 will be stale. Used `b` from cell 3, further down."),
    ]


# Really run: notebooks of random cells after random stories.

NAMES = "abc"


def random_cell(chance: random.Random) -> str:
    name, other = chance.choice(NAMES), chance.choice(NAMES)
    read = " + ".join(["[1]", *chance.sample(NAMES, chance.choice([0, 0, 1, 1, 2]))])
    return chance.choices(
        [f"{name} = {read}", f"{name} += [2]", f"{name}.append(3)",
         f"def f_{name}(): return {read}", f"{name} = f_{other}()",
         f"{name} = [4]\ntry: {other}\nexcept NameError: pass"],
        [9, 3, 3, 2, 2, 1],
    )[0]  # fmt: skip


def random_story(chance: random.Random) -> PlayedKernel:
    kernel = PlayedKernel(*(random_cell(chance) for _ in range(chance.randint(3, 7))))
    for _ in range(chance.randint(3, 12)):
        cell_id = chance.choice(list(kernel.cells))
        what = chance.random()
        if what < 0.75:
            kernel.run(cell_id)
        elif what < 0.85:
            old = rf"\b(f_)?{chance.choice(NAMES)}\b"
            kernel.edit(cell_id, re.sub(old, r"\g<1>z", kernel.cells[cell_id]))
        elif what < 0.95:
            kernel.edit(cell_id, random_cell(chance))
        elif len(kernel.cells) > 3:
            kernel.delete(cell_id)
    return kernel


@pytest.mark.parametrize("seed", range(150))
def test_exactly_what_is_announced_stays_stale(seed: int) -> None:
    kernel = random_story(random.Random(seed))
    found = stale_plan(kernel.verdict())
    for step in found.plan.steps:
        assert kernel.run(step.cell_id) is None, kernel.cells
    judge = kernel.verdict().judge
    assert judge is not None
    stale = [cell for index, cell in enumerate(kernel.cells) if judge.staleness.of(index)]
    assert stale == list(found.left), kernel.cells
