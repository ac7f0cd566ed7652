"""Which names are a comprehension's own?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.analysis.reader import read_cell
from tests.core.tools.notebooks import described, table

COMPREHENSIONS = table("""
== its names are its own
[x + y for x in z if x > w]
-> uses w y? z
== the first iterable is read outside
x = [x for x in x]
-> defines x=assignment
-> uses x
== later iterables inside
[y for x in xs for y in x]
-> uses xs
== a walrus binds outside
[last := f(x) for x in xs]
last
-> defines last=walrus
-> uses f xs
== dict, set, generator
{k: v for k, v in a}, {s + t for s in b}, list(g + h for g in c)
-> uses a b c h list t
== a generator that is kept may not be iterated
g = (x + y for x in z)
-> defines g=assignment
-> uses ~y z
== a generator that is consumed later
g = (x + y for x in z)
list(g)
-> defines g=assignment
-> uses list y z
== of a generator in a generator only the first iterable is evaluated
g = (a for a in (b + x for b in z))
-> defines g=assignment
-> uses ~x z
== nested
[[a + b + c for b in bs] for a in az]
-> uses az bs c
== a target that is an item
[0 for a[i] in xs]
-> uses a i xs
== in a function
def f(xs):
    y = 1
    return [x + y + z for x in xs]
-> defines f=function
-> uses ~z
== a lambda sees the comprehension's names
[run(lambda: x + y, xs) for x in xs]
-> uses run xs ~y
== over nothing
[a + b for a in []], {c for c in {} if d}
== a condition that is never true
[x for i in rows if False]
{y for i in rows if not 1}
-> uses rows
""")


@pytest.mark.parametrize(("source", "expected"), COMPREHENSIONS)
def test_a_comprehension_is_read_as_python_runs_it(source: str, expected: dict[str, str]) -> None:
    assert described(read_cell(source)) == expected
