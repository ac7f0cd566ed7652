"""Which imports would fail though their modules are there, and which cells would help?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.imports.failing_imports import ImportFailure, SearchState
from jupyter_namespace_viz.core.kernel_state.namespace import ModuleAnswer, Namespace
from jupyter_namespace_viz.core.plan.planner import plan_runs
from tests.core.tools.notebooks import environment_without, judged, kernel, notebook, run

LOADED = ModuleAnswer("m", True, loaded_as="m")
CHANGED = ModuleAnswer("m", True, loaded_as="m", changed=("m",), names=("a", "m"))

GIVEN: dict[str, tuple[str, ModuleAnswer, str]] = {
    # a cell, what the kernel says of `m`, whose file lacks `gone`; the status and the sentence
    "there": ("from m import a", LOADED, "ready"),
    "not there": ("from m import gone", LOADED, "blocked `m` in the kernel's environment has no"
        " `gone`."),
    "not there, and not loaded": ("from m import gone", ModuleAnswer("m", True),
        "blocked `m` in the kernel's environment has no `gone`."),
    "guarded": ("try: from m import gone\nexcept ImportError: gone = 1", LOADED, "ready"),
    "in a branch": ("if input(): from m import gone", LOADED, "ready"),
    "new in the file": ("from m import new", CHANGED,
        "blocked `m` has no `new` in this kernel: its file changed after it was imported. "
        "Restart the kernel or reload it with `importlib.reload`."),
    "old in the file": ("from m import a", CHANGED, "ready"),
    "new, and reloaded": ("from m import new",
        ModuleAnswer("m", True, loaded_as="m", changed=("m",), names=("a",), reloads=True),
        "ready"),
    "new, and only code could tell": ("from m import new",
        ModuleAnswer("m", True, loaded_as="m", changed=("m",)), "ready"),
    "set by a cell": ("m.gone = 1\nfrom m import gone", LOADED, "blocked"),
    "relative": ("from .m import a", LOADED,
        "blocked `from .m import a` only works inside a package; in a notebook it raises "
        "ImportError."),
    "in a function": ("def f(): from m import gone", LOADED, "ready"),
    "in a function that is called": ("def f(): from m import gone\nf()", LOADED,
        "blocked `m` in the kernel's environment has no `gone`."),
}  # fmt: skip


@pytest.mark.parametrize("case", GIVEN)
def test_an_import(case: str) -> None:
    source, answer, expected = GIVEN[case]
    lookup = environment_without("m:gone")
    verdict = judged(notebook(source), kernel(modules=[answer]), import_failure=lookup)
    cell = verdict.cells[0]
    said = f"{cell.status} {cell.message or ''}".strip()
    assert said == expected or (" " not in expected and cell.status == expected)
    if "`new`" in expected:
        plan = plan_runs(verdict, ["c1"], "cells")
        assert (plan.steps, [it.name for it in plan.unresolved]) == ((), ["new"])


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
