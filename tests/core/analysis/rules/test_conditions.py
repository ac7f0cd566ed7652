"""What does a condition prove about names?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.analysis.reader import read_cell
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
