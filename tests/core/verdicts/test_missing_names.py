"""Why does the kernel not hold a name, and which import would bring it?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from jupyter_namespace_viz.core.kernel_state.namespace import ModuleAnswer, Namespace, Run
from jupyter_namespace_viz.core.verdicts.verdict_types import CellVerdict, Need
from jupyter_namespace_viz.core.vocabulary import CellStatus, Reason
from tests.core.tools.notebooks import (
    judged,
    kernel,
    notebook,
    run,
    statuses,
    value,
    verdict,
)

FRESH = kernel()


def one_of(succeeded: bool, error: str | None = None) -> Run:
    """A run that cell 1 or cell 3 made."""
    made = run(3, None, "a = 1", succeeded)
    return replace(made, may_be_of=("c1", "c3"), error=error)


def failed(source: str, error: str) -> Run:
    """A run of cell 1."""
    return replace(run(1, "c1", source, False), error=error)


MISSING = [
    pytest.param(
        ("a = 1", "a"), FRESH, "never_run", "c1",
        "`a` is missing: cell 1 has not run since the kernel started.",
        id="never run",
    ),
    pytest.param(
        ("a = 1", "a"), kernel(beginning="restarted", lost=frozenset("a")), "lost_at_restart", "c1",
        "`a` is missing: the kernel was restarted and cell 1 has not run since.",
        id="lost at a restart",
    ),
    pytest.param(
        ("a = 1", "a"), kernel(beginning="died", lost=frozenset("a")), "lost_at_restart", "c1",
        "`a` is missing: the kernel died and was restarted, and cell 1 has not run since.",
        id="lost when the kernel died",
    ),
    pytest.param(
        ("a = 1", "a"), kernel(beginning="restarted", lost=frozenset("b")), "never_run", "c1",
        "`a` is missing: cell 1 has not run since the kernel started.",
        id="restarted, but it was not there before",
    ),
    pytest.param(
        ("a = 1", "a", "del a"),
        kernel(runs=[run(1, "c1", "a = 1")], deleted_by={"a": run(2, "c3", "del a")}),
        "deleted", "c1", "`a` is missing: cell 3 deleted it.",
        id="deleted by a cell",
    ),
    pytest.param(
        ("a = 1", "a"), kernel(deleted_by={"a": run(2, "gone", "del a")}),
        "deleted", "c1", "`a` is missing: a deleted cell deleted it.",
        id="deleted by a deleted cell",
    ),
    pytest.param(
        ("b", "a"), kernel(deleted_by={"a": run(2, None, "del a")}),
        "deleted", None, "`a` is missing: code outside the notebook deleted it.",
        id="deleted from a console",
    ),
    pytest.param(
        ("a = 1", "a"), kernel(runs=[run(1, "c1", "a = 1", succeeded=False)]),
        "provider_failed", "c1", "`a` is missing: cell 1 failed before defining it.",
        id="its provider failed",
    ),
    pytest.param(
        ("a = 1", "a"), kernel(runs=[run(1, "c1", "b = 1")]), "provider_edited", "c1",
        "`a` is missing: cell 1 was edited after it ran and has not run since.",
        id="its provider was edited",
    ),
    pytest.param(
        ("if b: a = 1", "a"), kernel(runs=[run(1, "c1", "if b: a = 1")]), "not_bound", "c1",
        "`a` is missing: cell 1 ran without defining it.",
        id="its provider did not bind it",
    ),
    pytest.param(
        ("b", "a", "a = 1"), FRESH, "later_cell", "c3",
        "`a` is missing: only cell 3, further down, defines it.",
        id="only a later cell",
    ),
    pytest.param(
        ("b", "a"), FRESH, "no_provider", None,
        "`a` is missing: no cell defines it.",
        id="no cell",
    ),
    pytest.param(
        ("a = # your code", "a"), FRESH, "not_parsed", "c1",
        "`a` is missing: cell 1, which would define it, has a syntax error.",
        id="its cell cannot be parsed",
    ),
    pytest.param(
        ("b", "a", "a = = 1"), FRESH, "not_parsed", "c3",
        "`a` is missing: cell 3, which would define it, has a syntax error.",
        id="a later cell that cannot be parsed",
    ),
    pytest.param(
        ("from m import *", "a"), FRESH, "star_import", "c1",
        "`a` is missing: cell 1, which may define it, has not run.",
        id="perhaps a star import",
    ),
    pytest.param(
        ("from m import *", "a"), kernel(runs=[run(1, "c1", "from m import *")]),
        "no_provider", None, "`a` is missing: no cell defines it.",
        id="the star import did not bring it",
    ),
    pytest.param(
        ("from m import *", "a"), kernel(former_star_names={"m": {"b"}}), "no_provider", None,
        "`a` is missing: no cell defines it.",
        id="nor did it in an earlier kernel",
    ),
    pytest.param(
        ("from m import *; from n import *", "a"),
        kernel(former_star_names={"m": {"a"}, "n": {"b"}}), "star_import", "c1",
        "`a` is missing: cell 1, which may define it, has not run.",
        id="one of two did",
    ),
    pytest.param(
        ("%run m.ipynb", "a"), kernel(runs=[failed("%run m.ipynb", "OSError")]),
        "provider_failed", "c1",
        "`a` is missing: cell 1, which may define it, raised `OSError`.",
        id="what may define it failed",
    ),
    pytest.param(
        ("from m import *\n1 / len('')", "a"),
        kernel(runs=[failed("from m import *\n1 / len('')", "KeyboardInterrupt")]),
        "provider_failed", "c1",
        "`a` is missing: cell 1, which may define it, did not run to its end.",
        id="what may define it was interrupted",
    ),
    pytest.param(
        ("from m import *\na = 1", "a"),
        kernel(runs=[failed("from m import *\na = 1", "ImportError")]),
        "provider_failed", "c1",
        "`a` is missing: cell 1 raised `ImportError` before defining it.",
        id="what defines it failed below a star import",
    ),
    pytest.param(
        ("a = 1", "a", "a = 1"), kernel(runs=[one_of(False, "NameError")]), "one_of_cells", "c1",
        "`a` is missing: one of cells 1 and 3 raised `NameError` before defining it; which one is "
        "not known.",
        id="one of two cells failed",
    ),
    pytest.param(
        ("a = 1", "a", "a = 1"),
        kernel(runs=[run(1, "c1", "a = 1"), one_of(False, "KeyboardInterrupt")]),
        "one_of_cells", "c1",
        "`a` is missing: one of cells 1 and 3 was interrupted before defining it; which one is not "
        "known.",
        id="one of two cells was interrupted, after one of them had run",
    ),
    pytest.param(
        ("if print(): a = 1", "a", "if print(): a = 1"), kernel(runs=[one_of(True)]),
        "one_of_cells", "c1",
        "`a` is missing: one of cells 1 and 3 ran without defining it; which one is not known.",
        id="one of two cells did not bind it",
    ),
    pytest.param(
        ("a = 1", "a", "a = 1"), kernel(runs=[one_of(False), run(4, "c1", "a = 1", False)]),
        "provider_failed", "c1", "`a` is missing: cell 1 failed before defining it.",
        id="one of two cells ran, then certainly its provider",
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
    found = verdict(notebook(*sources), namespace, 2)
    need = Need(
        "a", "missing", "immediate", True, None, reason, provider, message, by_import, 1,
        is_consequence=reason == "provider_failed", waiting=found.waiting,
    )  # fmt: skip
    assert replace(found, waiting=False) == CellVerdict(
        "c2", "blocked", (need,), by_import, message=message
    )


def test_a_name_that_the_cell_itself_binds_in_a_branch() -> None:
    found = verdict(notebook("if print(): a = 1\na", "a = 2"), FRESH, 1)
    message = "`a` may be missing: this cell defines it only in a branch."
    assert (found.status, found.message) == ("at_risk", message)


@pytest.mark.parametrize(
    ("source", "line", "message"),
    [
        ("def f(): a += 1\nf()", 2, "`a` is a local name of `f` that is read before it is bound."),
        ("del a\na", 2, "`a` is missing: the cell itself deletes it before it reads it."),
    ],
)
def test_a_name_that_is_unbound_where_it_is_read_is_missing_though_held(
    source: str, line: int, message: str
) -> None:
    found = verdict(notebook("a = 1", source), kernel(value("a")), 2)
    via = "f" if "f()" in source else None
    need = Need("a", "missing", "immediate", True, via, "unbound", message=message, line=line)
    assert (found.status, found.message) == ("blocked", message)
    assert need in found.needs


@pytest.mark.parametrize(
    ("source", "builtins", "status", "message"),
    [
        ("sum([])", None, "ready", None),
        ("sum([])", {"sum"}, "ready", None),
        ("sum([])", {"len"}, "blocked",
         "`sum` is missing: it is a deleted builtin or one of a newer Python."),
        ("display(In[1], _, get_ipython())", {"len"}, "ready", None),
        ("sum = 1\nsum", {"len"}, "ready", None),
        ("newer([])", {"newer"}, "ready", None),
        ("newer([])", {"sum"}, "blocked", "`newer` is missing: no cell defines it."),
    ],
)  # fmt: skip
def test_builtins_are_those_of_the_kernel(
    source: str, builtins: set[str] | None, status: CellStatus, message: str | None
) -> None:
    known = None if builtins is None else frozenset(builtins)
    found = verdict(notebook(source), replace(FRESH, builtins=known), 1)
    assert (found.status, found.message) == (status, message)


IMPORTS_TO_INSERT = [
    pytest.param(("np.ones(3)",), "import numpy as np", id="what everybody writes"),
    pytest.param(("datetime.now()",), None, id="what people mean different things by"),
    pytest.param(("mine",), None, id="a name that is imported in no usual way"),
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


TRY = "try: import gone as g\nexcept ImportError: pass\n"
HANDLED: dict[str, tuple[str, str]] = {
    # a cell, its status and the beginning of the sentence
    "and its name": (
        TRY + "g.x",
        "blocked `g` is missing, and cell 1 cannot import it: `gone` is not installed",
    ),
    "and its name in a branch": (TRY + "if len('x'): g.x", "ready"),
    "and its name where it succeeds": (TRY + "else:\n    if len('x'): g.x", "ready"),
    "which may be installed": ("!pip install gone\n" + TRY + "g.x", "at_risk `g` may be missing"),
    "which is there": (TRY.replace("gone", "there") + "g.x", "ready"),
    "suppressed": (
        "from contextlib import suppress\nwith suppress(ImportError): import gone as g\ng.x",
        "blocked `g` is missing, and cell 1",
    ),
}


@pytest.mark.parametrize("case", HANDLED)
def test_an_import_whose_failure_the_cell_handles(case: str) -> None:
    source, expected = HANDLED[case]
    answers = [ModuleAnswer(name, name != "gone") for name in ("gone", "there", "contextlib")]
    cell = judged(notebook(source), kernel(modules=answers)).cells[0]
    assert f"{cell.status} {cell.message or ''}".startswith(expected)


def test_an_import_whose_failure_a_cell_above_handles() -> None:
    graph = notebook(TRY, "if len('x'): g.x", "g.x")
    ran = kernel(modules=[ModuleAnswer("gone", False)], runs=[run(1, "c1", TRY)])
    assert statuses(graph, ran) == "fresh ready blocked"
