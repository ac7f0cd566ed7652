"""Which names does a match statement capture?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.analysis.reader import read_cell
from tests.core.tools.notebooks import described, table

MATCH = table("""
== the captures of every kind of pattern
match p:
    case Point(x=0, y=yy):
        q = yy
    case Colour.RED | 3:
        q = 1
    case [a, *rest]:
        q = 2
    case {"k": v, **kw} if w:
        q = v
    case _:
        q = 3
q
-> defines a=match? kw=match? q=assignment rest=match? v=match? yy=match?
-> uses Colour? Point p w?
== without a last resort
match p:
    case 1:
        q = 1
q
-> defines q=assignment?
-> uses p q?
== a bare name matches everything
match p:
    case [x]:
        y = x
    case x:
        y = x
-> defines x=match y=assignment
-> uses p
== a pattern with as
match p:
    case [1, 2] as x:
        pass
-> defines x=match?
-> uses p
== the first case always tries its class, and its guard where it captures
match p:
    case A() | B():
        pass
match p:
    case n if n > m:
        pass
-> defines n=match
-> uses A B? m p
== what a walrus in a guard has bound
match p:
    case [x] if (y := f(x)):
        y
y
-> defines x=match? y=walrus?
-> uses f? p y?
== a display of the right length always matches
match [1, 2, 3]:
    case [a, *b]:
        pass
    case C():
        pass
a, b
-> defines a=match b=match
== constants that are equal, and others
match 1:
    case 2:
        d
    case 1:
        e
    case F():
        pass
-> uses e
== a constant is no mapping and no sequence
x = "ab"
match x:
    case {"k": a, **b}: c
    case [a, *b] as d: c
    case [1] | {}: c
    case str(e): pass
a, e
-> defines e=match? x=assignment
-> uses a e? str
""")


@pytest.mark.parametrize(("source", "expected"), MATCH)
def test_a_match_is_read_as_python_runs_it(source: str, expected: dict[str, str]) -> None:
    assert described(read_cell(source)) == expected
