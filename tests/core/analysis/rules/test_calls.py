"""What does a cell read by calling its own functions, or by passing them on?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.analysis.reader import read_cell
from tests.core.tools.notebooks import described, table

CALLS = table("""
== a call reads the body now
def f():
    return x
f()
-> defines f=function
-> uses x<f
== a name bound before the call
def f():
    return x
x = 1
f()
-> defines f=function x=assignment
== a name bound after the call
def f():
    return x
f()
x = 1
-> defines f=function x=assignment
-> uses x<f
== only called functions are read
def f():
    return a
def g():
    return b
f()
-> defines f=function g=function
-> uses a<f ~b
== a call in a branch
def f():
    return x
if c:
    f()
-> defines f=function
-> uses c x?<f
== a function that is passed on to what another cell defines
def f(x):
    return x + y
z.apply(f)
-> defines f=function
-> uses ~y z
== as a keyword
def f(x):
    return x + y
sorted(z, key=f)
-> defines f=function
-> uses sorted y<f z
== a callee that only looks at a function does not call it
def f(x):
    return x + y
isinstance(z, f), print(f)
-> defines f=function
-> uses isinstance print ~y z
== a function that is kept for later
def f(x):
    return x + y
button.on_click(f)
-> defines f=function
-> uses button ~y
== a callee that shows the errors of a function instead of raising them
def f(x):
    return x + y
interact(f, x=1)
-> defines f=function
-> uses interact ~y
== a function that is wrapped and called at once
def f(x):
    return x + y
import numpy as np
np.vectorize(f)(z)
-> defines f=function np=import
-> imports numpy
-> uses y<f z
== a function that is wrapped and called later
def f(x):
    return x + y
g = np.vectorize(f)
-> defines f=function g=assignment
-> uses np ~y
== a function that is only mentioned
def f():
    return x
g = f
-> defines f=function g=assignment
-> uses ~x
== a function under another name
def f():
    return x
g = f
g()
-> defines f=function g=assignment
-> uses x<g
== a decorator is called
def d(f):
    return w(f)
@d
def g():
    pass
-> defines d=function g=function
-> uses w<d
== functions that call functions
def f():
    return g() + a
def g():
    return b
f()
-> defines f=function g=function
-> uses a<f b<f
== recursion
def even(n):
    return n == 0 or odd(n - 1)
def odd(n):
    x
    return even(n - 1)
even(3)
-> defines even=function odd=function
-> uses x<even
== a function calls itself
def f():
    return f() + x
f()
-> defines f=function
-> uses x<f
== a called function binds its globals
def f():
    global n
    n = 1
f()
n
-> defines f=function n=global
""")

LAMBDAS = table("""
== lambda called at once
(lambda a: a + x)(1)
-> uses x
== lambda passed on
f(lambda a, *b, k=d, **c: a + x, y)
-> uses d f ~x y
== lambda kept somewhere
d = {"k": lambda: x}
-> defines d=assignment
-> uses ~x
== lambda with a name is a function
f = lambda a=d: a + x
-> defines f=assignment
-> uses d ~x
== lambda with a name, called
f = lambda: x
f()
-> defines f=assignment
-> uses x<f
== a lambda that is kept for later
button.on_click(lambda it: x)
-> uses button ~x
""")


@pytest.mark.parametrize(("source", "expected"), [*CALLS, *LAMBDAS])
def test_a_call_is_read_as_python_runs_it(source: str, expected: dict[str, str]) -> None:
    assert described(read_cell(source)) == expected
