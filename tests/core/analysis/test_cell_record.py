"""How is what a cell reads and binds recorded?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.analysis.cell_names import Use
from jupyter_namespace_viz.core.analysis.cell_record import MAX_FOLLOWED_READS
from jupyter_namespace_viz.core.analysis.reader import read_cell

USES = [
    # two readings of one name are one use: what is certain leads, and direct readings do
    ("x\nx", Use("x", "immediate", True, line=1)),
    ("if c: x\nx", Use("x", "immediate", True, line=2)),
    ("x\nif c: x", Use("x", "immediate", True, line=1)),
    ("x\nx()", Use("x", "immediate", True, line=1)),
    ("f = lambda: x\ng(f)", Use("x", "deferred", True)),
    ("f = lambda: x\n[1](f)", Use("x", "immediate", False, via="f", line=2, doubt="given")),
    ("f = lambda: x\n[1](f)\nf()", Use("x", "immediate", True, via="f", line=3)),
    ("def f(): return x\nf()", Use("x", "immediate", True, via="f", line=2)),
    ("def f(): return x\nf()\nx", Use("x", "immediate", True, line=3)),
    ("def f(): return x\nx\nf()", Use("x", "immediate", True, line=2)),
    ("def f(): return x", Use("x", "deferred", True)),
    ("def f(): return x\nif c: x", Use("x", "immediate", False, line=2)),
    ("try: x\nexcept NameError: pass", Use("x", "immediate", False, guarded=True, line=1)),
    ("try: x\nexcept NameError: pass\nx", Use("x", "immediate", True, line=3)),
    ("from m import *\nx", Use("x", "immediate", True, star=True, line=2)),
    ("x\nfrom m import *\nx", Use("x", "immediate", True, line=1)),
    ("if c: x = 1\nx", Use("x", "immediate", False, line=2, may_be_bound=True)),
]


@pytest.mark.parametrize(("source", "expected"), USES)
def test_the_one_use_of_a_name(source: str, expected: Use) -> None:
    assert [use for use in read_cell(source).uses if use.name == "x"] == [expected]


LINES = [
    ("x = 1", 1),
    ("a\nx = 1\nx = 2", 2),  # the first line from which on it is bound
    ("if c: x = 1", None),
    ("if c: x = 1\nx = 2", 2),
    ("for x in y: pass", 1),
    ("def f():\n    global x\n    x = 1\nf()", 4),
]


@pytest.mark.parametrize(("source", "line"), LINES)
def test_the_line_from_which_on_a_name_is_bound(source: str, line: int | None) -> None:
    definition = read_cell(source).definition_of("x")
    assert definition is not None
    assert definition.line == line


def test_a_cell_that_calls_too_much_is_followed_up_to_a_line() -> None:
    functions = 500
    chain = "".join(f"def f{n}(): f{n + 1}()\n" for n in range(functions))
    names = read_cell(chain + "f0()\n" * functions)
    (problem,) = names.problems
    followed = MAX_FOLLOWED_READS // functions
    assert problem.kind == "too_large"
    assert problem.line is not None
    assert functions + followed - 5 < problem.line < functions + followed + 5
    assert problem.message == (
        "This cell calls too many functions: what they use is followed only up to here."
    )
    assert read_cell(chain + "f0()\n").problems == ()
