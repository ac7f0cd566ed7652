"""Which names does an expression read, and which does a walrus bind?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.analysis.reader import read_cell
from tests.core.tools.notebooks import described, table

EXPRESSIONS = table("""
== f-strings, their formats and conversions
f"{x:{width}} {y!r} {z=}"
-> uses width x y z
== star-args
f(*args, **options)
-> uses args f options
== conditional expressions and comparisons
a if b else c
d < e < f
-> uses a? b c? d e f?
== builtins are read like other names
print(list)
-> uses list print
== await and async at the top level
await a
async for x in b: c
async with d as e: pass
[f async for f in g]
-> defines e=with x=loop
-> uses a b c d g
== slices, dicts, sets, starred lists
a[b:c:d], {e: f, **g}, {h}, [*i]
-> uses a b c d e f g h i
== a chain of comparisons stops at the first one that fails
a < b < c
1 > 5 > d
1 < 5 < e
-> uses a b c? e
== operands that are decided
False and a
True and b
1 or c
0 or d
e or True and f
-> uses b d e f?
== operands that follow a walrus
if a and (m := f()) and m.x and m.y:
    m
m
-> defines m=walrus?
-> uses a f? m?
== bound by one operand or the other
(a and (x := 1)) or (x := 2)
x
-> defines x=walrus
-> uses a
== constant tests
a if 1 else b
assert 0, c
-> uses a c
== a walrus in filters
[m for x in rows if (m := x)]
[n for x in rows if x if (n := x)]
[k for x in rows if x and (k := x)]
m, n, k
-> defines k=walrus? m=walrus n=walrus?
-> uses k? n? rows
""")

WALRUSES = table("""
== walrus
(n := len(xs)) + n
-> defines n=walrus
-> uses len xs
== a walrus on the right of an and may not run
a and (b := c)
b
-> defines b=walrus?
-> uses a b? c?
== a walrus in a later condition of a comprehension may not run
[0 for i in a if i if (b := i)]
b
-> defines b=walrus?
-> uses a b?
== a walrus on the right of an or has run when both are false
if not (a or (b := c)):
    b
b
-> defines b=walrus?
-> uses a b? c?
== a walrus in a comparison
if (b := c) > 1 and b:
    b
b
-> defines b=walrus
-> uses c
== walrus on the right of an and has run when both are true
if a and (b := c):
    b
-> defines b=walrus?
-> uses a c?
""")


@pytest.mark.parametrize(("source", "expected"), [*EXPRESSIONS, *WALRUSES])
def test_an_expression_is_read_as_python_runs_it(source: str, expected: dict[str, str]) -> None:
    assert described(read_cell(source)) == expected
