"""Which names does `with` read and bind?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.analysis.reader import read_cell
from tests.core.tools.notebooks import described, table

WITH_BLOCKS = table("""
== with binds, also in parts
with open(f) as g, g.x as (h, i):
    j = h
-> defines g=with h=with i=with j=assignment
-> uses f open
== with without a name
with lock:
    x = 1
-> defines x=assignment
-> uses lock
""")


@pytest.mark.parametrize(("source", "expected"), WITH_BLOCKS)
def test_with_is_read_as_python_runs_it(source: str, expected: dict[str, str]) -> None:
    assert described(read_cell(source)) == expected
