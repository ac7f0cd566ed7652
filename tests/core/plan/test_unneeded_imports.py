"""Does Restore Imports run the imports that no cell needs as well?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.kernel_state.namespace import ModuleAnswer
from jupyter_namespace_viz.core.plan.planner import plan_runs
from tests.core.tools.notebooks import judged, kernel, module, notebook, run

ALL = [
    # the cells, what is held; the code of each step with the reason
    pytest.param(("import a\nimport b", "a"), (), {
        "c1": ("import a\nimport b", "a b", "Imports `a`, which cell 2 needs."),
    }, id="one that a cell needs, and one that none does"),
    pytest.param(("import a\nx = 1", "1"), (), {
        "c1": ("import a", "a", "Imports `a`, which no cell needs."),
    }, id="one that no cell needs"),
    pytest.param(("import a", "def f(): return a"), (), {
        "c1": ("import a", "a", "Imports `a`, which no cell needs."),
    }, id="one that only a call would need"),
    pytest.param(("import a", "import b"), ("a",), {
        "c2": ("import b", "b", "Imports `b`, which no cell needs."),
    }, id="one that is held"),
    pytest.param(("import a", "import a"), (), {
        "c1": ("import a", "a", "Imports `a`, which no cell needs."),
    }, id="one that two cells have"),
    pytest.param(("from s import *", "1"), (), {
        "c1": ("from s import *", "*", "Imports all names of `s`."),
    }, id="a star import"),
    pytest.param(("import m", "from m import *"), (), {}, id="modules that are not installed"),
    pytest.param(("try:\n    import a\nexcept ImportError:\n    a = None", "1"), (), {},
                 id="one that may not be bound"),
]  # fmt: skip


@pytest.mark.parametrize(("sources", "held", "expected"), ALL)
def test_all_imports_that_the_kernel_does_not_have(
    sources: tuple[str, ...], held: tuple[str, ...], expected: dict[str, tuple[str, str, str]]
) -> None:
    namespace = kernel(*map(module, held), modules=[ModuleAnswer("m", False)])
    plan = plan_runs(judged(notebook(*sources), namespace), None, "imports")
    steps = {it.cell_id: (it.code, " ".join(it.names), it.why) for it in plan.steps}
    assert steps == expected


def test_imports_that_ran_or_were_deleted_are_not_restored() -> None:
    ran = run(1, "c1", "from s import *\nimport a")
    namespace = kernel(runs=[ran], deleted_by={"a": run(2, None, "del a")})
    verdict = judged(notebook(ran.source, "from s import *"), namespace)
    assert plan_runs(verdict, None, "imports").steps == ()
