"""What does a try statement bind, and which failures does it handle?"""

from __future__ import annotations

import sys

import pytest

from jupyter_namespace_viz.core.analysis.reader import read_cell
from tests.core.tools.notebooks import described, table

TRY = table("""
== what a try binds may be missing in its handler and after it
try:
    x = f()
except E:
    x
x
-> defines x=assignment?
-> uses E? f x?
== bound by the try and by its handler
try:
    x = f()
except ValueError:
    x = 0
x
-> defines x=assignment
-> uses ValueError? f
== a handler that raises
try:
    x = f()
except ValueError:
    raise
x
-> defines x=assignment
-> uses ValueError? f
== what always fails ends its path
try:
    x = 1 / 0
    y = 1
except ZeroDivisionError:
    pass
1 % z, 1 // 2
-> uses ZeroDivisionError z
== else runs when nothing failed
try:
    a
except ValueError:
    b
else:
    x = 1
-> defines x=assignment?
-> uses ValueError? a b?
== finally always runs
try:
    x = a
finally:
    b
-> defines x=assignment
-> uses a b
== a handler that catches everything makes the body conditional
try:
    a
except Exception:
    b
c
-> uses Exception? a? b? c
== a handler for NameError guards the body
try:
    x
except NameError:
    x = 1
-> defines x=assignment?
-> uses NameError? [x]
== one of several exceptions
try:
    x
except (ValueError, NameError):
    pass
-> uses NameError? ValueError? [x]
== a guard ends with its body
try:
    x
except NameError:
    x = 1
else:
    y
z
-> defines x=assignment?
-> uses NameError? [x] y? z
== a name used outside of the guard too
try:
    x
except NameError:
    pass
x
-> uses NameError? x
== a name used before the guard
x
try:
    x
except NameError:
    pass
-> uses NameError? x
== a handler that raises again is none
try:
    a
except NameError:
    print(1)
    raise
try:
    import m
except ImportError as error:
    raise ImportError("install it") from error
-> defines m=import
-> uses ImportError? NameError? a print?
-> deletes error
-> imports m
== what the body has raised is handled for certain
try:
    a = 1
    b = int("x")
    c = 2
except KeyError:
    d = missing
except ValueError as e:
    x
else:
    f = 1
-> defines a=assignment
-> uses KeyError ValueError int x
-> deletes e
== what raises in a handled body may not be reached
try:
    f()
    int("x")
except ValueError:
    x
-> uses ValueError f int x?
== a handler that raises again only perhaps
try:
    a
except NameError:
    if b:
        raise
-> uses NameError? [a] b?
== a body that cannot raise
try:
    x = 1
except E as e:
    y = e
else:
    z = 1
finally:
    x, z
-> defines x=assignment z=assignment
== a body that always raises: the first handler is tried
try:
    raise A
except B:
    c = 1
except D:
    c = 2
c
-> defines c=assignment
-> uses A B D?
== finally after a path that raised
try:
    pass
except A:
    x = 1
else:
    raise B
finally:
    x
-> uses B x
== a function that handles the error
def f():
    try:
        return a
    except NameError:
        return b
f()
-> defines f=function
-> uses NameError?<f [a]<f b?<f
""")

NAMES_OF_EXCEPTIONS = table("""
== the name of an exception is gone after its handler
try:
    a
except E as e:
    b = e
-> defines b=assignment?
-> uses E? a
-> deletes e
== the name of an exception takes an outer name with it
e = 1
try:
    a
except E as e:
    pass
e
-> defines e=assignment?
-> uses E? a e?
-> deletes e
""")


@pytest.mark.parametrize(("source", "expected"), [*TRY, *NAMES_OF_EXCEPTIONS])
def test_a_try_is_read_as_python_runs_it(source: str, expected: dict[str, str]) -> None:
    assert described(read_cell(source)) == expected


@pytest.mark.skipif(sys.version_info < (3, 11), reason="except* came with Python 3.11")
def test_exception_groups() -> None:
    source = "try:\n    x = a\nexcept* E as e:\n    x = e\nx"
    expected = {"defines": "x=assignment", "uses": "E? a", "deletes": "e"}
    assert described(read_cell(source)) == expected
