"""Which remedies does a problem have, and what do they leave?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.kernel_state.namespace import ModuleAnswer
from jupyter_namespace_viz.core.kernel_state.packages.installed_packages import (
    Distribution,
    Installations,
    ServerModule,
)
from jupyter_namespace_viz.core.plan.plan_types import Plan
from jupyter_namespace_viz.core.plan.planner import plan_runs
from jupyter_namespace_viz.core.problems import remedies
from jupyter_namespace_viz.core.problems.composer import problems_of
from jupyter_namespace_viz.core.problems.problem_types import NotebookProblem, Remedy
from tests.core.tools.notebooks import judged, kernel, notebook, run
from tests.core.tools.played_stories import play


def told(problems: tuple[NotebookProblem, ...]) -> list[str]:
    """One line for each problem: `kind: remedy cells (names) / what remains`."""
    return [f"{it.kind}: {', '.join(map(described, it.remedies))}".strip(": ") for it in problems]


def described(remedy: Remedy) -> str:
    """One remedy in a line."""
    text = " ".join((remedy.kind, *remedy.cells))
    text += f" ({' '.join(remedy.names)})" if remedy.names else ""
    return text + (f" / {' '.join(remedy.remaining)}" if remedy.remaining else "")


STORIES = [
    pytest.param(("import re, io", "re", "io", "1"), "4",
                 ["missing_import: restore_imports c2 c3 (re io)"], id="imports"),
    pytest.param(("import re\nif re: import io", "re", "io", "1"), "4",
                 ["missing_import: restore_imports c2 c3 (re io)"], id="an import in a branch"),
    pytest.param(("if len(''): import io as x\nelse: import re as x", "import re", "x, re", "1"),
                 "4",
                 ["missing_import: restore_imports c3 (re) / Cell 1 chooses between several "
                  "imports: run the cell., run_needed c3 (re x)"],
                 id="an import that only its cell can run"),
    pytest.param(("a = 1\nb = 2", "a", "b", "1"), "4", ["missing: run_needed c2 c3 (a b)"],
                 id="names of a cell"),
    pytest.param(("a = 1", "a + gone", "1"), "3",
                 ["missing: run_needed c2 (a)", "missing"], id="a name that no cell defines"),
    pytest.param(("np.a", "np.b"), "",
                 ["missing: insert_imports c1 (np) / "
                  "`np` is missing in the other cells until that cell has run."],
                 id="an import that no cell has"),
    pytest.param(("import re", "re.a"), "1\nconsole: re = 3",
                 ["clobbered: restore_imports c2 (re)"], id="an overwritten import"),
    pytest.param(("a = 1; b = 2", "a, b"), "1 2\n-1", ["ghost: restore_cell c2 (a b)"],
                 id="a deleted cell"),
    pytest.param(("a = 1; b = 2", "a", "b", "a = 3", "b = 4"), "1 2 3 4 5\n-1",
                 ["stale: restore_cell c2 (a b)"], id="a deleted cell, and later definitions"),
    pytest.param(("a = 1", "b = a", "b", "a = 3"), "1 2 3 4\n-1",
                 ["stale: restore_cell c2 (a)"], id="a cell below one that used a deleted cell"),
    pytest.param(("a = 1", "a"), "1 2\n1: z = 1", ["ghost", "stale: run_stale / Cell 2 stays "
                 "stale. `a` is no longer defined by any cell: cell 1 was edited after defining "
                 "it. A restart will lose it."], id="a rename that others do not follow"),
    pytest.param(("a = 1", "b = a"), "1 2\n1: a = 2", ["stale: run_stale"], id="stale cells"),
    pytest.param(("a = (",), "", ["syntax"], id="text that does not parse"),
]  # fmt: skip


@pytest.mark.parametrize(("sources", "story", "expected"), STORIES)
def test_remedies(sources: tuple[str, ...], story: str, expected: list[str]) -> None:
    assert told(problems_of(play(sources, story).verdict())) == expected


def test_modules_that_are_not_installed() -> None:
    graph = notebook("import cv2, numpy", "import my_helpers", "import yaml")
    modules = [ModuleAnswer(name, False) for name in ("cv2", "numpy", "my_helpers", "yaml")]
    server = {"yaml": ServerModule(Distribution("PyYAML", "6.0"))}
    verdict = judged(graph, kernel(modules=modules), installations=Installations(
        server_module_of=server.get
    ))  # fmt: skip
    (problem,) = problems_of(verdict)
    assert problem.remedies == (
        Remedy(
            "install",
            (),
            ("cv2", "numpy", "yaml"),
            "opencv-python numpy PyYAML",
            ("The package that provides `my_helpers` is not known.",),
        ),
        Remedy("change_kernel", (), ("cv2", "numpy", "my_helpers", "yaml")),
    )


def test_a_part_of_a_package_cannot_be_installed() -> None:
    modules = [ModuleAnswer("a", True), ModuleAnswer("a.b", False)]
    (problem,) = problems_of(judged(notebook("import a.b"), kernel(modules=modules)))
    assert told((problem,)) == ["not_installed: change_kernel (a.b)"]


def test_imports_promise_nothing_of_a_module_that_is_not_installed() -> None:
    graph = notebook("from keras.layers import Dense, Flatten\nimport re", "Dense, Flatten, re")
    modules = [ModuleAnswer(name, False, absent="keras") for name in ("keras", "keras.layers")]
    verdict = judged(graph, kernel(modules=modules, runs=[run(1, "c2", "Dense")]))
    assert told(problems_of(verdict)) == [
        "missing_import: restore_imports c2 (re)",
        "not_installed: install (keras), change_kernel (keras)",
    ]


def test_problems_of_one_cell_have_one_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[object] = []

    def counted(*arguments: object) -> Plan:
        made.append(arguments)
        return plan_runs(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(remedies, "plan_runs", counted)
    problems = problems_of(judged(notebook("del a, b, c, d, e"), kernel()))
    assert [(it.names, it.cells) for it in problems] == [((name,), ("c1",)) for name in "abcde"]
    assert len(made) == 1
