"""Which names does a cell that raises leave unbound?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from jupyter_namespace_viz.core.analysis.reader import read_cell
from jupyter_namespace_viz.core.forecast.failed_cells import (
    deleted_before,
    first_error,
    not_yet_deleted,
    unbound_by,
)
from jupyter_namespace_viz.core.forecast.findings import Finding
from jupyter_namespace_viz.core.graph.enrichment.star_imports import with_star_names
from jupyter_namespace_viz.core.sentences import verbatim


def error(
    kind: str, line: int | None, name: str = "x", imported: str | None = None, certain: bool = True
) -> Finding:
    """A finding; what it says does not matter."""
    return Finding("c1", name, kind, None, certain, None, verbatim(""), line, imported)


NO_PYTHON = replace(error("SyntaxError", 2), before_run=True)
REFUSED = error("SyntaxError", 2)


def raised_by(source: str) -> Finding:
    """The error of the text, in which `x` and what is imported from `m` are missing: at the first
    of these uses."""
    names = read_cell(source)
    found = [
        replace(error("NameError", use.line), order=use.order)
        for use in names.uses
        if use.name == "x"
    ]
    for one in names.imports:
        found += [
            replace(error("ImportError", taken.line, imported="m"), order=taken.order)
            for taken in one.taken
            if taken.name == "x"
        ]
        if one.module.startswith((".", "no")):
            found.append(replace(error("ModuleNotFoundError", one.line), order=one.order))
    return found[0]


UNBOUND = {
    "its own line": ("a = x", "a"),
    "above and below": ("a = 1\nb = x\nc = 2", "b c"),
    "several on its line": ("a = 1; b = x; c = 2", "b c"),
    "a statement of several lines": ("a = [\nx]", "a"),
    "all values before their targets": ("a, b = 1, x", "a b"),
    "targets from left to right": ("a, c[x], b = 1, 2, 3", "b"),
    "a value with several targets": ("a = c[x] = b = 1", "b"),
    "a walrus before it": ("f((a := 1), x, (b := 2))", "b"),
    "an annotation comes last": ("a: x = 1", ""),
    "in a branch below": ("x\nif y: a = 1", "a"),
    "in both branches below": ("if x: a = 1\nelse: a = 2", "a"),
    "the second context": ("with c as a, x as b: d = 1", "b d"),
    "what `finally` binds": ("try: x\nfinally: a = 1\nb = 1", "b"),
    "a handler of another error": ("try: x\nexcept OSError: a = 1", "a"),
    "in the body of a loop": ("for a in y:\n  b = 1; x; c = 1", "c"),
    "an import": ("import a\nimport no.b\nimport c", "c no"),
    "beside another": ("import a, no, b", "b no"),
    "all names": ("from no import a, b", "a b"),
    "from the name on": ("from m import a, x, b", "b x"),
    "under another name": ("from m import a, x as y", "y"),
    "relative": ("from .m import a", "a"),
    "what a function binds before": ("def f():\n  global a, b\n  a = 1; x; b = 1\nf()", "b"),
    "in its `finally`": ("def f():\n  global a\n  try: x\n  finally: a = 1\nf()", ""),
    "where it reads it only perhaps": (
        "def f():\n  global a\n  if y: x\n  a = 1\n  x\nf()", "",
    ),
    "a function that it calls": (
        "def g(): x\ndef f():\n  global a\n  g(); a = 1\nf()", "",
    ),
    "a star import that fails": ("a = 1\nfrom .m import *\nb = 2", "b s"),
    "an error below a star import": ("from m import *\nx\nb = 2", "b"),
    "in the same line": ("from m import *; b = x", "b"),
    "an error above it": ("a = x\nfrom m import *", "a s"),
}  # fmt: skip


@pytest.mark.parametrize("case", UNBOUND)
def test_what_is_left_unbound(case: str) -> None:
    source, expected = UNBOUND[case]
    names = with_star_names(read_cell(source), lambda _: frozenset("s"), frozenset("s"))
    assert " ".join(sorted(unbound_by(names, raised_by(source)))) == expected


def test_what_text_that_the_kernel_refuses_leaves_unbound() -> None:
    assert unbound_by(read_cell("a = 1\nb = = 2\nc = 3"), NO_PYTHON) == {"a", "b", "c"}
    assert unbound_by(read_cell("a = 1\nreturn\nc = 3"), REFUSED) == {"c"}


DELETED = {
    "before the error": ("del a; x; del b", "a", ""),
    "before it in one statement": ("del a, x, b", "a", ""),
    "after it": ("a = 1; x; del a", "", "a"),
    "bound again": ("del a; a = 1; x", "", ""),
    "bound again after it": ("del a; x; a = 1", "a", ""),
    "only perhaps": ("if y: del a\nx\ndel a", "", ""),
}


@pytest.mark.parametrize("case", DELETED)
def test_what_is_deleted_then(case: str) -> None:
    source, expected, later = DELETED[case]
    names, found = read_cell(source), raised_by(source)
    assert " ".join(sorted(deleted_before(names, found))) == expected
    assert " ".join(sorted(not_yet_deleted(names, found))) == later


def test_the_error_with_which_a_cell_ends() -> None:
    first, second = error("NameError", 1), error("NameError", 2)
    text = error("SyntaxError", 3)
    assert first_error([second, first]) is first
    assert first_error([first, text]) is text
    assert first_error([error("NameError", 1, certain=False), second]) is second
    assert first_error([error("NameError", None), first]) is None
    assert first_error([error("NameError", 1, certain=False)]) is None
    assert first_error([]) is None
