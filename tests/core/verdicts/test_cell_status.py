"""Does each cell get the status that is true?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from jupyter_namespace_viz.core.kernel_state.namespace import (
    HeldName,
    Namespace,
    Run,
)
from jupyter_namespace_viz.core.verdicts.verdict_types import CellVerdict, Need
from jupyter_namespace_viz.core.vocabulary import CellStatus
from tests.core.tools.notebooks import (
    judged,
    kernel,
    module,
    notebook,
    run,
    statuses,
    value,
    verdict,
)

TF, USE = "import tensorflow as tf", "print(tf.__version__)"


FRESH = kernel()


def test_the_forgotten_import() -> None:
    message = "`tf` is missing: cell 1 has not run since the kernel started."
    need = Need(
        "tf", "missing", "immediate", True,
        reason="never_run", provider="c1", message=message, by_import=True, line=1,
        waiting=True)  # fmt: skip
    assert judged(notebook(TF, USE), FRESH).cells == (
        CellVerdict("c1", "ready"),
        CellVerdict("c2", "blocked", (need,), True, True, message=message),
    )


def test_a_function_that_all_branches_call() -> None:
    graph = notebook("def f(): return x", "if c: f()\nelse: z = f()")
    held = kernel(value("c"), value("f", "function"))
    assert [(n.name, n.via, n.certain) for n in verdict(graph, held, 2).needs] == [
        ("c", None, True), ("f", None, True), ("x", "f", True),
    ]  # fmt: skip


def test_a_generator_of_another_cell() -> None:
    graph = notebook("def f(): yield x", "g = f()", "for y in f(): y", "g = list(f())")
    held = kernel(value("f", "function"))
    assert statuses(graph, held) == "ready ready blocked blocked"


def test_a_function_that_a_library_may_call_is_no_risk_once_the_cell_has_run() -> None:
    sources = ("import lib", "lib.minimize(lambda v: x)")
    first, second = run(1, "c1", sources[0]), run(2, "c2", sources[1])
    graph, library = notebook(*sources), module("lib", bound_by=first)
    assert statuses(graph, kernel(library, runs=[first])) == "fresh at_risk"
    assert statuses(graph, kernel(library, runs=[first, second])) == "fresh fresh"


def test_a_cell_that_is_a_magic_where_its_first_word_is_not_held() -> None:
    """IPython runs %pprint, which takes what follows for a text, or for Python."""
    graph = notebook("pprint(x)", "hist[0]", "time", "who, x")
    assert statuses(graph, FRESH) == "at_risk ready ready blocked"
    held = kernel(value("pprint", "function"))
    assert statuses(graph, held) == "blocked ready ready blocked"
    assert [(n.name, n.certain) for n in verdict(graph, held, 1).needs] == [("x", True)]


def test_the_forgotten_import_after_it_ran() -> None:
    done = run(1, "c1", TF)
    live = Need("tf", "live", "immediate", True, provider="c1", by_import=True, line=1)
    assert judged(
        notebook(TF, USE), kernel(module("tf", "tensorflow", done), runs=[done])
    ).cells == (
        CellVerdict("c1", "fresh", execution_count=1),
        CellVerdict("c2", "ready", (live,)),
    )


def test_a_name_that_a_called_function_reads() -> None:
    graph = notebook("import numpy as np", "def f(): return np.pi", "f()")
    namespace = kernel(
        HeldName("f", "function", "function", bound_by=run(1, "c2", "def f(): return np.pi"))
    )
    message = "`np` (used by `f`) is missing: cell 1 has not run since the kernel started."
    assert verdict(graph, namespace, 3) == CellVerdict(
        "c3",
        "blocked",
        (
            Need("f", "live", "immediate", True, provider="c2", line=1),
            Need(
                "np",
                "missing",
                "immediate",
                True,
                "f",
                "never_run",
                "c1",
                message,
                True,
                line=1,
                waiting=True,
            ),
        ),
        blocked_by_import=True,
        waiting=True,
        message=message,
    )


def test_a_deferred_need_blocks_nothing() -> None:
    message = "`np` is missing: cell 1 has not run since the kernel started."
    need = Need(
        "np", "missing", "deferred", True, None, "never_run", "c1", message, True, waiting=True
    )
    assert verdict(notebook("import numpy as np", "def f(): return np"), FRESH, 2) == CellVerdict(
        "c2", "ready", (need,)
    )


@pytest.mark.parametrize(
    ("source", "status"),
    [("if b:\n    a", "at_risk"), ("try:\n    a\nexcept NameError:\n    pass", "ready")],
)
def test_a_conditional_need_is_a_risk_and_a_guarded_one_is_none(
    source: str, status: CellStatus
) -> None:
    assert verdict(notebook("a = 1", source), kernel(value("b")), 2).status == status


def test_the_headline_is_the_import() -> None:
    found = verdict(notebook("a = 1", TF, "a + tf.b"), FRESH, 3)
    assert [need.name for need in found.needs] == ["a", "tf"]
    assert found.blocked_by_import
    assert found.message == ("`tf` is missing: cell 2 has not run since the kernel started.")


@pytest.mark.parametrize(
    ("sources", "status", "message"),
    [
        (("a = 1", "print(a, gone)"), "blocked", "`gone` is missing: no cell defines it."),
        (("import m", "print(m, gone)"), "blocked", "`gone` is missing: no cell defines it."),
        (
            ("a = 1", "a, below", "below = 1"), "blocked",
            "`below` is missing: only cell 3, further down, defines it.",
        ),
        (("if len: a = 1", "if a: gone"), "blocked",
         "`a` is missing: cell 1 has not run since the kernel started."),
        (("a = 1", "if len:\n    a, gone"), "at_risk", "`gone` is missing: no cell defines it."),
    ],
)  # fmt: skip
def test_what_no_run_mends_comes_first(
    sources: tuple[str, ...], status: CellStatus, message: str
) -> None:
    found = verdict(notebook(*sources), FRESH, 2)
    assert (found.status, found.message, found.blocked_by_import) == (status, message, False)


RAN_C = run(1, "c1", "c = len('')")
HELD_C = value("c", bound_by=RAN_C)
RAN = [run(1, "c1", "a = 1"), run(2, "c2", "b = a")]


@pytest.mark.parametrize(
    ("sources", "namespace", "expected"),
    [
        pytest.param(("", "# only words", "%%time\n "), FRESH, "empty empty empty", id="empty"),
        pytest.param(("%%bash\nls", "%%foo\nx"), FRESH, "not_python not_python", id="not Python"),
        pytest.param(("a = = 1\nb",), FRESH, "syntax_error", id="a syntax error"),
        pytest.param(("# note\n%%time\n1", "%%time # note\n1", "%%capture a b\n1", "%%time"),
                     FRESH, "syntax_error " * 3 + "syntax_error", id="lines that IPython refuses"),
        pytest.param(("match 1:\n    case 1: pass", "type X = int", "1"), kernel(version=(3, 9)),
                     "syntax_error syntax_error ready", id="too new for the kernel"),
        pytest.param(("match 1:\n    case 1: pass", "type X = int"), kernel(version=(3, 12)),
                     "ready ready", id="not too new for the kernel"),
        pytest.param(("c = len('')", "if c: a"),
                     kernel(HELD_C, runs=[RAN_C, run(2, "c2", "if c: a")]), "fresh fresh",
                     id="it ran without what it may read"),
        pytest.param(("c = len('')", "if c: b"),
                     kernel(HELD_C, runs=[RAN_C, run(2, "c2", "if c: a")]), "fresh at_risk",
                     id="not with this text"),
        pytest.param(("c = len('')", "if c: a"),
                     kernel(HELD_C, runs=[RAN_C, run(2, "c2", "if c: a", False)]), "fresh failed",
                     id="not to its end"),
        pytest.param(("c = len('')", "if c: a", "if c: del a"),
                     kernel(HELD_C, deleted_by={"a": run(3, "c3", "if c: del a")},
                            runs=[RAN_C, run(2, "c2", "if c: a"), run(3, "c3", "if c: del a")]),
                     "fresh at_risk at_risk", id="what it may read was deleted, by itself too"),
        pytest.param(("c = len('')", "def f(): return a", "if c: f()"),
                     kernel(HELD_C, value("f", bound_by=run(3, "c2", "def f(): return a")),
                            runs=[RAN_C, run(2, "c3", "if c: f()"),
                                  run(3, "c2", "def f(): return a")]),
                     "fresh fresh at_risk", id="what it may call was bound since"),
        pytest.param(("del sum",), FRESH, "blocked", id="a builtin that is deleted"),
        pytest.param(("-" * 50_000 + "x",), FRESH, "at_risk", id="too deep to be read"),
        pytest.param(("print(In, Out, _, __name__)",), FRESH, "ready", id="given names"),
        pytest.param(("1", "_1", "_3"), FRESH, "ready ready blocked", id="an output that never is"),
        pytest.param(("x = 1", "_1"), kernel(runs=[run(1, "c1", "x = 1")]), "fresh blocked",
                     id="an output that is not"),
        pytest.param(("x = 1", "_1"), kernel(runs=[run(1, "c1", "5")]), "stale ready",
                     id="an output of an earlier text"),
        pytest.param(("a = 1", "b = a"), kernel(value("a", bound_by=RAN[0]), runs=RAN),
                     "fresh fresh", id="fresh"),
        pytest.param(("a = 2", "b = a"), kernel(value("a", bound_by=RAN[0]), runs=RAN),
                     "stale stale", id="edited"),
        pytest.param(("a = 1", "b = a"),
                     kernel(value("a", bound_by=run(3, "c1", "a = 1")),
                            runs=[run(3, "c1", "a = 1"), RAN[1]]),
                     "fresh stale", id="an input ran again"),
        pytest.param(("a = 1", "b = a"), kernel(value("a", bound_by=run(3, None, "a = 7")),
                                                runs=RAN), "fresh fresh", id="a console ran"),
        pytest.param(("a = 1", "a = a + 1"),
                     kernel(value("a", bound_by=run(2, "c2", "a = a + 1")),
                            runs=[RAN[0], run(2, "c2", "a = a + 1")]),
                     "fresh fresh", id="its own binding makes no cell stale"),
        pytest.param(("a = 1", "b = a"),
                     kernel(value("a", bound_by=RAN[0]),
                            runs=[RAN[0], run(2, "c2", "b = a", succeeded=False)]),
                     "fresh failed", id="failed, and nothing has changed"),
        pytest.param(("a = 1", "b = a"),
                     kernel(value("a", bound_by=run(3, "c1", "a = 1")),
                            runs=[run(3, "c1", "a = 1"), run(2, "c2", "b = a", succeeded=False)]),
                     "fresh ready", id="failed, and what it reads has changed"),
        pytest.param(("x = (", "%%bash\nexit 1"),
                     kernel(runs=[run(1, "c1", "x = (", succeeded=False),
                                  run(2, "c2", "%%bash\nexit 1", succeeded=False)]),
                     "failed failed", id="failed, and not Python"),
    ],
)  # fmt: skip
def test_the_status_of_cells(sources: tuple[str, ...], namespace: Namespace, expected: str) -> None:
    assert statuses(notebook(*sources), namespace) == expected


@pytest.mark.parametrize(
    ("missing_name", "named"),
    [("b", "b"), ("a", "a"), (None, "a"), ("in_a_library", "a")],
)
def test_a_failed_cell_names_what_it_missed(missing_name: str | None, named: str) -> None:
    raised = run(1, "c1", "print(b)\na", succeeded=False)
    raised = replace(raised, error="NameError", missing_name=missing_name)
    verdict = judged(notebook(raised.source), kernel(runs=[raised]))
    assert verdict.cells[0].message == (
        f"Raised `NameError` when it last ran. `{named}` is missing: no cell defines it."
    )


def test_why_a_cell_is_stale() -> None:
    again = kernel(value("a", bound_by=run(3, "c1", "a = 1")), runs=[run(3, "c1", "a = 1"), RAN[1]])
    found = verdict(notebook("a = 1", "b = a"), again, 2)
    assert (found.status, found.message) == ("stale", "Cell 1 redefined `a` after this cell ran.")
    edited = verdict(notebook("a = 2", "b = a"), kernel(value("a"), runs=RAN), 1)
    assert (edited.status, edited.message) == ("stale", "This cell was edited after it ran.")


def test_a_syntax_error_says_what_is_wrong_and_the_rest_is_judged() -> None:
    found = verdict(notebook("a = 1", "x = (\na"), FRESH, 2)
    assert found.status == "syntax_error"
    assert found.message == "'(' was never closed."
    assert [(need.name, need.status) for need in found.needs] == [("a", "missing")]


def test_judging_changes_nothing_and_is_repeatable() -> None:
    graph = notebook(TF, USE)
    assert judged(graph, FRESH) == judged(graph, FRESH)
    assert kernel() == FRESH


def test_restored_imports_are_no_run_of_the_cell() -> None:
    restored = Run(1, None, None, "import tensorflow as tf", True)
    held = module("tf", "tensorflow", restored)
    namespace = replace(FRESH, names={"tf": held}, other_runs=(restored,))
    verdicts = judged(notebook("import tensorflow as tf", "tf"), namespace).cells
    assert [verdict.status for verdict in verdicts] == ["ready", "ready"]
