"""What does a branch bind and read for certain, and what only perhaps?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.analysis.reader import read_cell
from tests.core.tools.notebooks import described, table

BRANCHES = table("""
== bound in both branches
if c:
    x = 1
else:
    x = 2
x
-> defines x=assignment
-> uses c
== bound in one branch
if c:
    x = 1
x
-> defines x=assignment?
-> uses c x?
== bound in one branch, and the other one raises
if c:
    x = 1
else:
    raise E
x
-> defines x=assignment
-> uses E? c
== bound in an elif without else
if a:
    x = 1
elif b:
    x = 2
-> defines x=assignment?
-> uses a b?
== a need in both branches is certain
if c:
    a(x)
elif d:
    a(y)
else:
    b = a
-> defines b=assignment?
-> uses a c d? x? y?
== a need in one branch only, or in a part of one that may not run
if c:
    a, x
else:
    c or a
-> uses a? c x?
== a need in both branches of a branch
if c:
    if d: a
    else: b = a
-> defines b=assignment?
-> uses a? c d?
== a need in both branches, after one has bound it
if c:
    a = 1
    a
else:
    a
-> defines a=assignment?
-> uses a? c
== a need in the body of both branches
if c:
    def f(): return a
else:
    def f(): return a
-> defines f=function
-> uses ~a c
== a need in both branches of a function
def f():
    if c: a
    else: a
f()
-> defines f=function
-> uses a<f c<f
== a need in both branches of a loop
for i in [1]:
    if i: a
    else: a
-> defines i=loop
-> uses a
== a need in both values
x = a + 1 if c else a - 1
-> defines x=assignment
-> uses a c
== a need in both branches that fails softly in one
if c:
    try: a
    except NameError: pass
else:
    a
-> uses NameError? a? c
== a need in a branch is conditional, after the branch certain
if c:
    x
y
-> uses c x? y
== an early raise keeps what follows certain
if c:
    raise E
y = x
-> defines y=assignment
-> uses E? c x
== a constant test
if True:
    x = a
else:
    x = b
-> defines x=assignment
-> uses a
== if 0 hides its body
if 0:
    x = a
== the main guard runs
if __name__ == "__main__":
    x = y
-> defines x=assignment
-> uses __name__ y
== the main guard does not run
if __name__ != "__main__":
    x = y
-> uses __name__
== assert reads its message only when it fails
assert a, b
-> uses a b?
== a name that has just been bound to a constant decides
flag = False
if flag:
    x = a
else:
    y = b
z = c if flag else d
flag and e
-> defines flag=assignment y=assignment z=assignment
-> uses b d
== its value is forgotten at a call that may bind it
flag = False
f()
if flag:
    x = a
print(x)
-> defines flag=assignment x=assignment?
-> uses a? f print x?
== not at a call that binds nothing
flag = False
print(len("a"))
if flag:
    x = a
-> defines flag=assignment
-> uses len print
== and in loops, which run several times
first = True
for i in rows:
    if not first:
        a
    first = False
if first:
    b
-> defines first=assignment i=loop
-> uses a? b? rows
== and where branches join, unless none binds it
x = y = 1
if a:
    x = 2
if x:
    b
if y:
    c
-> defines x=assignment y=assignment
-> uses a b? c
== after a try that may have failed
ok = False
try:
    ok = True
    f()
except E:
    pass
if ok:
    a
-> defines ok=assignment
-> uses E? a? f
== in a function it may be another one by then
flag = False
def f():
    if flag:
        a
f()
-> defines f=function flag=assignment
-> uses a?<f
== in a magic
flag = False
%time flag = a
if flag:
    b
-> defines flag=assignment
-> uses a b?
== in a match
x = 5
match x:
    case 4:
        a
    case 5:
        b
-> defines x=assignment
-> uses b
""")


@pytest.mark.parametrize(("source", "expected"), BRANCHES)
def test_a_branch_is_read_as_python_runs_it(source: str, expected: dict[str, str]) -> None:
    assert described(read_cell(source)) == expected
