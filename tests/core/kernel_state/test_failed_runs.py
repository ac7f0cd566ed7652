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

NO_NAME = replace(FAILED, error="NameError")
OTHER = replace(FAILED, error="TypeError")
BOTH = "a + b"
AB_NO_NAME = replace(NO_NAME, source=BOTH)
AB_OTHER = replace(OTHER, source=BOTH)
B_LATER = value("b", bound_by=run(3, None, "b = 1"))
B_BEFORE = replace(B_LATER, changes=(Change(1, "c3"), Change(3, "c3")))

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
    "NameError, and another name has come": (
        ("a = 1", BOTH), kernel(B_LATER, runs=[AB_NO_NAME]), True,
    ),
    "NameError, and the name has come": (
        ("a = 1", BOTH), kernel(value("a", bound_by=LATER), B_LATER, runs=[AB_NO_NAME]), False,
    ),
    "NameError in a function that was defined anew": (
        ("def f(): return 1", "f()"),
        kernel(
            replace(value("f", "function"), changes=(Change(1, "c1"), Change(3, "c1"))),
            runs=[replace(NO_NAME, source="f()")],
        ),
        False,
    ),
    "another error, and a name has come that it cannot have read": (
        ("a = 1", BOTH),
        kernel(value("a", bound_by=run(1, "c1", "a = 1")), B_LATER, runs=[AB_OTHER]),
        True,
    ),
    "another error, and a name that it may have read has another value": (
        ("a = 1", BOTH),
        kernel(value("a", bound_by=run(1, "c1", "a = 1")), B_BEFORE, runs=[AB_OTHER]),
        False,
    ),
    "another error, and a name has come whose absence it handles": (
        ("a = 1", "try: b\nexcept NameError: raise ValueError"),
        kernel(
            B_LATER,
            runs=[replace(OTHER, source="try: b\nexcept NameError: raise ValueError")],
        ),
        False,
    ),
    "another error, and a builtin that it read was bound": (
        ("a = 1", "max(1)"),
        kernel(value("max", bound_by=run(3, None, "")), runs=[replace(OTHER, source="max(1)")]),
        False,
    ),
    "a module is still missing, and a name has come": (
        ("a = 1", "import m\na"),
        kernel(value("a", bound_by=LATER), runs=[
            replace(NOT_FOUND, source="import m\na", error="ModuleNotFoundError"),
        ], modules=[ModuleAnswer("m.part", False)]),
        True,
    ),
    "a function that imports a missing module was defined anew": (
        ("def f(): pass", "f()"),
        kernel(
            replace(value("f", "function"), changes=(Change(1, "c1"), Change(3, "c1"))),
            runs=[replace(NOT_FOUND, source="f()", error="ModuleNotFoundError")],
        ),
        False,
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
