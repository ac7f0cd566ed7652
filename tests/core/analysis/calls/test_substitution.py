"""How are the parameters of a function replaced by what a call gives it?"""

from __future__ import annotations

from jupyter_namespace_viz.core.analysis.calls.origins import UNKNOWN, Parameter, Step
from jupyter_namespace_viz.core.analysis.calls.substitution import (
    arguments_by_name,
    replaced,
    with_arguments,
)
from jupyter_namespace_viz.core.analysis.function_effects import BodyRead, FunctionEffects

F = FunctionEffects("f", (), parameters=("a", "b"), owner="f@1:0")
A, B = Parameter("a", "f@1:0"), Parameter("b", "f@1:0")
OF_OTHER = Parameter("a", "g@9:0")


def test_arguments_are_found_by_their_place_or_name() -> None:
    arguments = ((0, "x"), (5, "y"), ("key", "z"))
    assert arguments_by_name(F, arguments) == {"a": "x", "key": "z"}


def test_parameters_are_replaced() -> None:
    step = Step(A, "()", ((0, B), (1, OF_OTHER), (2, "n")))
    done = Step("x", "()", ((0, UNKNOWN), (1, OF_OTHER), (2, "n")))
    assert with_arguments(step, F, ((0, "x"),)) == done
    assert with_arguments(B, F, ((0, "x"),)) is None
    assert with_arguments(Step(B, ".c"), F, ((0, "x"),)) is None


def test_a_nested_function_gets_what_the_function_around_it_is_given() -> None:
    nested = FunctionEffects("w", (BodyRead("x", True),), steps=((Step(A, "()"), True),))
    expected = FunctionEffects("w", (BodyRead("x", True),), steps=((Step("h", "()"), True),))
    assert with_arguments(nested, F, ((0, "h"),)) == expected


def test_a_function_without_such_names_stays_the_same_object() -> None:
    nested = FunctionEffects("w", (BodyRead("x", True),), steps=((Step("x", "()"), True),))
    assert with_arguments(nested, F, ()) is nested


def test_names_that_are_hidden_are_no_longer_read() -> None:
    nested = FunctionEffects("w", (BodyRead("x", True), BodyRead("y", True)))
    found = replaced(nested, lambda root: None if root == "x" else root)
    assert found == FunctionEffects("w", (BodyRead("y", True),))
