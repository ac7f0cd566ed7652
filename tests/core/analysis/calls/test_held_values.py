"""Are the values that a display holds known apart from those that are not?"""

from __future__ import annotations

from jupyter_namespace_viz.core.analysis.calls.held_values import Contents, Literal, Several
from jupyter_namespace_viz.core.analysis.calls.origins import is_unresolved, leaves_of


def test_the_values_of_known_items() -> None:
    assert Contents("list", ((0, None), (1, "f"))).values == ("f",)
    assert list(leaves_of(Contents("dict", (("a", "f"),), factory="g"))) == ["f", "g"]


def test_one_of_several_is_unresolved_where_one_of_them_is() -> None:
    assert is_unresolved(Several((Literal(1), "f")))
    assert not is_unresolved(Several((Literal(1),)))
