"""Which imports would fail in the kernel's environment?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from jupyter_namespace_viz.core.kernel_state.namespace import (
    ModuleAnswer,
)
from jupyter_namespace_viz.core.kernel_state.packages.installed_packages import (
    Distribution,
    Installations,
    ServerModule,
)
from jupyter_namespace_viz.core.plan.planner import plan_runs
from jupyter_namespace_viz.core.problems.composer import problems_of
from jupyter_namespace_viz.core.verdicts.verdict_types import CellVerdict, Need
from tests.core.tools.notebooks import (
    environment_without,
    judged,
    kernel,
    module,
    notebook,
    run,
    statuses,
)

TF, USE = "import tensorflow as tf", "print(tf.__version__)"


def test_a_module_that_is_not_installed() -> None:
    namespace = kernel(modules=[ModuleAnswer("tensorflow", False)], python="/usr/bin/python3")
    message = "`tensorflow` is not installed in the kernel's environment (`/usr/bin/python3`)."
    need = Need(
        "tensorflow", "not_installed", "immediate", True, None,
        "not_installed", None, message, True, line=1, distribution="tensorflow")  # fmt: skip
    assert judged(notebook(TF, USE), namespace).cells[0] == CellVerdict(
        "c1", "blocked", (need,), True, message=message
    )


def test_a_module_that_only_the_servers_environment_has() -> None:
    servers = {"yaml": ServerModule(Distribution("PyYAML", "6.0")), "lone": ServerModule(None)}
    absent = [ModuleAnswer(name, False) for name in (*servers, "nowhere")]
    graph, namespace = notebook("import yaml, lone, nowhere"), kernel(modules=absent)
    installations = Installations(server_module_of=servers.get)
    needs = judged(graph, namespace, installations=installations).cells[0].needs
    is_absent = "`{}` is not installed in the kernel's environment."
    is_here = " Jupyter's own environment has it, this kernel's does not."
    assert [(need.name, need.distribution, need.message) for need in needs] == [
        ("lone", None, is_absent.format("lone") + is_here),
        ("nowhere", None, is_absent.format("nowhere")),
        ("yaml", "PyYAML", is_absent.format("yaml") + is_here),
    ]


EITHER = "try:\n    import n as x\nexcept ImportError:\n    import m as x"


def test_a_module_that_is_one_of_two() -> None:
    modules = [ModuleAnswer("m", False), ModuleAnswer("n", True)]
    graph = notebook(EITHER, "x")
    need = judged(graph, kernel(modules=modules)).cells[1].needs[0]
    assert (need.reason, need.message) == (
        "never_run",
        "`x` is missing: cell 1 has not run since the kernel started.",
    )
    ran = run(1, "c1", EITHER)
    namespace = kernel(module("x", "n", bound_by=ran), modules=modules, runs=[ran])
    assert statuses(graph, namespace) == "fresh ready"


@pytest.mark.parametrize(
    ("source", "statuses_expected"),
    [
        ("import m.n", "blocked"),
        ("from m.n import x", "blocked"),
        ("from m import *", "blocked"),
        ("from .m import x", "blocked"),
        ("def f():\n    import m", "ready"),
        ("if len(''):\n    import m", "at_risk"),
        ("if [1]:\n    import m", "blocked"),
        ("try:\n    import m\nexcept ImportError:\n    m = 0", "ready"),
        ("import other", "ready"),
        ("import n.part", "ready"),
        ("import n.hidden", "at_risk"),
        ("from n.hidden import x", "at_risk"),
        ("try:\n    import n.hidden\nexcept ImportError: pass", "ready"),
        ("import n.absent", "blocked"),
        ("from n.absent.part import x", "blocked"),
        ("try:\n    import n.absent\nexcept ImportError: pass\nimport n", "ready"),
        ("!pip install m\nimport m", "at_risk"),
        ("import m\n!pip install m", "blocked"),
        ("import sys; sys.path.append('..'); import m", "at_risk"),
    ],
)
def test_which_imports_fail(source: str, statuses_expected: str) -> None:
    answers = [
        ModuleAnswer("m", False),
        ModuleAnswer("n", True),
        ModuleAnswer("n.part", True, certain=False),
        ModuleAnswer("n.hidden", True, certain=False, absent="n.hidden"),
        ModuleAnswer("n.absent", False, absent="n.absent"),
        ModuleAnswer("n.absent.part", False, absent="n.absent"),
    ]
    namespace = kernel(modules=answers)
    assert statuses(notebook(source), namespace) == statuses_expected


def test_a_submodule_that_the_text_of_its_package_does_not_provide() -> None:
    answers = [ModuleAnswer("n", True), ModuleAnswer("n.x", True, certain=False, absent="n.x")]
    lookup = environment_without("n.x")
    verdict = judged(notebook("import n.x"), kernel(modules=answers), import_failure=lookup)
    said = "`n` in the kernel's environment has no module `x`."
    assert (verdict.cells[0].status, verdict.cells[0].message) == ("blocked", said)


def test_a_package_that_does_not_have_a_part() -> None:
    absent = ModuleAnswer("a.b", False, absent="a.b")
    namespace = kernel(modules=[ModuleAnswer("a", True), absent, replace(absent, name="a.c")])
    cells = judged(notebook("import a.b as x, a.c", "x"), namespace).cells
    message = "`a` in the kernel's environment has no module `b`."
    assert [(need.name, need.message) for need in cells[0].needs] == [("a.b", message)]
    [need] = cells[1].needs
    assert (need.reason, need.message) == (
        "not_installed", f"`x` is missing, and cell 1 cannot import it: {message}"
    )  # fmt: skip


LOAD = "%load_ext sql"
SAID = "`{}` is missing, and cell 1 cannot import it: `sql` is not installed in the kernel's "
MAGICS: dict[str, tuple[tuple[str, ...], str, str]] = {
    # the cells, the status of the last one, and the beginning of its sentence
    "a cell magic": ((LOAD, "%%sql\nselect 1"), "blocked", SAID.format("%%sql")),
    "a line magic": ((LOAD, "x = %sql select 1"), "blocked", SAID.format("%sql")),
    "what it binds": (
        (LOAD, "%%sql x <<\nselect 1", "x"), "blocked", "`x` is missing: cell 2 has not run since",
    ),
    "in a branch": ((LOAD, "if len('x'):\n    %sql select 1"), "ready", ""),
    "not loaded": (("%%sql\nselect 1",), "not_python", ""),
    "it may be installed": (("!pip install ipython-sql", LOAD, "%%sql\nselect 1"),
        "not_python", ""),
    "by the same cell": ((f"!pip install ipython-sql\n{LOAD}", "%sql select 1"), "ready", ""),
    "of another extension": ((LOAD, "%load_ext cython", "%%cython\ncdef f(): pass"),
        "not_python", ""),
}  # fmt: skip


@pytest.mark.parametrize("case", MAGICS)
def test_magics_of_extensions_that_are_not_installed(case: str) -> None:
    sources, status, said = MAGICS[case]
    answers = [ModuleAnswer("sql", False), ModuleAnswer("cython", True)]
    verdict = judged(notebook(*sources), kernel(modules=answers))
    last = verdict.cells[-1]
    assert last.status == status
    assert (last.message or "").startswith(said)
    assert problems_of(verdict) is not None
    assert not plan_runs(verdict, [last.id], "imports").steps
