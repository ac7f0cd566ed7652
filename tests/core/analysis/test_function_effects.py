"""What does a call of a function do to global names?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.analysis.function_effects import (
    BodyRead,
    FunctionEffects,
    effects_of_either,
    follow_calls,
    with_callers,
)


def read(name: str, *, certain: bool = True, called: bool = False) -> BodyRead:
    """A reading of a name in a function's body."""
    return BodyRead(name, certain, called)


F = FunctionEffects("f", (read("x"), read("g", called=True)))
G = FunctionEffects("g", (read("y"), read("f", called=True)))
LAZY = FunctionEffects("lazy", (read("x"),), is_lazy=True)


@pytest.mark.parametrize(
    ("first", "reads"),
    [
        # how f is used, and what is read then; a ? where that is not certain
        (read("f", called=True), "f g x y"),
        (read("f", called=True, certain=False), "f? g? x? y?"),
        (read("f"), "f g? x? y?"),  # only mentioned
        (read("g", called=True), "f g x y"),
        (read("lazy", called=True), "lazy x?"),  # its result is not iterated over
        (BodyRead("lazy", certain=True, called=True, is_consumed=True), "lazy x"),
    ],
)
def test_what_calls_read(first: BodyRead, reads: str) -> None:
    table = {first.name: first}
    follow_calls(table, {"f": F, "g": G, "lazy": LAZY}, [first.name])
    assert " ".join(it.name + "?" * (not it.certain) for _, it in sorted(table.items())) == reads


def test_of_two_functions_of_one_name_nothing_is_certain() -> None:
    one = FunctionEffects("f", (read("x"),), assigned_globals=("a",), mutated_globals=("t",))
    other = FunctionEffects("f", (read("y", called=True),), assigned_globals=("b",))
    assert effects_of_either(one, other) == FunctionEffects(
        "f",
        (read("x", certain=False), read("y", certain=False, called=True)),
        assigned_globals=("a", "b"),
        mutated_globals=("t",),
    )


@pytest.mark.parametrize(
    ("functions", "found"),
    [("a", "abcd"), ("b", "bd"), ("c", "c"), ("bc", "bcd"), ("x", "x"), ("", "")],
)
def test_the_callers_of_functions(functions: str, found: str) -> None:
    callers = {"a": "bc", "b": "d", "d": "b"}
    assert with_callers(functions, callers) == set(found)
