"""Which member of a class does an attribute find?"""

from __future__ import annotations

from jupyter_namespace_viz.core.analysis.calls.classes import Found, classes_of, find_member
from jupyter_namespace_viz.core.analysis.calls.origins import Known, Origin
from jupyter_namespace_viz.core.analysis.function_effects import ClassMembers, FunctionEffects


def cls(name: str, bases: tuple[Origin, ...] = (), **members: Origin) -> FunctionEffects:
    """A class with these members."""
    return FunctionEffects(
        name, (), owner=name, members=ClassMembers(tuple(members.items()), bases)
    )


def same(origin: Origin) -> Origin:
    """Nothing is known of any name."""
    return origin


TOP = cls("Top", a="of top", b="of top")
LEFT = cls("Left", (TOP,), a="of left")
RIGHT = cls("Right", (TOP,), b="of right")
BOTTOM = cls("Bottom", (LEFT, RIGHT), c=None)


def test_a_base_of_several_classes_comes_after_them() -> None:
    assert classes_of(BOTTOM, same) == ([BOTTOM, LEFT, RIGHT, TOP], [])


def test_the_nearest_member_is_found() -> None:
    assert find_member(BOTTOM, "a", same) == Found("of left")
    assert find_member(BOTTOM, "b", same) == Found("of right")
    assert find_member(BOTTOM, "c", same) == Found(None)
    assert find_member(BOTTOM, "d", same) == Found(is_missing=True)
    assert find_member(BOTTOM, "a", same, after="Left") == Found("of top")


def test_a_base_class_that_is_not_known_may_have_any_member() -> None:
    of_library = cls("A", (Known("library.Base"), TOP))
    assert find_member(of_library, "d", same) == Found(is_missing=True, is_open=True)
    assert find_member(of_library, "a", same) == Found("of top", is_open=True)
    of_python = cls("A", (Known("abc.ABC"), TOP))
    assert find_member(of_python, "a", same) == Found("of top")


def test_a_base_class_of_another_cell_is_not_resolved_yet() -> None:
    assert find_member(cls("A", ("Base",)), "a", same) == Found(is_unresolved=True)
    assert find_member(cls("A", ("Base",), a="own"), "a", same) == Found("own")
