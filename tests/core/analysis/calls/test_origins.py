"""How is it represented where a value comes from?"""

from __future__ import annotations

from jupyter_namespace_viz.core.analysis.calls.origins import (
    Known,
    OuterName,
    Parameter,
    Step,
    is_deeper_than,
    is_unresolved,
    leaves_of,
    length_of,
    names_called_by,
    root_of,
    with_root,
)

CALL = Step("A", "()", ((0, "x"), ("key", Step("f", ".g"))))
SIZE = Step(CALL, ".size")  # A(x, key=f.g).size


def test_the_parts_of_an_origin() -> None:
    assert root_of(SIZE) == "A"
    assert root_of("A") == "A"
    assert list(leaves_of(SIZE)) == ["x", "f", "A"]
    assert length_of(SIZE) == 2
    assert with_root(Step(Step("a", ".b"), "()"), "c") == Step(Step("c", ".b"), "()")


def test_the_names_that_a_step_calls_or_passes_on() -> None:
    assert names_called_by(CALL) == ["x", "A"]
    assert names_called_by(SIZE) == []
    assert names_called_by(Step(OuterName("f"), "()")) == ["f"]


def test_an_origin_that_starts_at_a_name() -> None:
    assert is_unresolved(SIZE)
    assert is_unresolved(OuterName("a"))
    assert not is_unresolved(Step(Known("m"), ".a"))
    assert not is_unresolved(Parameter("a", "f@1:0"))


def test_the_depth_of_an_origin() -> None:
    assert is_deeper_than(SIZE, 1)
    assert is_deeper_than(SIZE, 2)  # its argument is one step further down
    assert not is_deeper_than(SIZE, 3)
