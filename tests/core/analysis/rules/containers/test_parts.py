"""What is done with parts of values?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.analysis.calls.held_values import Literal
from jupyter_namespace_viz.core.analysis.calls.origins import UNKNOWN, OuterName, Step
from jupyter_namespace_viz.core.analysis.reader import read_cell

PARTS = {
    "a['k']": Step("a", "__getitem__", ((0, Literal("k")),)),
    "a[-1]": Step("a", "__getitem__", ((0, Literal(-1)),)),
    "a[1.5]": Step("a", "__getitem__", ((0, UNKNOWN),)),
    "k = 'x'\na[k]": Step("a", "__getitem__", ((0, Literal("x")),)),
    "a['k'] = f": Step("a", "__setitem__", ((0, Literal("k")), (1, OuterName("f")))),
    "a.k = f": Step("a", "=k", ((0, OuterName("f")),)),
    "a.k = 1": Step("a", "=k", ((0, UNKNOWN),)),
    "a['k'] += 1": Step("a", "__getitem__", ((0, Literal("k")),)),
}


@pytest.mark.parametrize(("source", "step"), PARTS.items(), ids=PARTS)
def test_the_step_to_a_part(source: str, step: Step) -> None:
    assert step in [pending.step for pending in read_cell(source).steps]


def test_the_items_of_what_is_unpacked() -> None:
    names = read_cell("a, (b, c), *d = f()")
    of = Step(OuterName("f"), "()")
    first, second = (Step(of, "__getitem__", ((0, Literal(at)),)) for at in (0, 1))
    assert names.value_of("a") == first
    assert names.value_of("b") == Step(second, "__getitem__", ((0, Literal(0)),))
    assert names.value_of("d") is None
