"""What does a condition prove about names, and which conditions are constant?"""

from __future__ import annotations

import ast

import pytest

from jupyter_namespace_viz.core.analysis.reader import read_cell
from jupyter_namespace_viz.core.analysis.rules.conditions import constant_truth
from tests.core.tools.notebooks import described, table

CONDITIONS = table("""
== in globals
if "x" in globals():
    x
-> uses globals [x]
== not in globals: it is there afterwards
if "x" not in globals():
    x = a
x
-> defines x=assignment?
-> uses a? globals [x]
== held in the else branch
if not "x" in vars():
    y
else:
    x
-> uses vars [x] y?
== a test of one name proves nothing of another
if "x" in locals():
    x, y
x
-> uses locals x y?
== dir and the shell's own dict
if "x" in dir() and "y" in get_ipython().user_ns:
    x + y
-> uses dir get_ipython? [x] [y]
== one of two names is missing
if "x" not in globals() or "y" not in globals():
    x = y = 1
x + y
-> defines x=assignment? y=assignment?
-> uses globals [x] [y]
== in an expression
x if "x" in globals() else y
"z" in globals() and z
"w" not in globals() or w
-> uses globals [w] [x] y? [z]
== in an assertion
assert "x" in globals()
x
-> uses globals [x]
== a branch that raises when the name is missing
if "x" not in globals():
    raise E
x
-> uses E? globals [x]
== a test of other things proves nothing
if a and b:
    x
-> uses a b? x?
== a key of another dict
if "x" in d:
    x
-> uses d x?
== a name that the text does not show
if n in globals():
    x
-> uses globals n x?
== a handler that binds the name
try:
    x
except NameError:
    x = 1
x
-> defines x=assignment?
-> uses NameError? [x]
== bound on some path before it fails
try:
    if f(b):
        f = 1
except NameError:
    x = 2
f
-> defines f=assignment? x=assignment?
-> uses NameError? [b] f?
== held on one path, perhaps bound on the other
if "x" in globals():
    pass
elif a:
    x = 1
x
-> defines x=assignment?
-> uses a? globals x?
== perhaps bound, then found
if a:
    x = 1
assert "x" in globals()
x
-> defines x=assignment?
-> uses a globals [x]
== a handler that does not bind the name
try:
    x
except NameError:
    pass
x
-> uses NameError? x
== what guards imports
if find_spec("m"):
    import m
if "n" in sys.modules:
    import n
else:
    import o
if sys.version_info < (3, 9):
    import p
if q:
    import r
-> defines m=import? n=import? o=import? p=import? r=import?
-> uses find_spec q sys
-> imports [m] [n] [o] [p] r?
== imports for type checkers only
if TYPE_CHECKING:
    import m
else:
    m = 1
if not typing.TYPE_CHECKING:
    n = 1
m, n
-> defines m=assignment n=assignment
-> uses TYPE_CHECKING typing
== a kernel's Python is Python 3
import sys
if sys.version_info[0] == 2:
    import a
    input = raw_input
if sys.version_info >= (3, 0):
    b = 1
if sys.version_info.major < 3:
    c = unicode
else:
    c = str
if sys.version_info >= (3, 12) or sys.version_info == old:
    d = e
-> defines b=assignment c=assignment d=assignment? sys=import
-> uses e? old? str
-> imports sys
""")


@pytest.mark.parametrize(("source", "expected"), CONDITIONS)
def test_a_condition_is_read_as_python_runs_it(source: str, expected: dict[str, str]) -> None:
    assert described(read_cell(source)) == expected


CONSTANTS = [
    ("True", True),
    ("False", False),
    ("0", False),
    ("1", True),
    ("''", False),
    ("'text'", True),
    ("None", False),
    ("...", True),
    ("__name__ == '__main__'", True),  # in a notebook
    ("__name__ != '__main__'", False),
    ("__name__ == 'm'", False),
    ("x", None),
    ("not x", None),
    ("x == 1", None),
    ("x == '__main__'", None),
    ("__name__ == x", None),
    ("not 1", False),
    ("not x", None),
    ("1 < 2 < 3", True),
    ("1 > 2 > x", False),
    ("1 < 2 < x", None),
    ("1 < 'a'", None),
    ("x and 0", False),
    ("x and 1", None),
    ("1 and 2", True),
    ("x or 1", True),
    ("0 or ''", False),
]


@pytest.mark.parametrize(("test", "expected"), CONSTANTS)
def test_a_condition_that_is_always_the_same(test: str, expected: bool | None) -> None:
    assert constant_truth(ast.parse(test, mode="eval").body) is expected
    if expected is not None:
        assert bool(eval(test, {"__name__": "__main__", "x": [0]})) == expected


def test_a_condition_on_names_whose_values_are_known() -> None:
    def truth(test: str) -> bool | None:
        return constant_truth(ast.parse(test, mode="eval").body, {"a": 0, "b": None, "c": "x"})

    assert [truth(test) for test in ("a", "not b", "c == 'x'", "a < 1 and c")] == [
        False, True, True, True,
    ]  # fmt: skip
    assert [truth(test) for test in ("d", "a < d", "c or d", "c and d")] == [
        None, None, True, None,
    ]  # fmt: skip
