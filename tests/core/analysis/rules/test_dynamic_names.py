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
-> uses w y
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
""")


@pytest.mark.parametrize(("source", "expected"), INJECTIONS)
def test_what_a_cell_injects(source: str, expected: dict[str, str]) -> None:
    assert described(read_cell(source)) == expected
