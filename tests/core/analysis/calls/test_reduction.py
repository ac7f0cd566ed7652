"""Which value does an origin stand for?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.analysis.calls.origins import (
    Bound,
    Caller,
    Instance,
    Known,
    Lazy,
    ObjectOf,
    Origin,
    OuterName,
    Parameter,
    Step,
    Suspended,
)
from jupyter_namespace_viz.core.analysis.calls.reduction import Reducer
from jupyter_namespace_viz.core.analysis.function_effects import (
    ClassMembers,
    FunctionEffects,
    made_uncertain,
)

SELF = Parameter("self", "enter@2:0")
ENTER = FunctionEffects("enter", (), returns=SELF, parameters=("self",), owner="enter@2:0")
SIZE = FunctionEffects("size", (), kind="property", returns="n", owner="size@3:0")
A = FunctionEffects("A", (), members=ClassMembers((("__enter__", ENTER), ("size", SIZE))))
F = FunctionEffects("f", ())
GENERATOR = FunctionEffects("g", (), is_lazy=True)
MAKE = FunctionEffects("make", (), returns=Step("A", "()"))
VALUES: dict[str, Origin] = {
    "A": A, "f": F, "g": GENERATOR, "make": MAKE, "map": Known("builtins.map"),
    "functools": Known("functools"), "pd": Known("pandas"), "np": Known("numpy"), "data": None,
}  # fmt: skip


def call(of: Origin, *arguments: Origin) -> Step:
    """A call with positional arguments."""
    return Step(of, "()", tuple(enumerate(arguments)))


REDUCED = {
    "a name": ("f", F),
    "a name of another cell": ("unknown", "unknown"),
    "a name of which nothing is known": (Step("data", ".x"), None),
    "an object": (call("A"), Instance(A)),
    "an object of a name of another cell": (call("B", "f"), call("B", F)),
    "a method": (Step(call("A"), ".__enter__"), Bound(ENTER, Instance(A))),
    "what a method returns": (Step(call("A"), "__enter__"), Instance(A)),
    "a property": (Step(call("A"), ".size"), "n"),
    "what a function returns": (call("make"), Instance(A)),
    "what a function does not return": (call("f"), None),
    "a generator": (call("g"), Suspended(GENERATOR, ())),
    "map": (call("map", "f", call("g")), Lazy((F,), (Suspended(GENERATOR, ()),))),
    "partial": (call(Step("functools", ".partial"), "f"), Caller(F)),
    "cache": (call(Step("functools", ".lru_cache"), "f"), F),
    "cache with a size": (call(call(Step("functools", ".lru_cache")), "f"), F),
    "what wraps returns": (call(call(Step("functools", ".wraps"), "g"), "f"), F),
    "an object of pandas": (Step(call(Step("pd", ".read_csv")), ".map"), ObjectOf("pandas", "map")),
    "an object of another library": (call(Step("np", ".zeros")), None),
    "a decorator that is not known": (Step(Step("np", ".d"), "@", ((0, "f"),)), made_uncertain(F)),
}


@pytest.mark.parametrize("case", REDUCED)
def test_a_value(case: str) -> None:
    origin, expected = REDUCED[case]
    reducer = Reducer(lambda name: name if isinstance(name, OuterName) else VALUES.get(name, name))
    assert reducer.reduce(origin) == expected


def test_a_value_that_comes_from_itself_is_not_known() -> None:
    assert Reducer(lambda name: Step(name, ".x")).reduce("a") is None
