"""Which statements does the compiler refuse, and what is said of them?"""

from __future__ import annotations

import ast
import warnings

import pytest

from jupyter_namespace_viz.core.analysis.reader import read_cell
from jupyter_namespace_viz.core.syntax import compilation
from jupyter_namespace_viz.core.syntax.compilation import refusal
from jupyter_namespace_viz.core.syntax.diagnostics import Problem
from jupyter_namespace_viz.core.syntax.syntax_errors import message_of_python

CELLS = [
    # a cell, the line that the compiler refuses, None where it refuses none, and its message
    ("return 1", 1, "'return' outside function"),
    ("if a:\n    return", 2, "'return' outside function"),
    ("class C:\n    return", 2, "'return' outside function"),
    ("def f():\n    return", None, ""),
    ("break", 1, "'break' outside loop"),
    ("for a in b:\n    pass\nelse:\n    break", 4, "'break' outside loop"),
    ("for a in b:\n    class C:\n        break", 3, "'break' outside loop"),
    ("for a in b:\n    def f():\n        break", 3, "'break' outside loop"),
    ("for a in b:\n    break", None, ""),
    ("continue", 1, "'continue' not properly in loop"),
    ("yield 1", 1, "'yield' outside function"),
    ("class C:\n    yield", 2, "'yield' outside function"),
    ("def f():\n    return [(yield a) for a in b]", 2, "'yield' inside list comprehension"),
    ("def f():\n    yield 1", None, ""),
    ("await a", None, ""),
    ("async with a: pass", None, ""),
    ("[a async for a in b]", None, ""),
    ("def f():\n    await a", 2, "'await' outside async function"),
    ("def f():\n    async with a: pass", 2, "'async with' outside async function"),
    ("async def f():\n    yield\n    return 1", 3, "'return' with value in async generator"),
    ("def f(a, a): pass", 1, "duplicate argument 'a' in function definition"),
    ("def f(a, *, b, a=1): pass", 1, "duplicate argument 'a' in function definition"),
    ("f = lambda a, a: a", 1, "duplicate argument 'a' in function definition"),
    ("f(a=1, b=2, a=3)", 1, "keyword argument repeated: a"),
    ("f(a=1, b=2, **a)", None, ""),
    ("def f(a):\n    global a", 2, "name 'a' is parameter and global"),
    ("def f():\n    a\n    global a", 3, "name 'a' is used prior to global declaration"),
    ("global a\na = 1", None, ""),
    ("a = 1\nglobal a", None, ""),  # refused in a file, but statements are compiled one by one
    ("nonlocal a", 1, "nonlocal declaration not allowed at module level"),
    ("def f():\n    nonlocal a", 2, "no binding for nonlocal 'a' found"),
    ("def f():\n    from m import *", 2, "import * only allowed at module level"),
    ("if a:\n    from m import *", None, ""),
    ("from __future__ import braces", 1, "not a chance"),
    ("a\nfrom __future__ import annotations", None, ""),
    ("*a = b", 1, "starred assignment target must be in a list or tuple"),
    ("*a, *b = c", 1, "multiple starred expressions in assignment"),
    ("*a, b = c", None, ""),
    ("a = *b", 1, "can't use starred expression here"),
    ("f(*a)", None, ""),
    ("[(a := a) for a in b]", 1, "assignment expression cannot rebind comprehension iteration "
     "variable 'a'"),
    ("[c := a for a in b]", None, ""),
    ("match a:\n    case b: pass\n    case 1: pass", 2, "name capture 'b' makes remaining "
     "patterns unreachable"),
    ("match a:\n    case [b, b]: pass", 2, "multiple assignments to name 'b' in pattern"),
    ("try:\n    a\nexcept: pass\nexcept E: pass", 3, "default 'except:' must be last"),
    ("__debug__ = 1", 1, "cannot assign to __debug__"),
    ("".join(" " * n + "with a:\n" for n in range(21)) + " " * 21 + "b", 21,
     "too many statically nested blocks"),
    ("!ls\n%matplotlib\nreturn", 3, "'return' outside function"),
    ("a is 1\nb = '\\d'\nassert (a, b)\ndef f(): 'a'(1)", None, ""),  # these only give warnings
]  # fmt: skip


@pytest.mark.parametrize(("text", "line", "message"), CELLS)
def test_the_statement_that_the_compiler_refuses(text: str, line: int | None, message: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        problems = read_cell(text).problems
    found = [(it.line, it.kind, str(it.message).removesuffix(ABOVE)) for it in problems]
    expected = (line, "syntax", str(message_of_python(message)))
    assert found == ([] if line is None else [expected])


ABOVE = " The statements above it run before that."


def test_the_statements_above_it_run_first() -> None:
    read = read_cell("a = 1\nreturn a\nb = 1")
    assert str(read.problems[0].message) == "'return' outside function." + ABOVE
    assert [it.name for it in read.definitions] == ["a", "b"]
    assert not read.can_run


def test_what_is_allowed_in_a_newer_python_is_not_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "async def f():\n    def g():\n        return [a async for a in b]"
    body = ast.parse(text).body
    message = "Asynchronous comprehension outside of an asynchronous function."
    monkeypatch.setattr(compilation.sys, "version_info", (3, 11))
    assert refusal(body, text, [3], 5) == [Problem(7, "syntax", message_of_python(message))]
    monkeypatch.setattr(compilation.sys, "version_info", (3, 10))
    assert refusal(body, text, [3], 5) == []


def _finally_blocks(depth: int) -> str:
    blocks = (" " * d + "try: a\n" + " " * d + "finally:\n" for d in range(depth))
    return "".join(blocks) + " " * depth + "def b(c, c): pass"


EXPENSIVE = [
    # a statement that the compiler refuses, and whether we compile it
    (_finally_blocks(3), True),
    (_finally_blocks(19), False),
    ("f([" + "1," * 1_000 + "], a=1, a=2)", True),
    ("f([" + "1," * 20_000 + "], a=1, a=2)", False),
    ("def f(a, a):\n try:\n" + "  return\n" * 900 + " finally:\n" + "  b\n" * 900, False),
]


@pytest.mark.parametrize(("text", "compiled"), EXPENSIVE, ids=range(len(EXPENSIVE)))
def test_a_statement_that_takes_long_is_not_compiled(text: str, compiled: bool) -> None:
    assert bool(refusal(ast.parse(text).body, text, range(1, 1_000))) == compiled
