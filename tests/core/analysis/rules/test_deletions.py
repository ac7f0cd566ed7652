"""Which names does `del` need, and which names are deleted after it?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.analysis.reader import read_cell
from tests.core.tools.notebooks import described, table

DELETIONS = table("""
== deleting needs the name
del x
-> uses x
-> deletes x
== deleting its own name
x = 1
del x
-> deletes x
== bound again after being deleted
del x
x = 1
-> defines x=assignment
-> uses x
== deleted in a branch
x = 1
if c:
    del x
-> defines x=assignment?
-> uses c
-> deletes x
== deleting several names and an item
del (x, [y]), z[i]
-> uses i x y z
-> deletes x y
""")


@pytest.mark.parametrize(("source", "expected"), DELETIONS)
def test_a_deletion_is_read_as_python_runs_it(source: str, expected: dict[str, str]) -> None:
    assert described(read_cell(source)) == expected
