"""In which order does a called function read names and bind globals?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.analysis.reader import read_cell

ORDERS = {
    "in turn": ("global a, b; x; a = 1; y; b = 2", {"x": 1, "a": 2, "y": 2, "b": 3}),
    "all before": ("global a, b; x; y; a = b = 1", {"x": 1, "y": 1, "a": 2, "b": 3}),
    "all after": ("global a; a = 1; x; y", {"a": 2, "x": 2, "y": 2}),
    "read only perhaps": ("global a; x if y else 0; a = 1; x", {"y": 1, "a": 2, "x": 2}),
}  # `f` itself is bound first


@pytest.mark.parametrize("case", ORDERS)
def test_what_a_body_does_in_turn(case: str) -> None:
    body, expected = ORDERS[case]
    names = read_cell(f"def f(): {body}\nf()")
    found = {it.name: it.order for it in names.uses if it.phase == "immediate"}
    found |= {it.name: it.order for it in names.definitions if it.name != "f"}
    assert found == expected


def test_what_other_functions_do_may_happen_at_any_point() -> None:
    names = read_cell("def g():\n  x\ndef f():\n  global a\n  g(); y; a = 1\nf()")
    assert {it.name: it.order for it in names.uses if it.phase == "immediate"} == {"x": 3, "y": 2}
    assert [it.order for it in names.definitions if it.name == "a"] == [3]
