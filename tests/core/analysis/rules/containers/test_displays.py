"""What is known of displays?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.analysis.calls.held_values import Contents, Literal
from jupyter_namespace_viz.core.analysis.calls.origins import Origin, OuterName
from jupyter_namespace_viz.core.analysis.reader import read_cell

F, G = OuterName("f"), OuterName("g")

DISPLAYS = {
    "[f, g]": Contents("list", ((0, F), (1, G))),
    "(f, 1)": Contents("tuple", ((0, F), (1, Literal(1)))),
    "{'a': f, -1: g}": Contents("dict", (("a", F), (-1, G))),
    "{'a': f, 'a': g}": Contents("dict", (("a", G),)),
    "[]": Contents("list"),
    "[f, *others]": Contents("list", ((0, F),), is_whole=False),
    "{**others, 'a': f}": Contents("dict", (("a", F),), is_whole=False),
    "{'a': f, **others}": None,
    "{'a': f, g: f}": None,
    "[1.5, None]": None,
    "[1, 2]": Contents("list", ((0, Literal(1)), (1, Literal(2)))),
    f"{[*range(20)]}": None,
    f"[f, {', '.join('0' * 60)}]": None,
}


@pytest.mark.parametrize(("display", "expected"), DISPLAYS.items(), ids=DISPLAYS)
def test_what_a_display_holds(display: str, expected: Origin) -> None:
    assert read_cell(f"a = {display}").value_of("a") == expected


def test_names_of_a_class_body() -> None:
    names = read_cell("class A:\n    def f(self): pass\n    t = (f,)")
    [cls] = names.functions
    assert cls.members is not None
    members = dict(cls.members.values)
    assert members["t"] == Contents("tuple", ((0, members["f"]),))


def test_functions_in_a_class_body_do_not_see_its_names() -> None:
    names = read_cell("class A:\n    n = 1\n    g = (n for i in [1])")
    assert [(use.name, use.phase) for use in names.uses] == [("n", "deferred")]
