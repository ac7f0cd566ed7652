"""Does each cell get the verdict that is true, and the sentence that says why?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from jupyter_namespace_viz.core.analysis.cells import Cell
from jupyter_namespace_viz.core.graph.builder import updated_graph
from jupyter_namespace_viz.core.graph.dependency_graph import EMPTY_GRAPH
from jupyter_namespace_viz.core.kernel_state.installed_packages import (
    Distribution,
    Installations,
    ServerModule,
)
from jupyter_namespace_viz.core.kernel_state.module_answers import modules_to_find
from jupyter_namespace_viz.core.kernel_state.namespace import (
    EMPTY_NAMESPACE,
    HeldName,
    ModuleAnswer,
    Namespace,
    Run,
)
from jupyter_namespace_viz.core.verdicts.verdict_types import CellStatus, CellVerdict, Need, Reason
from tests.core.notebooks import (
    cells,
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
    message = "`tf` is not in the kernel: cell 1 has not run since the kernel started."
    need = Need(
        "tf", "missing", "immediate", True,
        reason="never_run", provider="c1", message=message, by_import=True, line=1)  # fmt: skip
    assert judged(notebook(TF, USE), FRESH).cells == (
        CellVerdict("c1", "ready"),
        CellVerdict("c2", "blocked", (need,), True, True, True, message=message),
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
    assert statuses(graph, held) == "ready at_risk blocked blocked"


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


MISSING = [
    pytest.param(
        ("a = 1", "a"), FRESH, "never_run", "c1",
        "`a` is not in the kernel: cell 1 has not run since the kernel started.",
        id="never run",
    ),
    pytest.param(
        ("a = 1", "a"), kernel(beginning="restarted", lost=frozenset("a")), "lost_at_restart", "c1",
        "`a` is not in the kernel: it was restarted, and cell 1 has not run since.",
        id="lost at a restart",
    ),
    pytest.param(
        ("a = 1", "a"), kernel(beginning="died", lost=frozenset("a")), "lost_at_restart", "c1",
        "`a` is not in the kernel: it died and was started again, and cell 1 has not run since.",
        id="lost when the kernel died",
    ),
    pytest.param(
        ("a = 1", "a"), kernel(beginning="restarted", lost=frozenset("b")), "never_run", "c1",
        "`a` is not in the kernel: cell 1 has not run since the kernel started.",
        id="restarted, but it was not there before",
    ),
    pytest.param(
        ("a = 1", "a", "del a"),
        kernel(runs=[run(1, "c1", "a = 1")], deleted_by={"a": run(2, "c3", "del a")}),
        "deleted", "c1", "`a` is not in the kernel: cell 3 deleted it.",
        id="deleted by a cell",
    ),
    pytest.param(
        ("a = 1", "a"), kernel(deleted_by={"a": run(2, "gone", "del a")}),
        "deleted", "c1", "`a` is not in the kernel: a cell that is gone deleted it.",
        id="deleted by a cell that is gone",
    ),
    pytest.param(
        ("b", "a"), kernel(deleted_by={"a": run(2, None, "del a")}),
        "deleted", None, "`a` is not in the kernel: code from outside the notebook deleted it.",
        id="deleted from a console",
    ),
    pytest.param(
        ("a = 1", "a"), kernel(runs=[run(1, "c1", "a = 1", succeeded=False)]),
        "provider_failed", "c1", "`a` is not in the kernel: cell 1 failed before it bound it.",
        id="its provider failed",
    ),
    pytest.param(
        ("a = 1", "a"), kernel(runs=[run(1, "c1", "b = 1")]), "provider_edited", "c1",
        "`a` is not in the kernel: cell 1 was edited after it ran, and has not run since.",
        id="its provider was edited",
    ),
    pytest.param(
        ("if b: a = 1", "a"), kernel(runs=[run(1, "c1", "if b: a = 1")]), "not_bound", "c1",
        "`a` is not in the kernel: cell 1 ran but did not bind it.",
        id="its provider did not bind it",
    ),
    pytest.param(
        ("a = 1", "a"), kernel(runs=[run(1, None, "a = 1")]), "not_bound", "c1",
        "`a` is not in the kernel: cell 1 ran but did not bind it.",
        id="its provider ran without saying which cell it is",
    ),
    pytest.param(
        ("b", "a", "a = 1"), FRESH, "later_cell", "c3",
        "`a` is not in the kernel: only cell 3, further down, defines it.",
        id="only a later cell",
    ),
    pytest.param(
        ("b", "a"), FRESH, "no_provider", None,
        "`a` is not in the kernel, and no cell defines it.",
        id="no cell",
    ),
    pytest.param(
        ("a = # your code", "a"), FRESH, "not_parsed", "c1",
        "`a` is not in the kernel: cell 1, which would define it, cannot be parsed.",
        id="its cell cannot be parsed",
    ),
    pytest.param(
        ("b", "a", "a = = 1"), FRESH, "not_parsed", "c3",
        "`a` is not in the kernel: cell 3, which would define it, cannot be parsed.",
        id="a later cell that cannot be parsed",
    ),
    pytest.param(
        ("from m import *", "a"), FRESH, "star_import", "c1",
        "`a` is not in the kernel: cell 1, which may bind it, has not run.",
        id="perhaps a star import",
    ),
    pytest.param(
        ("from m import *", "a"), kernel(runs=[run(1, "c1", "from m import *")]),
        "no_provider", None, "`a` is not in the kernel, and no cell defines it.",
        id="the star import did not bring it",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("sources", "namespace", "reason", "provider", "message"), MISSING)
def test_why_a_name_is_missing(
    sources: tuple[str, ...],
    namespace: Namespace,
    reason: Reason,
    provider: str | None,
    message: str,
) -> None:
    by_import = reason == "star_import"
    need = Need(
        "a", "missing", "immediate", True, None, reason, provider, message, by_import, 1
    )  # fmt: skip
    found = verdict(notebook(*sources), namespace, 2)
    assert replace(found, waiting=False, ahead=False) == CellVerdict(
        "c2", "blocked", (need,), by_import, message=message
    )


def test_a_name_that_a_called_function_reads() -> None:
    graph = notebook("import numpy as np", "def f(): return np.pi", "f()")
    namespace = kernel(
        HeldName("f", "function", "function", bound_by=run(1, "c2", "def f(): return np.pi"))
    )
    message = (
        "`np`, which `f` reads, is not in the kernel: cell 1 has not run since the kernel started."
    )
    assert verdict(graph, namespace, 3) == CellVerdict(
        "c3",
        "blocked",
        (
            Need("f", "live", "immediate", True, provider="c2", line=1),
            Need("np", "missing", "immediate", True, "f", "never_run", "c1", message, True, line=1),
        ),
        blocked_by_import=True,
        waiting=True,
        ahead=True,
        message=message,
    )


def test_a_deferred_need_blocks_nothing() -> None:
    message = "`np` is not in the kernel: cell 1 has not run since the kernel started."
    need = Need("np", "missing", "deferred", True, None, "never_run", "c1", message, True)
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
    assert found.message == (
        "`tf` is not in the kernel: cell 2 has not run since the kernel started."
    )


# Builtins


@pytest.mark.parametrize(
    ("source", "builtins", "status", "message"),
    [
        ("sum([])", None, "ready", None),
        ("sum([])", {"sum"}, "ready", None),
        ("sum([])", {"len"}, "blocked",
         "`sum` is not in the kernel: it is a builtin that was deleted, or of a newer Python."),
        ("display(In[1], _3, get_ipython())", {"len"}, "ready", None),
        ("sum = 1\nsum", {"len"}, "ready", None),
        ("newer([])", {"newer"}, "ready", None),
        ("newer([])", {"sum"}, "blocked", "`newer` is not in the kernel, and no cell defines it."),
    ],
)  # fmt: skip
def test_builtins_are_those_of_the_kernel(
    source: str, builtins: set[str] | None, status: CellStatus, message: str | None
) -> None:
    told = None if builtins is None else frozenset(builtins)
    found = verdict(notebook(source), replace(FRESH, builtins=told), 1)
    assert (found.status, found.message) == (status, message)


# Modules


def test_a_module_that_is_not_installed() -> None:
    namespace = kernel(modules=[ModuleAnswer("tensorflow", False)], python="/usr/bin/python3")
    message = "`tensorflow` is not installed in the kernel's environment (`/usr/bin/python3`)."
    need = Need(
        "tensorflow", "not_installed", "immediate", True, None,
        "not_installed", None, message, True, line=1)  # fmt: skip
    assert judged(notebook(TF, USE), namespace).cells[0] == CellVerdict(
        "c1", "blocked", (need,), True, message=message
    )


def test_a_module_that_only_the_servers_environment_has() -> None:
    servers = {"yaml": ServerModule(Distribution("PyYAML", "6.0")), "lone": ServerModule(None)}
    absent = [ModuleAnswer(name, False) for name in (*servers, "nowhere")]
    graph, namespace = notebook("import yaml, lone, nowhere"), kernel(modules=absent)
    installations = Installations(servers=servers.get)
    needs = judged(graph, namespace, installations=installations).cells[0].needs
    is_absent = "`{}` is not installed in the kernel's environment."
    is_here = " The server's environment has it: this kernel runs in another."
    assert [(need.name, need.distribution, need.message) for need in needs] == [
        ("lone", None, is_absent.format("lone") + is_here),
        ("nowhere", None, is_absent.format("nowhere")),
        ("yaml", "PyYAML", is_absent.format("yaml") + is_here),
    ]


@pytest.mark.parametrize(
    ("source", "statuses_expected"),
    [
        ("import m.n", "blocked"),
        ("from m.n import x", "blocked"),
        ("from m import *", "blocked"),
        ("from .m import x", "ready"),
        ("def f():\n    import m", "ready"),
        ("if 1 > 0:\n    import m", "at_risk"),
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


def test_a_package_that_does_not_have_a_part() -> None:
    absent = ModuleAnswer("a.b", False, absent="a.b")
    namespace = kernel(modules=[ModuleAnswer("a", True), absent, replace(absent, name="a.c")])
    cells = judged(notebook("import a.b as x, a.c", "x"), namespace).cells
    message = "`a` in the kernel's environment has no module `b`."
    assert [(need.name, need.message) for need in cells[0].needs] == [("a.b", message)]
    [need] = cells[1].needs
    assert (need.reason, need.message) == (
        "not_installed", f"`x` is not in the kernel, and cell 1 cannot import it: {message}"
    )  # fmt: skip


def test_the_modules_to_ask_for() -> None:
    graph = notebook("import a.b, c as d", "try:\n    import e\nexcept ImportError: pass", "x = 1")
    assert modules_to_find(graph) == {"a", "a.b", "c", "e"}


CLOBBERED = [
    pytest.param(value("tf", bound_by=run(2, "c3", "tf = 3")), "cell 3 made it of type `int`",
                 id="an int"),
    pytest.param(HeldName("tf", "function", "function"),
                 "code that was not seen made it a function", id="a function"),
    pytest.param(HeldName("tf", "class", "type", bound_by=run(2, None, "…")),
                 "code from outside the notebook made it a class", id="a class"),
    pytest.param(module("tf", "torch", run(2, "gone", "…")),
                 "a cell that is gone made it the module `torch`", id="another module"),
]  # fmt: skip


@pytest.mark.parametrize(("held", "what"), CLOBBERED)
def test_a_clobbered_module(held: HeldName, what: str) -> None:
    namespace = kernel(held, modules=[ModuleAnswer("tensorflow", True, "tensorflow")])
    message = f"`tf` should be the module `tensorflow`, but {what}."
    need = Need(
        "tf", "clobbered", "immediate", True, None, "clobbered", "c1", message, True, 1
    )  # fmt: skip
    assert verdict(notebook(TF, USE, "tf = 3"), namespace, 2) == CellVerdict(
        "c2", "at_risk", (need,), message=message
    )


@pytest.mark.parametrize(
    ("sources", "held"),
    [
        pytest.param(("import os.path as p", "p"), module("p", "posixpath"), id="real name"),
        pytest.param(("import never_asked as p", "p"), module("p", "x"), id="nobody asked"),
        pytest.param(("from os import path as p", "p"), value("p"), id="not known to be a module"),
        pytest.param(("p = 3", "p"), value("p"), id="no import"),
        pytest.param(("import os.path as p", "p = 3", "p"), value("p"), id="rebound on purpose"),
        pytest.param(
            ("try:\n    import cupy as p\nexcept ImportError:\n    import os.path as p", "p"),
            module("p", "cupy"), id="one of two imports",
        ),
    ],
)  # fmt: skip
def test_not_clobbered(sources: tuple[str, ...], held: HeldName) -> None:
    asked = [ModuleAnswer("os.path", True, "posixpath"), ModuleAnswer("cupy", True, "cupy")]
    needs = verdict(notebook(*sources), kernel(held, modules=asked), len(sources)).needs
    assert [(need.name, need.status) for need in needs] == [("p", "live")]


# Unknown


def test_a_kernel_that_did_not_answer() -> None:
    message = "Whether `a` is in the kernel cannot be told: it has not answered."
    need = Need("a", "unknown", "immediate", True, None, "cannot_ask", "c1", message, line=1)
    found = judged(notebook("a = 1", "a"), EMPTY_NAMESPACE, answered=False)
    assert found.cells == (
        CellVerdict("c1", "ready"),
        CellVerdict("c2", "at_risk", (need,), message=message),
    )
    assert found.summary == "The kernel has not answered: 1 cell at risk."


def test_what_a_silent_kernel_held_may_be_old() -> None:
    graph = notebook("a = 1", "a")
    found = judged(graph, EMPTY_NAMESPACE, silent=True)
    assert found.summary == "When the kernel last answered: 1 cell waits for the cells above."
    found = judged(graph, Namespace(1, names={"a": value("a")}), silent=True)
    assert (
        found.summary == "When the kernel last answered: everything this notebook needs was live."
    )


def test_a_name_that_the_cells_own_star_import_may_give() -> None:
    message = "Whether `a` is bound by this cell itself cannot be told."
    need = Need("a", "unknown", "immediate", True, None, "star_import", None, message, line=2)
    assert verdict(notebook("from m import *\na"), FRESH, 1) == CellVerdict(
        "c1", "at_risk", (need,), message=message
    )


def test_a_kernel_of_another_language() -> None:
    found = judged(notebook("x <- 1"), EMPTY_NAMESPACE, language="R")
    assert found.cells == (CellVerdict("c1", "not_python"),)
    assert found.summary == "This notebook's language is R, not Python."


# Cells

RAN = [run(1, "c1", "a = 1"), run(2, "c2", "b = a")]


@pytest.mark.parametrize(
    ("sources", "namespace", "expected"),
    [
        pytest.param(("", "# only words", "%%time"), FRESH, "empty empty empty", id="empty"),
        pytest.param(("%%bash\nls", "%%foo\nx"), FRESH, "not_python not_python", id="not Python"),
        pytest.param(("a = = 1\nb",), FRESH, "syntax_error", id="a syntax error"),
        pytest.param(("-" * 50_000 + "x",), FRESH, "at_risk", id="too deep to be read"),
        pytest.param(("print(In, Out, _, _3, __name__)",), FRESH, "ready", id="given names"),
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
                     "fresh ready", id="failed, and could run now"),
    ],
)  # fmt: skip
def test_the_status_of_cells(sources: tuple[str, ...], namespace: Namespace, expected: str) -> None:
    assert statuses(notebook(*sources), namespace) == expected


def test_why_a_cell_is_stale() -> None:
    again = kernel(value("a", bound_by=run(3, "c1", "a = 1")), runs=[run(3, "c1", "a = 1"), RAN[1]])
    found = verdict(notebook("a = 1", "b = a"), again, 2)
    assert (found.status, found.message) == ("stale", "Cell 1 bound `a` again after this cell ran.")
    edited = verdict(notebook("a = 2", "b = a"), kernel(value("a"), runs=RAN), 1)
    assert (edited.status, edited.message) == ("stale", "This cell was edited after it ran.")


def test_a_syntax_error_says_what_is_wrong_and_the_rest_is_judged() -> None:
    found = verdict(notebook("a = 1", "x = (\na"), FRESH, 2)
    assert found.status == "syntax_error"
    assert found.message == "'(' was never closed."
    assert [(need.name, need.status) for need in found.needs] == [("a", "missing")]


# Loud and quiet


@pytest.mark.parametrize(
    ("sources", "namespace", "expected"),
    [
        pytest.param(("a = 1", "b = a", "b"), FRESH, "ready (blocked) (blocked)",
                     id="a fresh kernel: all is quiet"),
        pytest.param(("a", "a = 1"), FRESH, "blocked ready", id="provider below"),
        pytest.param(("a",), FRESH, "blocked", id="provider nowhere"),
        pytest.param(("from m import *", "a"), FRESH, "ready (blocked)", id="star import above"),
        pytest.param(("x = (\na = 1", "a"), FRESH, "syntax_error (blocked)",
                     id="somebody types in the cell above"),
        pytest.param(("a = = 1", "b = a", "b"), FRESH, "syntax_error (blocked) (blocked)",
                     id="and it seems to bind the name"),
        pytest.param(("a = missing", "a"), FRESH, "blocked blocked", id="nor could its provider"),
        pytest.param(("a = 1\ndel a", "a"), FRESH, "ready blocked", id="deleted above"),
        pytest.param(("a = 1", "del a", "a"), FRESH, "ready (blocked) blocked",
                     id="deleted between"),
        pytest.param(("a = 1", "a", "c = 1"), kernel(value("c"), runs=[run(1, "c3", "c = 1")]),
                     "ready blocked fresh", id="a later cell has run"),
        pytest.param(("a = 1", "a", "c = 1"), kernel(value("c"), runs=[run(1, None, "c = 1")]),
                     "ready blocked fresh", id="a later cell has run, its client does not say so"),
        pytest.param(("a = 1", "a"), kernel(runs=[run(1, "c2", "a", succeeded=False)]),
                     "ready blocked", id="it has run itself"),
        pytest.param(("c = 1", "a = 1", "a"), kernel(value("c"), runs=[run(1, "c1", "c = 1")]),
                     "fresh ready (blocked)", id="only a cell above has run"),
        pytest.param(("a = 1", "a"), kernel(runs=[run(1, "c1", "a = 1", succeeded=False)]),
                     "ready blocked", id="its provider failed"),
        pytest.param(("if 2 > 1: a = 1", "a"), kernel(runs=[run(1, "c1", "if 2 > 1: a = 1")]),
                     "fresh blocked", id="its provider did not bind it"),
        pytest.param(("import m", "m"), kernel(modules=[ModuleAnswer("m", False)]),
                     "blocked blocked", id="a module is not installed"),
        pytest.param(("a = 1", "a"), kernel(beginning="restarted", lost=frozenset("a")),
                     "ready (blocked)", id="restarted, and nothing is on screen"),
    ],
)  # fmt: skip
def test_loud_and_quiet(sources: tuple[str, ...], namespace: Namespace, expected: str) -> None:
    assert statuses(notebook(*sources), namespace) == expected


def test_a_cell_that_shows_an_old_result_does_not_wait() -> None:
    graph = updated_graph(
        EMPTY_GRAPH, [Cell("c1", "a = 1"), Cell("c2", "a", has_result=True), Cell("c3", "a")]
    )
    assert statuses(graph, FRESH) == "ready blocked (blocked)"
    cells_judged = judged(graph, FRESH).cells
    assert [cell.ahead for cell in cells_judged] == [False, True, True]
    ran_below = replace(FRESH, runs={"c3": run(1, "c3", "a")})
    assert [cell.ahead for cell in judged(graph, ran_below).cells] == [False, False, False]


def test_a_name_that_no_star_import_gives_is_nothing_to_wait_for() -> None:
    sources = cells("from m import *", "a", "b")
    graph = updated_graph(EMPTY_GRAPH, sources, {"m": frozenset("a")}.get)
    assert statuses(graph, FRESH) == "ready (blocked) blocked"


# The line at the top


@pytest.mark.parametrize(
    ("sources", "namespace", "line"),
    [
        ((), FRESH, "No code cells."),
        (("a = 1",), FRESH, "Everything this notebook needs is live."),
        ((TF, USE), FRESH,
         "Nothing has run in this kernel yet: 1 cell waits for the imports of cell 1."),
        ((TF, USE, USE), kernel(beginning="restarted"),
         "The kernel was restarted: 2 cells wait for the imports of cell 1."),
        ((TF, USE), kernel(beginning="died"),
         "The kernel was restarted: 1 cell waits for the imports of cell 1."),
        ((TF, USE), kernel(value("b")), "1 cell waits for the imports of cell 1."),
        ((TF, USE), kernel(replace(value("b"), initial=True)),  # of a startup file
         "Nothing has run in this kernel yet: 1 cell waits for the imports of cell 1."),
        (("a = 1", "a", "a"), FRESH,
         "Nothing has run in this kernel yet: 2 cells wait for the cells above."),
        ((TF, "x = tf", "x"), FRESH,  # by way of cell 2
         "Nothing has run in this kernel yet: 2 cells wait for the imports of cell 1."),
        ((TF, USE, "d = 1", "d"), FRESH,  # one of them waits for no import
         "Nothing has run in this kernel yet: 2 cells wait for the cells above."),
        (("import a", "import b", "a, b"), FRESH,
         "Nothing has run in this kernel yet: 1 cell waits for the imports of cells 1 and 2."),
        (("import a", "import b", "import c", "import d", "a, b, c, d"), FRESH,
         "Nothing has run in this kernel yet: 1 cell waits for the imports of cells 1, 2, 3 and "
         "more."),
        (("len", "if len: b", "c = 1", "c"), FRESH,
         "Nothing has run in this kernel yet: 1 cell at risk, 1 cell waits for the cells above."),
        (("a = 1", "b = a", "c = b"), kernel(value("a", bound_by=run(4, "c1", "a = 1")),
                                             value("b", bound_by=run(2, "c2", "b = a")),
                                             runs=[run(4, "c1", "a = 1"), run(2, "c2", "b = a"),
                                                   run(3, "c3", "c = b")]),
         "2 cells out of date."),
        (("a", "b"), kernel(value("x")), "2 cells would raise an error."),
    ],
)  # fmt: skip
def test_summary(sources: tuple[str, ...], namespace: Namespace, line: str) -> None:
    assert judged(notebook(*sources), namespace).summary == line


def test_judging_changes_nothing_and_is_repeatable() -> None:
    graph = notebook(TF, USE)
    assert judged(graph, FRESH) == judged(graph, FRESH)
    assert kernel() == FRESH


# What can be mended


@pytest.mark.parametrize(
    ("sources", "target", "repairs"),
    [
        ((TF, USE), 1, ("cells", "imports")),
        (("a = 1", "a"), 1, ("cells",)),
        ((TF, "if a: tf"), 1, ("cells", "imports")),
        (("from m import *", "a"), 1, ("cells", "imports")),
        (("a",), 0, ()),  # nobody defines it
        (("import nowhere",), 0, ()),  # not installed: nothing to run would help
        (("a = 1", "def f(): return a"), 1, ()),  # needed by those that call f
    ],
)
def test_repairs(sources: tuple[str, ...], target: int, repairs: tuple[str, ...]) -> None:
    modules = {"nowhere": ModuleAnswer("nowhere", False)}
    verdict = judged(notebook(*sources), replace(FRESH, modules=modules)).cells[target]
    assert verdict.repairs == repairs


def test_restored_imports_are_no_run_of_the_cell() -> None:
    restored = Run(1, None, None, "import tensorflow as tf", True)
    held = module("tf", "tensorflow", restored)
    namespace = replace(FRESH, names={"tf": held}, other_runs=(restored,))
    verdicts = judged(notebook("import tensorflow as tf", "tf"), namespace).cells
    assert [verdict.status for verdict in verdicts] == ["ready", "ready"]


IMPORTS_TO_INSERT = [
    pytest.param(("np.ones(3)",), "import numpy as np", id="what everybody writes"),
    pytest.param(("datetime.now()",), None, id="what people mean different things by"),
    pytest.param(("mine",), None, id="a name that nobody knows"),
    pytest.param(("np.ones(3)", "from numpy import fft as np"), "from numpy import fft as np",
                 id="the notebook's own, from below"),
    pytest.param(("np.ones(3)", "np = 3"), None, id="what a cell below binds to something else"),
    pytest.param(("os.sep", "if a: import os\nelse: import posix as os"), None, id="a choice"),
    pytest.param(("print(np)", "x = 1\nfrom numpy import fft\nimport numpy as np, re"),
                 "import numpy as np", id="only the name's own"),
]  # fmt: skip


@pytest.mark.parametrize(("sources", "expected"), IMPORTS_TO_INSERT)
def test_the_import_to_insert(sources: tuple[str, ...], expected: str | None) -> None:
    needs = verdict(notebook(*sources), FRESH, 1).needs
    assert [need.import_code for need in needs if need.name != "print"] == [expected]


def test_no_import_is_to_be_inserted_below_one() -> None:
    (need,) = verdict(notebook("import numpy as np", "np"), FRESH, 2).needs
    assert (need.reason, need.import_code) == ("never_run", None)
