"""Which names does a cell bind without showing them as names?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.analysis.reader import read_cell
from tests.core.tools.notebooks import described, table

INJECTIONS = table("""
== an item of globals
globals()["x"] = y
x
-> defines x=assignment
-> uses globals y
== of locals and vars, at module level
locals()["x"] = vars()["y"] = 1
-> defines x=assignment y=assignment
-> uses locals vars
== of the shell's own dict
get_ipython().user_ns["x"] = 1
-> defines x=assignment
-> uses get_ipython
== an item whose name is not known
globals()[name] = 1
x
-> uses globals name x*
-> stars %exec
== a text that is no Python
exec("x = = 1")
y
-> uses exec
-> problems 1 syntax Invalid syntax.
== one of Python 2
exec("print 'a'")
-> uses exec
-> problems 1 syntax This is written for Python 2.
== where that is handled, or may not run
try: exec("x = = 1")
except SyntaxError: y
if a: exec("x = = 1")
z
-> uses SyntaxError? a exec y? z
== a text that is only parsed
import ast
from ast import literal_eval
literal_eval(" 1"), ast.parse("x = 1"), compile("x", "", "exec"), compile("x = ", "", mode)
ast.parse("x = ")
y
-> defines ast=import literal_eval=import
-> uses compile mode
-> imports ast
-> problems 4 syntax Invalid syntax.
== where it is handled
import ast
try: ast.parse("x = ")
except SyntaxError: pass
other.parse("x = ")
-> defines ast=import
-> uses SyntaxError? other
-> imports ast
== another dict
d["x"] = globals["y"] = 1
-> uses d globals
== update
globals().update(x=1, y=2)
-> defines x=assignment y=assignment
-> uses globals
== update of locals and of the shell's own dict
locals().update(x=1)
get_ipython().user_ns.update(y=2)
-> defines x=assignment y=assignment
-> uses get_ipython locals
== update with what is not known
globals().update(d)
x
-> uses d globals x*
-> stars %exec
== a text that is run
exec("x = y\\nimport os")
x
-> defines os=import x=assignment
-> uses exec y
-> imports os
== a text that is not known
exec(text)
x
-> uses exec text x*
-> stars %exec
== in the namespace that is named
exec("x = y", globals())
exec("z = 1", globals(), locals())
-> defines x=assignment z=assignment
-> uses exec globals locals y
== an expression that is evaluated
eval("x + y")
eval(text)
-> uses eval text x y
== an item of globals that is read
globals()["x"], d["y"], globals()[n]
-> uses d globals n [x]
== by the shell itself
get_ipython().ex("x = y")
get_ipython().run_cell("z = %time w")
-> defines x=assignment z=assignment
-> uses [w] y
== in another namespace
exec(text, {})
exec("x = 1", d)
-> uses d exec text
== in a function
def f():
    locals()["x"] = 1
    globals()["y"] = 1
    exec("z = 1")
-> defines f=function
-> uses ~exec ~globals ~locals
== sympy's var
sym.var("x y, z")
x + y + z
-> defines x=assignment y=assignment z=assignment
-> uses sym
== ranges of symbols
sym.var("x:2 y1:3", real=True)
-> defines x0=assignment x1=assignment y1=assignment y2=assignment
-> uses sym
== sympy's var by its own name
var("x y")
-> defines x=assignment y=assignment
-> uses var
== a var of the cell's own
def var(a): pass
var("x")
-> defines var=function
== another var
df.var()
df.a.var("x")
df.var(axis="x")
-> uses df
== another name of the namespace
g = globals()
g["x"] = y
g.setdefault("z", 1)
g |= {"w": 1}
g = {}
g["v"] = 1
-> defines g=assignment w=assignment x=assignment z=assignment
-> uses globals y
== keys of a dict that is written out
globals().update({"x": 1, "y": a}, z=2)
vars().update(dict(w=1))
globals().update({k: 1})
-> defines w=assignment x=assignment y=assignment z=assignment
-> uses a dict globals k vars
-> stars %exec
== the module of the notebook
import __main__ as me, sys
me.x = 1
setattr(sys.modules["__main__"], "y", 1)
setattr(sys.modules[__name__], "z", 1)
vars(me)["v"] = me.__dict__["w"] = 1
-> defines me=import sys=import v=assignment w=assignment x=assignment y=assignment z=assignment
-> uses __name__ setattr vars
-> imports sys
== the module of another one
import m
m.x = 1
setattr(m, "y", 1)
vars(m)["z"] = 1
-> defines m=import
-> uses setattr vars
-> imports m
== the module of the builtins
import builtins
builtins.x = 1
__builtins__.y = 2
vars(builtins)["z"] = 3
-> defines builtins=import x=assignment y=assignment z=assignment
-> uses __builtins__ vars
-> imports builtins
== what the shell is given
ip = get_ipython()
ip.push({"x": 1, "y": 2})
ip.user_ns["z"] = 1
ip.user_module.w = 1
stack.push({"v": 1})
-> defines ip=assignment w=assignment x=assignment y=assignment z=assignment
-> uses get_ipython stack
== names that are deleted as items
x = y = z = w = 1
del globals()["x"]
vars().pop("y", None)
import __main__
del __main__.z
delattr(__main__, "w")
-> defines __main__=import
-> uses delattr globals vars
-> deletes w x y z
== the namespace is cleared
x = 1
globals().clear()
y
-> uses <deleted>.y globals
-> is reset
== in functions that are called
def f():
    globals()["x"] = 1
    g = globals()
    g["y"] = 1
    exec("z = a", globals())
    exec("w = b")
f()
x, y, z
-> defines f=function x=global y=global z=global
-> uses a<f b<f exec<f globals<f
== a local dict of the same name
g = globals()
def f():
    g = {}
    g["x"] = 1
f()
-> defines f=function g=assignment
-> uses globals
== sympy's var under other names
from sympy import var as symbol
symbol(["x", "y:2"])
from m import var
var("z")
-> defines symbol=import var=import x=assignment y0=assignment y1=assignment
-> imports m sympy
== a session of sympy
sympy.init_session()
x, sin
del f, g, h, k, m, n
-> defines t=assignment x=assignment y=assignment z=assignment
-> uses sin* sympy
-> deletes f g h k m n
-> stars sympy
== a global of a nested function
def f():
    def g():
        global x
        x = 1
    g()
f()
x
-> defines f=function x=global
== the namespace as an argument
fill(globals())
x
-> uses fill globals x*
-> stars %exec
== of functions that do not fill it
from doctest import run_docstring_examples
run_docstring_examples(f, globals())
len(globals()), show(dir()), timeit("f()", globals=globals()), m.fill(globals())
x
-> defines run_docstring_examples=import
-> uses dir f globals len m show timeit x
-> imports doctest
== a text in a dict of its own
p = 1
eval("p + q + len(r)", {"q": 2})
-> defines p=assignment
-> uses <own>.p <own>.r eval
== what it binds itself
exec("a = 1\\ndef f(): return a\\nf()", {})
-> uses exec
== in two dicts its functions do not see what it binds
exec("a = 1\\ndef f(): return a\\nf()", {}, {})
-> uses <own>.a exec
== in a dict that is not written out
exec("x", {**more})
exec("x", {}, more)
-> uses exec more
""")


@pytest.mark.parametrize(("source", "expected"), INJECTIONS)
def test_what_a_cell_injects(source: str, expected: dict[str, str]) -> None:
    assert described(read_cell(source)) == expected
