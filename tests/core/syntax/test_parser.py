"""Does text that is not quite Python lose the broken statement only?"""

from __future__ import annotations

import ast
import warnings
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from jupyter_namespace_viz.core.analysis.reader import read_cell
from jupyter_namespace_viz.core.syntax.diagnostics import Problem
from jupyter_namespace_viz.core.syntax.parser import FIELDS, MAX_BROKEN_STATEMENTS, tree_of
from jupyter_namespace_viz.core.syntax.text_cache import forget_texts
from tests.core.tools.notebooks import described, table

# Of problems the line and the kind: the messages are Python's own and change with its version.
BROKEN = table("""
== a broken statement between whole ones
x = 1
y = = 2
z = x + w
-> defines x=assignment z=assignment
-> uses w
-> problems 2 syntax
== two broken statements
x = = 1
y = a
z = = 2
-> defines y=assignment
-> uses a
-> problems 1 syntax
== a broken function is one statement
def f(x):
    return x +

y = g(z)
-> defines y=assignment
-> uses g z
-> problems 1 syntax
== a broken class is one statement
class A:
    def f(self):
        return 1 +
    def g(self): pass
b = a
-> defines b=assignment
-> uses a
-> problems 1 syntax
== a broken try is one statement
try:
    x = 1
except ValueError, e:
    y = 2
z = x
-> defines z=assignment
-> uses x
-> problems 1 python2
== a broken display is one statement
x = {
  'a': 1,
  'b':
}
y = z
-> defines y=assignment
-> uses z
-> problems 1 syntax
== half typed: a call
import numpy as np
df = pd.read_csv(
-> defines np=import
-> imports numpy
-> problems 2 syntax
== half typed: a call in the middle
f(x
y = z
-> defines y=assignment
-> uses z
-> problems 1 syntax
== half typed: an attribute
x = np.
y = z
-> defines y=assignment
-> uses z
-> problems 1 syntax
== half typed: a block without a body
if a:
y = z
-> defines y=assignment
-> uses z
-> problems 1 syntax
== half typed: a function without a body
x = 1
def f():
    # what it does

y = z
-> defines x=assignment y=assignment
-> uses z
-> problems 2 syntax
== half typed: a method without a body
class A:
    def f(self):
    def g(self): pass
y = z
-> defines y=assignment
-> uses z
-> problems 1 syntax
== a stray indent
x = 1
  y = 2
z = w
-> defines z=assignment
-> uses w
-> problems 1 syntax
== an indented cell is fine
   x = 1
   y = z
-> defines x=assignment y=assignment
-> uses z
== an open string takes the rest with it
x = 1
y = '''a
z = w
-> defines x=assignment z=assignment
-> uses w
-> problems 2 syntax
== magics around a broken statement
!ls
y = = 3
%time x = z
-> defines x=assignment
-> uses z
-> problems 2 syntax
== below a cell magic lines keep their numbers
%%time
x = a
y = = 3
-> defines x=assignment
-> uses a
-> problems 3 syntax
== Python 2
print "hello"
x = y
print >>f, "x" % y,
raise E, "x"
-> defines x=assignment
-> uses f print y
-> problems 1 python2
== Python 2 only: one calm problem
print "a"
exec "x = 1"
raise ValueError, "b"
-> problems 1 python2
== Python 2, and a mistake
print "a"
x = 0777
y = = z
w = v
-> defines w=assignment
-> uses v
-> problems 1 python2 3 syntax
== placeholders of an exercise: one calm problem
a =
b = 1
c = # your code here
-> defines b=assignment
-> problems 1 syntax
== prose: one calm problem
This is prose about the data. Let us see.
It goes on, with a comma
and more.
-> problems 1 syntax
== much prose, code below it: the rest is left unread
a b
c d
e f
g h
i j
k l
m = n
-> problems 1 syntax
== null bytes
x = 1\0
-> problems 1 syntax
== a return outside functions is refused by the compiler
return x
-> uses x
-> problems 1 syntax
""")


@pytest.mark.parametrize(("source", "expected"), BROKEN)
def test_only_the_broken_statement_is_lost(source: str, expected: dict[str, str]) -> None:
    names = read_cell(source)
    answer = described(names)
    if names.problems:
        answer["problems"] = " ".join(f"{p.line} {p.kind}" for p in names.problems)
    assert answer == expected


def test_a_problem_is_a_sentence() -> None:
    (problem,) = read_cell("x = 1\ny = (\n").problems
    assert (problem.line, problem.kind, problem.message) == (2, "syntax", "'(' was never closed.")


def test_problems_of_one_kind_are_one_problem() -> None:
    problems = read_cell("x = = 1\ny = 2\nz = = 3\n\na = = 4").problems
    message = "Invalid syntax. The same goes for lines 3 and 5."
    assert problems == (Problem(1, "syntax", message),)
    problems = read_cell("print 'a'\nprint 'b'\nx = 1").problems
    message = "This is written for Python 2. The same goes for line 2."
    assert problems == (Problem(1, "python2", message),)


def test_the_most_broken_statements_that_are_read_around() -> None:
    source = "x = = 1\n" * MAX_BROKEN_STATEMENTS + "y = z"
    assert described(read_cell("a = b\n" + source)).keys() == {"problems"}
    source = "x = = 1\n" * (MAX_BROKEN_STATEMENTS - 1) + "y = z"
    assert described(read_cell(source)).keys() == {"defines", "problems", "uses"}


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("-" * 50_000 + "x", id="signs"),
        pytest.param("x" + ".y" * 50_000, id="attributes"),
        pytest.param("x = " + "1 + " * 40_000 + "y", id="a sum"),
        pytest.param("if a: x = 1\n" + "elif b: x = 1\n" * 8_000, id="elifs"),
    ],
)
def test_deep_nesting_is_a_problem(source: str) -> None:
    assert described(read_cell(source)) == {
        "problems": "1 too_deep This cell is nested too deeply to be read."
    }


@pytest.mark.parametrize("source", ["(" * 5_000 + ")" * 5_000, "[" * 50_000])
def test_too_many_brackets_are_a_problem(source: str) -> None:
    assert [p.line for p in read_cell(source).problems] == [1]


def test_threads_that_read_leave_the_filters_of_warnings_as_they_were() -> None:
    before = warnings.filters[:]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(read_cell, (f'x_{number} = "\\d"; !ls' for number in range(400))))
    assert warnings.filters == before


INTERRUPTED = ["x = y", "x = y\n!ls", "x = '\\d'; y"]


@pytest.mark.parametrize("text", INTERRUPTED)
def test_a_parser_that_was_interrupted_once(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = read_cell(text)
    forget_texts()
    parse = ast.parse
    calls = 0

    def interrupted(*args: Any, **options: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == 1:
            raise SystemError("AST constructor recursion depth mismatch (before=57, after=103)")
        return parse(*args, **options)

    monkeypatch.setattr(ast, "parse", interrupted)
    assert read_cell(text) == expected
    assert calls > 1


def test_fields_with_expressions_keep_their_order() -> None:
    assert FIELDS[ast.Call] == ("func", "args", "keywords")
    assert FIELDS[ast.BinOp] == ("left", "right")
    assert FIELDS[ast.keyword] == ("value",)
    assert FIELDS[ast.Pass] == ()


def test_no_file_is_read_for_the_line_of_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("<unknown>").write_text("of a file", encoding="utf-8")
    with pytest.raises(SyntaxError) as caught:
        tree_of("x = = 1")
    assert str(caught.value.text).strip() == "x = = 1"
