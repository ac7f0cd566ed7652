"""Which cells would raise again, because they would do the same as when they raised?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from jupyter_namespace_viz.core.kernel_state.cell_runs import LastRuns
from jupyter_namespace_viz.core.kernel_state.failed_runs import FailedRuns
from jupyter_namespace_viz.core.kernel_state.held_functions import held_functions
from jupyter_namespace_viz.core.kernel_state.namespace import Change, ModuleAnswer, Namespace
from tests.core.tools.notebooks import kernel, notebook, run, value

FAILED = run(2, "c2", "a + 1", succeeded=False)
LATER = run(3, "c1", "a = 1")
NOT_FOUND = replace(run(2, "c2", "import m", succeeded=False), missing_module="m.part")

CASES: dict[str, tuple[tuple[str, ...], Namespace, bool]] = {
    # the texts of the cells, the kernel, whether the second one counts as failed
    "it has not run": (("a = 1", "a + 1"), kernel(), False),
    "it ran to its end": (("a = 1", "a + 1"), kernel(runs=[run(2, "c2", "a + 1")]), False),
    "what it lacked is still missing": (("a = 1", "a + 1"), kernel(runs=[FAILED]), True),
    "what it lacked is there": (
        ("a = 1", "a + 1"), kernel(value("a", bound_by=LATER), runs=[FAILED, LATER]), False,
    ),
    "what it read is as it was": (
        ("a = 1", "a + 1"), kernel(value("a", bound_by=run(1, "c1", "a = 1")), runs=[FAILED]), True,
    ),
    "what it read was bound to the same object again": (
        ("a = 1", "a + 1"),
        kernel(replace(value("a"), changes=(Change(1, "c1", again=(3,)),)), runs=[FAILED, LATER]),
        True,
    ),
    "what it read was changed in place": (
        ("a = 1", "a + 1"),
        kernel(
            replace(value("a"), changes=(Change(1, "c1"), Change(3, "c3", "mutated"))),
            runs=[FAILED],
        ),
        False,
    ),
    "a thread has bound what it read": (
        ("a = 1", "a + 1"),
        kernel(replace(value("a"), changes=(Change(2, None, "outside"),)), runs=[FAILED]),
        False,
    ),
    "what it read was bound unseen, by a cell that ran later": (
        ("a = 1", "a + 1"), kernel(value("a"), runs=[FAILED, LATER]), False,
    ),
    "what it read was bound unseen, by a cell that ran before": (
        ("a = 1", "a + 1"), kernel(value("a"), runs=[run(1, "c1", "a = 1"), FAILED]), True,
    ),
    "what it read was deleted since": (
        ("a = 1", "a + 1"), kernel(runs=[FAILED], deleted_by={"a": run(3, None, "del a")}), False,
    ),
    "it deleted what it read itself": (
        ("a = 1", "a + 1"), kernel(runs=[FAILED], deleted_by={"a": FAILED}), True,
    ),
    "it bound what it read itself": (
        ("a = 1", "a + 1"), kernel(value("a", bound_by=FAILED), runs=[FAILED]), True,
    ),
    "its text was edited": (("a = 1", "a + 2"), kernel(runs=[FAILED]), False),
    "another name changed": (
        ("a = 1", "a + 1"), kernel(value("b", bound_by=run(3, "c3", "b = 1")), runs=[FAILED]), True,
    ),
    "what a function that it calls reads has changed": (
        ("def f(): return a", "f()"),
        kernel(
            value("f", "function", run(1, "c1", "def f(): return a")),
            value("a", bound_by=run(3, None, "a = 1")),
            runs=[run(1, "c1", "def f(): return a"), run(2, "c2", "f()", succeeded=False)],
        ),
        False,
    ),
    "what only a later call would read has changed": (
        ("a = 1", "def f(): return a\n1 / 0"),
        kernel(
            value("a", bound_by=run(3, "c1", "a = 1")),
            runs=[run(2, "c2", "def f(): return a\n1 / 0", succeeded=False)],
        ),
        True,
    ),
    "a module is still missing": (
        ("", "import m"), kernel(runs=[NOT_FOUND], modules=[ModuleAnswer("m.part", False)]), True,
    ),
    "a module was installed": (
        ("", "import m"), kernel(runs=[NOT_FOUND], modules=[ModuleAnswer("m.part", True)]), False,
    ),
    "whether a module is there is not certain": (
        ("", "import m"),
        kernel(runs=[NOT_FOUND], modules=[ModuleAnswer("m.part", True, certain=False)]),
        True,
    ),
    "the module raised while it was imported": (
        ("", "import m"),
        kernel(
            runs=[run(2, "c2", "import m", succeeded=False)], modules=[ModuleAnswer("m", True)]
        ),
        True,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_the_run_that_failed(case: str) -> None:
    sources, namespace, is_failed = CASES[case]
    graph = notebook(*sources)
    runs = LastRuns(graph, namespace)
    found = FailedRuns(graph, namespace, runs, held_functions(graph, namespace, runs)).of(1)
    assert found == (namespace.runs["c2"] if is_failed else None)
