"""Which problems does a notebook have, in which order, and what is only a symptom?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.forecast.restart_and_run_all import forecast
from jupyter_namespace_viz.core.kernel_state.namespace import ModuleAnswer
from jupyter_namespace_viz.core.problems.composer import problems_of, restart_problems
from jupyter_namespace_viz.core.problems.problem_types import NotebookProblem
from tests.core.tools.notebooks import environment_without, judged, kernel, notebook, run, value
from tests.core.tools.played_stories import play


def told(problems: tuple[NotebookProblem, ...]) -> list[str]:
    """One line each: `kind names: cells +dependents`."""
    return [
        f"{it.kind} {' '.join(it.names) or '-'}: {' '.join(it.cells)}"
        + (f" +{it.dependents}" if it.dependents else "")
        for it in problems
    ]


STORIES = [
    pytest.param(("a = 1", "b = a", "b"), "1 2 3", [], id="nothing is wrong"),
    pytest.param(("a = 1", "b = a", "b"), "", [], id="cells that wait are quiet"),
    pytest.param(("a = 1\nb = 2", "a", "b", "a + b", "1"), "5",
                 ["missing a b: c2 c3 c4"], id="all names of one provider"),
    pytest.param(("a = 1", "b = 2", "a + b", "1"), "4", ["missing a b: c3"],
                 id="all names of the same cells, which one run gives them"),
    pytest.param(("a = 1", "b = 2", "a + b", "b", "1"), "5",
                 ["missing a: c3", "missing b: c3 c4"],
                 id="each provider of other cells by itself"),
    pytest.param(("a = 1", "a + gone", "1"), "3", ["missing a: c2", "missing gone: c2"],
                 id="a name that no run gives"),
    pytest.param(("a = 1", "a + gone"), "", ["missing gone: c2"],
                 id="a name that no run gives, next to one that only waits"),
    pytest.param(("import re", "import io", "re, io", "re.a", "1"), "5",
                 ["missing_import io re: c3 c4"], id="all imports"),
    pytest.param(("x = 1", "y = x", "z = y", "1"), "4", ["missing x: c2 +1"],
                 id="what follows is only counted"),
    pytest.param(("gone", "b = gone", "b"), "", ["missing gone: c1 c2 +1"],
                 id="a name that no cell defines"),
    pytest.param(("a = 1", "b = a", "c = b"), "1 2 3\n1: a = 2", ["stale -: c1 c2 c3"],
                 id="all stale cells"),
    pytest.param(("a = 1", "b = a", "c = b"), "1 2 3\n1: z = 1",
                 ["ghost a: c2 +1", "stale -: c1"], id="a rename that others do not follow"),
    pytest.param(("a = 1", "b = a", "c = b"), "1 2 3\n1: z = 1\n2: b = z",
                 ["missing z: c2", "stale -: c1 c3"], id="a rename that others follow"),
    pytest.param(("a = [1]", "a, 1", "a, 2", "b = a", "b", "a = 3"), "1 2 3 4 5\n1: z = 1",
                 ["stale -: c1", "stale a: c2 c3 c4 +1"], id="a name that no cell above defines"),
    pytest.param(("a = [1]\nb = 2", "a, b"), "1 2\n-1", ["ghost a b: c2"],
                 id="all names of one deleted cell"),
    pytest.param(("if x: (", "y = 1", "y"), "2 3", ["syntax -: c1"], id="text that does not parse"),
    pytest.param(("x = 1\n(", "x"), "2", ["syntax -: c1 +1"],
                 id="a name that such text would define"),
    pytest.param(("import re", "re.a", "x"), "1\nconsole: re = 3",
                 ["missing x: c3", "clobbered re: c2"], id="the most urgent first"),
]  # fmt: skip


@pytest.mark.parametrize(("sources", "story", "expected"), STORIES)
def test_problems(sources: tuple[str, ...], story: str, expected: list[str]) -> None:
    assert told(problems_of(play(sources, story).verdict())) == expected


def test_a_module_that_is_not_installed_is_one_problem_with_all_that_lacks_it() -> None:
    graph = notebook("import cv2\nfrom cv2.a import *", "import sklearn, re", *["x = cv2.y"] * 9,
                     "x", "re")  # fmt: skip
    modules = [ModuleAnswer(name, False, absent=name.partition(".")[0])
               for name in ("cv2", "cv2.a", "sklearn")]  # fmt: skip
    verdict = judged(graph, kernel(modules=modules, python="/p"))
    (problem,) = problems_of(verdict)
    assert told((problem,)) == ["not_installed cv2 sklearn: c1 c2 +10"]
    assert problem.message == (
        "`cv2` and `sklearn` are not installed in the kernel's environment (`/p`)."
    )


def test_one_module_has_its_own_sentence() -> None:
    verdict = judged(notebook("import cv2"), kernel(modules=[ModuleAnswer("cv2", False)]))
    (problem,) = problems_of(verdict)
    assert problem.message == "`cv2` is not installed in the kernel's environment."


def test_it_is_one_problem_that_a_kernel_does_not_answer() -> None:
    verdict = judged(notebook("a, b", "c"), kernel(), has_answered=False)
    assert told(problems_of(verdict)) == ["unknown a b c: c1 c2"]


def test_a_restart_would_bring_out_more() -> None:
    graph = notebook("b", "c", "b = 1", "x")
    verdict = judged(graph, kernel(value("b", bound_by=run(1, "c3", "b = 1"))))
    now = problems_of(verdict)
    assert told(now) == ["missing c: c2", "missing x: c4"]
    found = forecast(graph, environment_without())
    assert told(restart_problems(verdict, now, found)) == ["restart b: c1"]


def test_a_restart_would_bring_out_more_in_a_stale_cell() -> None:
    graph = notebook("print(p)", "p = [1]")
    runs = [run(1, "c2", "p = [1]"), run(2, "c1", "print(p)")]
    verdict = judged(graph, kernel(value("p", bound_by=runs[0]), runs=runs))
    now = problems_of(verdict)
    assert [it.kind for it in now] == ["stale"]
    assert told(restart_problems(verdict, now, forecast(graph, environment_without()))) == [
        "restart p: c1"
    ]
