"""In which scope is a name that the text reads, binds or passes on?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.analysis.cell_names import PassedArgument
from jupyter_namespace_viz.core.analysis.reader import read_cell

PASSED = [
    ("f(x)", [("f", 0, "x")]),
    ("f(a, x.b[0])", [("f", 0, "a"), ("f", 1, "x")]),
    ("f(rows=x)", [("f", "rows", "x")]),
    ("f(1, g(x))", [("g", 0, "x")]),
    ("f(*a, x)", []),
    ("len(x)", []),  # a builtin changes nothing
    ("x.f(y)", []),  # a method is no function of another cell
    ("def f(a): pass\nf(x)", []),  # the cell's own function: known already
    ("def g(): f(x)", []),
]


@pytest.mark.parametrize(("source", "passed"), PASSED)
def test_the_objects_that_functions_of_other_cells_get(
    source: str, passed: list[tuple[str, int | str, str]]
) -> None:
    assert read_cell(source).passed_arguments == {PassedArgument(*one) for one in passed}
