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


@pytest.mark.parametrize(("sources", "names", "unresolved"), CASES)
def test_names_of_modules_that_are_not_installed(
    sources: tuple[str, ...], names: str, unresolved: dict[str, str]
) -> None:
    namespace = kernel(modules=[ModuleAnswer("m", False)])
    plan = plan_runs(judged(notebook(*sources), namespace), ["c2"], "imports")
    assert [(step.code, " ".join(step.names)) for step in plan.steps] == [("import n", names)]
    assert {it.name: it.reason for it in plan.unresolved} == unresolved
