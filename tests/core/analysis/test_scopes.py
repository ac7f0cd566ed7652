"""Which scope does a name belong to, and what does a call of a function reach?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.analysis.scopes import (
    BodyUse,
    CellScope,
    ClassScope,
    ComprehensionScope,
    FunctionNames,
    FunctionScope,
    either,
    follow_calls,
    with_callers,
)


def read(name: str, *, certain: bool = True, called: bool = False) -> BodyUse:
    """A reading of a name in a function's body."""
    return BodyUse(name, certain, called)


def test_a_name_that_a_body_binds_anywhere_is_its_own() -> None:
    scope = FunctionScope(CellScope(), "f")
    scope.read("a", certain=True, called=False, gone_through=False)
    scope.read("b", certain=True, called=False, gone_through=False)
    scope.local_names.add("a")
    assert scope.free_reads() == [read("b")]


def test_a_nonlocal_name_is_not_the_bodys_own() -> None:
    scope = FunctionScope(CellScope(), "f", local_names={"a"}, outer_names={"a"})
    scope.read("a", certain=True, called=False, gone_through=False)
    assert scope.free_reads() == [read("a")]


def test_a_global_that_the_body_has_assigned_is_not_read_from_elsewhere() -> None:
    scope = FunctionScope(CellScope(), "f", assigned={"a"})
    scope.read("a", certain=True, called=False, gone_through=False)
    assert scope.free_reads() == []


def test_type_parameters_of_a_method_and_of_its_class_are_hidden() -> None:
    of_class = ComprehensionScope(CellScope(), {"T"})
    of_method = ComprehensionScope(ClassScope(of_class), {"U"})
    scope = FunctionScope(of_method, "m")
    for name in "TUV":
        scope.read(name, certain=True, called=False, gone_through=False)
    assert scope.free_reads() == [read("V")]


def test_the_parameters_that_a_body_changes() -> None:
    scope = FunctionScope(CellScope(), "f", parameters=("a", "b", "c"), rebound={"b"})
    scope.touches.update("abcd")
    assert scope.changed_parameters(positional=2) == (0, "a", "c")


def test_several_readings_of_one_name_are_one() -> None:
    scope = FunctionScope(CellScope(), "f")
    scope.read("a", certain=False, called=True, gone_through=False)
    scope.read("a", certain=True, called=False, gone_through=False)
    assert scope.free_reads() == [read("a", called=True)]


F = FunctionNames("f", (read("x"), read("g", called=True)))
G = FunctionNames("g", (read("y"), read("f", called=True)))
LAZY = FunctionNames("lazy", (read("x"),), lazy=True)


@pytest.mark.parametrize(
    ("first", "reads"),
    [
        # how f is used, and what is read then; a ? where that is not certain
        (read("f", called=True), "f g x y"),
        (read("f", called=True, certain=False), "f? g? x? y?"),
        (read("f"), "f g? x? y?"),  # only mentioned
        (read("g", called=True), "f g x y"),
        (read("lazy", called=True), "lazy x?"),  # its result is not iterated over
        (BodyUse("lazy", certain=True, called=True, gone_through=True), "lazy x"),
    ],
)
def test_what_calls_read(first: BodyUse, reads: str) -> None:
    table = {first.name: first}
    follow_calls(table, {"f": F, "g": G, "lazy": LAZY}, [first.name])
    assert " ".join(it.name + "?" * (not it.certain) for _, it in sorted(table.items())) == reads


def test_of_two_functions_of_one_name_nothing_is_certain() -> None:
    one = FunctionNames("f", (read("x"),), assigns=("a",), touches=("t",))
    other = FunctionNames("f", (read("y", called=True),), assigns=("b",))
    assert either(one, other) == FunctionNames(
        "f",
        (read("x", certain=False), read("y", certain=False, called=True)),
        assigns=("a", "b"),
        touches=("t",),
    )


@pytest.mark.parametrize(
    ("functions", "found"),
    [("a", "abcd"), ("b", "bd"), ("c", "c"), ("bc", "bcd"), ("x", "x"), ("", "")],
)
def test_the_callers_of_functions(functions: str, found: str) -> None:
    callers = {"a": "bc", "b": "d", "d": "b"}
    assert with_callers(functions, callers) == set(found)
