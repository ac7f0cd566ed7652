"""What does a call of a function do, judging by all that its body does?"""

from __future__ import annotations

from jupyter_namespace_viz.core.analysis.calls.origins import Parameter, Step
from jupyter_namespace_viz.core.analysis.function_effects import BodyRead
from jupyter_namespace_viz.core.analysis.rules.function_bodies import effects_of_body, mentions
from jupyter_namespace_viz.core.analysis.scopes import (
    CellScope,
    ClassScope,
    ComprehensionScope,
    FunctionScope,
)


def read(name: str, *, certain: bool = True, called: bool = False) -> BodyRead:
    """A reading of a name in a function's body."""
    return BodyRead(name, certain, called)


def test_a_name_that_a_body_binds_anywhere_is_its_own() -> None:
    scope = FunctionScope(CellScope(), "f")
    scope.read(BodyRead("a", True))
    scope.read(BodyRead("b", True))
    scope.local_names.add("a")
    assert list(effects_of_body(scope).uses) == [read("b"), read("f.<locals>.a")]


def test_a_nonlocal_name_is_not_the_bodys_own() -> None:
    scope = FunctionScope(CellScope(), "f", local_names={"a"}, outer_names={"a"})
    scope.read(BodyRead("a", True))
    assert list(effects_of_body(scope).uses) == [read("a")]


def test_a_global_that_the_body_has_assigned_is_not_read_from_elsewhere() -> None:
    scope = FunctionScope(CellScope(), "f", certainly_assigned={"a"})
    scope.read(BodyRead("a", True))
    assert list(effects_of_body(scope).uses) == []


def test_type_parameters_of_a_method_and_of_its_class_are_hidden() -> None:
    of_class = ComprehensionScope(CellScope(), {"T"})
    of_method = ComprehensionScope(ClassScope(of_class, "C"), {"U"})
    scope = FunctionScope(of_method, "m")
    for name in "TUV":
        scope.read(BodyRead(name, True))
    assert list(effects_of_body(scope).uses) == [read("V")]


def test_the_parameters_that_a_body_changes() -> None:
    scope = FunctionScope(CellScope(), "f", parameters=("a", "b", "c"), rebound={"b"}, positional=2)
    scope.mutated.update("abcd")
    assert effects_of_body(scope).mutated_parameters == (0, "a", "c")


def test_several_readings_of_one_name_are_one() -> None:
    scope = FunctionScope(CellScope(), "f")
    scope.read(BodyRead("a", False))
    scope.read(BodyRead("a", True))
    scope.take(Step("a", "()"), certain=False)
    assert list(effects_of_body(scope).uses) == [read("a", called=True)]


def test_what_a_body_does_with_its_parameters_and_local_names() -> None:
    scope = FunctionScope(CellScope(), "f", "f@1:0", local_names={"a", "b", "c"})
    scope.parameters = ("a",)
    scope.values["b"] = Step("B", "()")
    for name in "abcd":
        scope.take(Step(name, ".x"), certain=True)
    assert effects_of_body(scope).steps == (
        (Step(Parameter("a", "f@1:0"), ".x"), True),
        (Step(Step("B", "()"), ".x"), True),
        (Step("d", ".x"), True),
    )


def test_names_in_the_arguments_are_mentioned_too() -> None:
    call = Step("A", "()", ((0, "x"), ("key", Step("f", ".g"))))
    size = Step(call, ".size")  # A(x, key=f.g).size
    assert mentions(size, {"A"})
    assert mentions(size, {"x"})
    assert mentions(size, {"f"})
    assert not mentions(size, {"size", "key"})
