"""What does a call of a function do to global names?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.analysis.function_effects import (
    BodyRead,
    Doubt,
    FunctionEffects,
    effects_of_either,
    made_uncertain,
    weaker_doubt,
    with_callers,
)


def test_of_two_functions_of_one_name_nothing_is_certain() -> None:
    one = FunctionEffects("f", (BodyRead("x", True),), assigned_globals=("a",))
    other = FunctionEffects(
        "f", (BodyRead("y", True, called=True),), ("b",), ("t",), steps=(("s", True),)
    )
    assert effects_of_either(one, other) == FunctionEffects(
        "f",
        (BodyRead("x", False), BodyRead("y", False, called=True)),
        ("a", "b"),
        ("t",),
        steps=(("s", False),),
    )


def test_a_function_that_may_not_run_reads_nothing_for_certain() -> None:
    function = FunctionEffects("f", (BodyRead("x", True),), steps=(("s", True),))
    uncertain = FunctionEffects("f", (BodyRead("x", False),), steps=(("s", False),))
    assert made_uncertain(function) == uncertain


def test_the_hash_of_a_function_costs_no_more_for_a_long_one() -> None:
    one = FunctionEffects("f", (BodyRead("x", True),), owner="f@1:0")
    other = FunctionEffects("f", (), owner="f@1:0")
    assert hash(one) == hash(other)
    assert one != other


@pytest.mark.parametrize(
    ("functions", "found"),
    [("a", "abcd"), ("b", "bd"), ("c", "c"), ("bc", "bcd"), ("x", "x"), ("", "")],
)
def test_the_callers_of_functions(functions: str, found: str) -> None:
    callers = {"a": "bc", "b": "d", "d": "b"}
    assert "".join(sorted(with_callers(functions, callers))) == found


def test_the_doubt_about_a_name_that_is_read_twice() -> None:
    doubts: list[Doubt] = [None, "given", "handled"]
    found = [[weaker_doubt(one, other) for other in doubts] for one in doubts]
    assert found == [[None] * 3, [None, "given", "given"], [None, "given", "handled"]]
