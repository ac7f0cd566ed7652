"""What does a loop bind and read for certain, and what only perhaps?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.analysis.reader import read_cell
from tests.core.tools.notebooks import described, table

LOOPS = table("""
== a loop runs at least once
for i in rows:
    x = i
x, i
-> defines i=loop x=assignment
-> uses rows
== the targets of a loop may be parts
for a.b, c[i] in rows:
    pass
-> uses a c i rows
== the else of a loop without break always runs
for i in rows:
    pass
else:
    x = y
-> defines i=loop x=assignment
-> uses rows y
== a loop's else may not run after a break
for i in rows:
    if i:
        break
else:
    x = y
-> defines i=loop x=assignment?
-> uses rows y?
== continue does not keep a loop's else from running
while n:
    if a:
        continue
else:
    x = y
-> defines x=assignment
-> uses a n y
== a break of an inner loop says nothing of the outer one
for i in rows:
    for j in i:
        break
else:
    x = y
-> defines i=loop j=loop x=assignment
-> uses rows y
== after a break in a branch the rest of the body is conditional
for i in rows:
    if i:
        break
    a
b
-> defines i=loop
-> uses a? b rows
== what is bound before a break is bound behind the loop
for i in rows:
    if i:
        found = i
        break
found
-> defines found=assignment? i=loop
-> uses found? rows
== bound before a break, and in the else of the loop
for i in rows:
    if i:
        found = i
        break
else:
    found = None
found
-> defines found=assignment i=loop
-> uses rows
== bound before some break
for i in rows:
    if i:
        a = b = i
        break
    elif c:
        a = i
        break
else:
    a = b = None
-> defines a=assignment b=assignment? i=loop
-> uses c? rows
== what comes after the end of a path has no effect
for i in rows:
    continue
    a = b
a
-> defines i=loop
-> uses a rows
== what comes after a raise has no effect
if c:
    raise E
    x = 1
x
-> uses E? c x
== what comes after a return still makes a name local
def f():
    return x
    x = 1
-> defines f=function
== what is bound before a continue
for i in rows:
    if i:
        a = i
        continue
    b = i
-> defines a=assignment? b=assignment i=loop
-> uses rows
== bound before a break of an inner loop, in a try
for i in rows:
    for j in i:
        try:
            a = f(j)
            break
        except E:
            pass
-> defines a=assignment? i=loop j=loop
-> uses E? f rows
== a loop that only a break ends
while True:
    a = f()
    if a:
        b = a
        break
    c = a
b, c
-> defines a=assignment b=assignment c=assignment
-> uses f
== bound before a break, in a class body
class C:
    for i in rows:
        if i:
            a = i
            break
    a
-> defines C=class
-> uses a? rows
== while reads its test first
while n > 0:
    n -= 1
    m = n
-> defines m=assignment n=assignment
-> uses n
== a loop that never runs
while 1 > 2:
    x = a
else:
    y = 1
-> defines y=assignment
== what follows an endless loop without break never runs
while True:
    a
b = 1
-> uses a
== a loop that is left by break only, with continue
while True:
    try:
        x = f()
    except E:
        continue
    break
x
-> defines x=assignment
-> uses E? f
== a loop that tries again after an error: it is taken to succeed
for i in rows:
    try:
        x = f(i)
        break
    except E:
        print(i)
x
-> defines i=loop x=assignment?
-> uses E? f print? rows [x]
== tried again, with a break in the else
for i in rows:
    try:
        x = f(i)
    except E:
        if i:
            raise
    else:
        break
x
-> defines i=loop x=assignment?
-> uses E? f rows [x]
== a loop that searches may find nothing
for i in rows:
    if i:
        x = i
        break
x
-> defines i=loop x=assignment?
-> uses rows x?
== a walrus in the test of a loop
while a and (x := f()):
    x
x
-> defines x=walrus
-> uses a f?
== a loop over nothing
for i in []:
    x = y
for j in "":
    y
else:
    z = i
for k in range(0): k
-> defines z=assignment
-> uses i range
== a loop over what is empty by now
rows, n = [], 2
done = {}
empty = []
m = 0
for i in empty: x
[y for j in empty]
for k in range(m): z
if empty: b
while m: a
-> defines done=assignment empty=assignment m=assignment n=assignment rows=assignment
-> uses range
== what may not be empty any more
rows = []
rows.append(1)
for i in rows: x
done = {}
done["a"] = 1
for j in done: y
more = []
f()
if more: z
-> defines done=assignment i=loop j=loop more=assignment rows=assignment
-> uses f x y z?
== what a round before has bound
for i in rows:
    if i: before
    before = i
-> defines before=assignment i=loop
-> uses [before] rows
== what a round before may have bound
for i in rows:
    if i: before
    if i: before = 1
-> defines before=assignment? i=loop
-> uses before? rows
== in a function, what never runs makes names local
def f():
    for x in ():
        y = 1
    return x, y, z
f()
-> defines f=function
-> uses f.<locals>.x<f f.<locals>.y<f z<f
""")


@pytest.mark.parametrize(("source", "expected"), LOOPS)
def test_a_loop_is_read_as_python_runs_it(source: str, expected: dict[str, str]) -> None:
    assert described(read_cell(source)) == expected
