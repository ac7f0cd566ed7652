"""Which cell that has not run would let a module be imported?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.imports.failing_imports import ImportFailure, SearchState
from jupyter_namespace_viz.core.kernel_state.namespace import ModuleAnswer, Namespace
from jupyter_namespace_viz.core.plan.planner import plan_runs
from tests.core.tools.notebooks import judged, kernel, notebook, run


def in_src(module: str, name: str | None, state: SearchState) -> ImportFailure | None:
    """An environment with the module `inside` in the folder `src`, and no other."""
    if module == "inside" and "src" in (*state.after, state.folder):
        return None
    return ImportFailure("ModuleNotFoundError", module)


ABSENT = [ModuleAnswer(name, False) for name in ("inside", "nowhere")]
APPEND = "import sys\nsys.path.append('src')"
MAKERS: dict[str, tuple[tuple[str, ...], Namespace, str, str]] = {
    # the cells, the kernel; the status of the last cell, whether it waits, and the plan for it
    "a folder that is added": ((APPEND, "import inside"), kernel(modules=ABSENT),
        "blocked waiting", "c1"),
    "another folder": (("%cd src", "x = 1", "import inside"), kernel(modules=ABSENT),
        "blocked waiting", "c1"),
    "not of this module": ((APPEND, "import nowhere"), kernel(modules=ABSENT), "blocked", ""),
    "an installation": (("%pip install x", "import nowhere"), kernel(modules=ABSENT),
        "blocked waiting", "c1"),
    "an installation that has run": (("%pip install x", "import nowhere"),
        kernel(modules=ABSENT, runs=[run(1, "c1", "%pip install x")]), "blocked", ""),
    "a folder that the cell itself adds": ((f"{APPEND}\nimport inside",), kernel(modules=ABSENT),
        "ready", ""),
    "below the import": ((f"import inside\n{APPEND}",), kernel(modules=ABSENT), "blocked", ""),
    "and not of this module": ((f"{APPEND}\nimport nowhere",), kernel(modules=ABSENT),
        "blocked", ""),
    "that it perhaps adds": (("import sys\nif len(''): sys.path.append('src')\nimport inside",),
        kernel(modules=ABSENT), "at_risk", ""),
    "an installation by the cell itself": (("%pip install x\nimport nowhere",),
        kernel(modules=ABSENT), "at_risk", ""),
    "what the cell itself makes importable": ((f"{APPEND}\nfrom inside import f", "f()"),
        kernel(modules=ABSENT), "blocked waiting", "c1"),
    "a cell below": (("import inside", APPEND), kernel(modules=ABSENT), "ready", ""),
    "what needs it needs both": ((APPEND, "from inside import f", "f()"), kernel(modules=ABSENT),
        "blocked waiting", "c1 c2"),
}  # fmt: skip


@pytest.mark.parametrize("case", MAKERS)
def test_a_cell_that_lets_another_import(case: str) -> None:
    cells, namespace, status, steps = MAKERS[case]
    verdict = judged(notebook(*cells), namespace, import_failure=in_src)
    last = verdict.cells[-1]
    assert last.status + " waiting" * last.waiting == status
    plan = plan_runs(verdict, [last.id], "cells")
    assert " ".join(step.cell_id for step in plan.steps) == steps


def test_the_sentences_on_a_cell_that_lets_another_import() -> None:
    for cell, sentence in (
        (APPEND, "`inside` is not found: cell 1, which lets it be imported, has not run."),
        ("!pip install x", "`inside` is not found: cell 1, which may install it, has not run."),
    ):
        graph = notebook(cell, "import inside")
        verdict = judged(graph, kernel(modules=ABSENT), import_failure=in_src)
        assert verdict.cells[1].message == sentence


def test_a_module_is_looked_up_once_for_each_change() -> None:
    asked = []

    def lookup(module: str, name: str | None, state: SearchState) -> ImportFailure | None:
        if state.after:
            asked.append(module)
        return in_src(module, name, state)

    graph = notebook(APPEND, *["import nowhere"] * 20)
    judged(graph, kernel(modules=ABSENT), import_failure=lookup)
    assert asked == ["nowhere"]
