"""Does an import plan promise only what it can bind?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.kernel_state.namespace import ModuleAnswer
from jupyter_namespace_viz.core.plan.planner import plan_runs
from tests.core.tools.notebooks import judged, kernel, notebook

ABSENT = "`m` is not installed in the kernel's environment."

CASES = [
    pytest.param(("from m import *\nimport n", "x, n"), "n", {"x": ABSENT}, id="a star import"),
    pytest.param(("try:\n    import m\nexcept ImportError:\n    pass\nimport n", "m, n"), "n",
                 {"m": ABSENT}, id="an import whose failure is handled"),
    pytest.param(("import m\nimport n", "m, n"), "n",
                 {"m": f"`m` is missing, and cell 1 cannot import it: {ABSENT}"},
                 id="an import whose failure is not"),
]  # fmt: skip


ORDERED = [
    pytest.param("import b\nimport a", "a, b", "import b\nimport a", id="the order of the text"),
    pytest.param("from math import *\nfrom cmath import exp", "exp, sqrt",
                 "from math import *\nfrom cmath import exp", id="a star import comes first"),
    pytest.param("from cmath import exp\nfrom math import *\nimport a", "sqrt",
                 "from math import *\nimport a", id="what is below it follows"),
    pytest.param("try:\n    import m as x\nexcept ImportError:\n    import n as x", "x",
                 "import n as x", id="of several modules, the one that is there"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "reads", "code"), ORDERED)
def test_the_statements_of_a_cell(source: str, reads: str, code: str) -> None:
    namespace = kernel(modules=[ModuleAnswer("m", False), ModuleAnswer("n", True)])
    plan = plan_runs(judged(notebook(source, reads), namespace), ["c2"], "imports")
    assert [step.code for step in plan.steps] == [code]
    assert plan.unresolved == ()


@pytest.mark.parametrize(("sources", "names", "unresolved"), CASES)
def test_names_of_modules_that_are_not_installed(
    sources: tuple[str, ...], names: str, unresolved: dict[str, str]
) -> None:
    namespace = kernel(modules=[ModuleAnswer("m", False)])
    plan = plan_runs(judged(notebook(*sources), namespace), ["c2"], "imports")
    assert [(step.code, " ".join(step.names)) for step in plan.steps] == [("import n", names)]
    assert {it.name: it.reason for it in plan.unresolved} == unresolved
