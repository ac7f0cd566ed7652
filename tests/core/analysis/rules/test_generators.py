"""When does the body of a generator or coroutine run?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.analysis.reader import read_cell
from tests.core.tools.notebooks import described, table

GENERATORS = table("""
== map calls its function only when it is iterated
def f(x):
    return x + y
m = map(f, z)
-> defines f=function m=assignment
-> uses map ~y z
== map that a call iterates
def f(x):
    return x + y
list(map(f, z))
-> defines f=function
-> uses list map y<f z
== map that a loop iterates
def f(x):
    return x + y
for a in map(f, z): pass
[a for a in map(f, z)]
-> defines a=loop f=function
-> uses map y<f z
== a generator expression that a loop iterates
for a in (b + x for b in z): pass
-> defines a=loop
-> uses x z
== a generator function whose call is only kept
def f():
    yield x
g = f()
f()
-> defines f=function g=assignment
-> uses ~x
== a generator function that a loop iterates
def f():
    yield from x
for a in f(): pass
-> defines a=loop f=function
-> uses x<f
== a generator function whose call is passed on
def f():
    a = yield x
list(f())
-> defines f=function
-> uses list x<f
== a generator in a function does not make that one a generator
def f():
    def g(): yield 1
    return x
a = f()
-> defines a=assignment f=function
-> uses x<f
== a coroutine whose call is only kept
async def f():
    x
a = f()
-> defines a=assignment f=function
-> uses ~x
== a coroutine that is awaited
async def f():
    x
a = await f()
-> defines a=assignment f=function
-> uses x<f
""")


@pytest.mark.parametrize(("source", "expected"), GENERATORS)
def test_a_generator_is_read_as_python_runs_it(source: str, expected: dict[str, str]) -> None:
    assert described(read_cell(source)) == expected
