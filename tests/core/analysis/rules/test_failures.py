"""Which expressions certainly raise, judging by the values that the text shows?"""

from __future__ import annotations

import builtins
import contextlib

import pytest

from jupyter_namespace_viz.core.analysis.reader import RULES, read_cell
from jupyter_namespace_viz.core.analysis.walker import Walker
from jupyter_namespace_viz.core.syntax.dialect import PYTHON
from tests.core.tools.notebooks import described, table

FAILURES = [
    ("1 / 0", "ZeroDivisionError"),
    ("1.5 // 0", "ZeroDivisionError"),
    ("1 % 0.0", "ZeroDivisionError"),
    ("print(1 / 0)", "ZeroDivisionError"),
    ("[1, 2 / 0]", "ZeroDivisionError"),
    ("n = 0; -1 / n", "ZeroDivisionError"),
    ("'a' + 1", "TypeError"),
    ("1 + None", "TypeError"),
    ("'a' - 'b'", "TypeError"),
    ("[][0]", "IndexError"),
    ("(1, 2)[-3]", "IndexError"),
    ("{}['a']", "KeyError"),
    ("{'b': 1}['a']", "KeyError"),
    ("int('x')", "ValueError"),
    ("float('')", "ValueError"),
    ("t = 'x'; int(t)", "ValueError"),
    ("True and 1 / 0", "ZeroDivisionError"),
    ("1 / 2, 0 / 1, 1 * 0, 1 - 1", None),
    ("'a' + 'b', 'a' * 3, '%d' % 0, 1 + 1.5", None),
    ("[1][0], (1, 2)[-2], [1, 2][0:9], {'a': 1}['a']", None),
    ("int('3'), int('a', 16), float('nan'), int()", None),
    ("False and 1 / 0, 1 if True else 1 / 0", None),
    ("[1 / 0 for _ in ()]", None),
    ("f = lambda: 1 / 0", None),
    ("def int(it): return it\nint('x')", None),
    ("n = 0; n += 1; 1 / n", None),
]


@pytest.mark.parametrize(("text", "expected"), FAILURES)
def test_an_expression_that_always_fails(text: str, expected: str | None) -> None:
    walker = Walker(RULES, PYTHON)
    walker.text(text)
    found = walker.resolver.raised
    assert (None if found is None else found[0]) == expected
    error = None if expected is None else getattr(builtins, expected)
    with contextlib.nullcontext() if error is None else pytest.raises(error):
        exec(text, {})


PATHS = table("""
== the rest of the statement is not evaluated
a + 1 / 0 + b, c
d
-> uses a [b] [c]
== nor bound
x = y = int("x")
(z := 1)
-> uses int
== a part that need not be evaluated
x = a and 1 / 0
b if c else 1 / 0
[1 / 0 for _ in d]
e
-> defines x=assignment
-> uses a b? c d e
== one of two branches
if a: b = [][0]
else: b = c
d
-> defines b=assignment
-> uses a c? d
== both of them
if a: [][0]
else: b[1 / 0]
c
-> uses a b?
== the header of a statement
for a in [b, 1 / 0]: c
while 1 / 0: d
with e, 1 / 0: f
-> uses b
== an item that is set
d = {}
d["a"] = 1
[][0:1]
x
-> defines d=assignment
-> uses x
== in a function
def f():
    a
    int("x")
    b
c
-> defines f=function
-> uses ~a c ~int
""")


@pytest.mark.parametrize(("source", "expected"), PATHS)
def test_what_runs_then(source: str, expected: dict[str, str]) -> None:
    assert described(read_cell(source)) == expected
