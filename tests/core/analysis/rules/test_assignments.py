"""In which order does an assignment read and bind names?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.analysis.calls.origins import Known
from jupyter_namespace_viz.core.analysis.reader import read_cell
from tests.core.tools.notebooks import described, table

ASSIGNMENTS = table("""
== the right side is read before the left is bound
x = x + 1
-> defines x=assignment
-> uses x
== a name that is bound above is no need
x = 1
y = x
-> defines x=assignment y=assignment
== a need comes before its binding
y = x
x = 1
-> defines x=assignment y=assignment
-> uses x
== chained targets
x = y = z
-> defines x=assignment y=assignment
-> uses z
== unpacking
(p, [q, *r]) = s
-> defines p=assignment q=assignment r=assignment
-> uses s
== attributes and items are read, not bound
a.b = 1
c[i] = 2
d[j] += 3
-> uses a c d i j
== augmented assignment reads first
total += step
-> defines total=assignment
-> uses step total
== augmented assignment after a binding
total = 0
total += 1
-> defines total=assignment
== an annotated assignment reads its annotation at the end
x: x = y
-> defines x=assignment
-> uses y
== an annotation alone binds nothing
x: T
-> uses T
== an annotated attribute
a.b: T = v
-> uses T a v
== a global statement outside functions changes nothing
global g
g = 1
-> defines g=assignment
""")


@pytest.mark.parametrize(("source", "expected"), ASSIGNMENTS)
def test_an_assignment_is_read_as_python_runs_it(source: str, expected: dict[str, str]) -> None:
    assert described(read_cell(source)) == expected


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("import numpy as np", Known("numpy")),
        ("import os.path", Known("os")),
        ("from functools import partial as p", Known("functools.partial")),
        ("from .near import f", None),
    ],
)
def test_what_an_import_binds(code: str, value: Known | None) -> None:
    assert [it for _, it in read_cell(code).values] == ([] if value is None else [value])
