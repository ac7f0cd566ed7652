"""What does a function's body read, and when?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.analysis.reader import read_cell
from tests.core.tools.notebooks import described, table

FUNCTIONS = table("""
== a body is deferred, and only defined it needs nothing
def f(a):
    b = a + np.pi
    return b
-> defines f=function
-> uses ~np
== defaults, annotations and decorators run at once
@d(e)
def f(a: A, b=g, /, *c: C, k=h, **kw: K) -> R:
    return a, b, c, k, kw
-> defines f=function
-> uses A C K R d e g h
== a name that the body binds anywhere is local everywhere
def f():
    print(x)
    x = 1
-> defines f=function
-> uses ~print
== a name under `global` is not that of the function around it
def f():
    n = 1
    def g():
        global n
        def h(): return n
        return h()
    return g()
f()
-> defines f=function
-> uses n<f
== a name in a branch of the body
def f(c):
    if c:
        x
    y
-> defines f=function
-> uses ~x? ~y
== after an early return the rest of a body is conditional
def f(c):
    if c:
        return x
    if y:
        return z
-> defines f=function
-> uses ~x? ~y? ~z?
== every binding makes a local
def f(s):
    import m
    for i in s: pass
    with s as w: pass
    try: s()
    except E as e: pass
    class C: pass
    def g(): pass
    (n := 1)
    t: int
    del u
    return m, i, w, e, C, g, n, t, u
-> defines f=function
-> uses ~E?
== annotations of locals are never evaluated
def f():
    x: T = y
-> defines f=function
-> uses ~y
== nested functions are read where they are called
def f(a):
    def g():
        return a + b + c
    c = 1
    return g()
-> defines f=function
-> uses ~b
== a nested function that is handed out
def f():
    def g():
        return x
    return g
-> defines f=function
-> uses ~x?
== a nested function that is wrapped
def f():
    def g():
        return x
    g = d(g)
    return g
-> defines f=function
-> uses ~d ~x
== two nested functions of one name
def f(c):
    if c:
        def g(): return x
    else:
        def g(): return y
    return g()
-> defines f=function
-> uses ~x? ~y?
== nonlocal binds the outer function's name
def f(x):
    def g():
        nonlocal x
        x = y
    g()
    return x
-> defines f=function
-> uses ~y
== global reads and binds outside
def f():
    global n
    n += 1
-> defines f=function
-> uses ~n
== a generator's body is a body
def f():
    yield x
async def g():
    await y
-> defines f=function g=function
-> uses ~x ~y
== a redefined function
def f():
    return x
f = len
f()
-> defines f=assignment
-> uses len ~x
== a function of a branch reads what the branch has bound
try:
    from m import f
except ImportError:
    from m import g
    def f(): return g
-> defines f=function g=import?
-> uses ImportError?
-> imports m?
== a function of a branch reads what another branch has bound
if a:
    b = 1
else:
    def f(): return b
-> defines b=assignment? f=function?
-> uses a ~b?
== what a function reads is deleted after it was defined
a = 1
def f(): return a
del a
-> defines f=function
-> uses ~a
-> deletes a
== builtins run a nested function, or consume its generator, too early
def f():
    def g():
        return n
    def h():
        yield m
    max([1], key=g)
    list(h())
    n = m = 1
f()
-> defines f=function
-> uses f.<locals>.m<f f.<locals>.n<f list<f max<f
== a global that the body assigns before it reads it
def f():
    global x
    x = 1
    return x
-> defines f=function
== a global that the body may assign before it reads it
def f():
    global x
    if a:
        x = 1
    return x
-> defines f=function
-> uses ~a ~x
""")


@pytest.mark.parametrize(("source", "expected"), FUNCTIONS)
def test_a_function_is_read_as_python_runs_it(source: str, expected: dict[str, str]) -> None:
    assert described(read_cell(source)) == expected
