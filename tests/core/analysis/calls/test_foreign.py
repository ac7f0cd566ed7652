"""What do functions of a module do, as seen from a notebook?"""

from __future__ import annotations

from jupyter_namespace_viz.core.analysis.calls.foreign import ModuleScope, NoOwnModules
from jupyter_namespace_viz.core.analysis.calls.origins import (
    UNKNOWN,
    Known,
    OuterName,
    Parameter,
    Step,
)
from jupyter_namespace_viz.core.analysis.flow import missing_in_text
from jupyter_namespace_viz.core.analysis.function_effects import BodyImport, FunctionEffects
from jupyter_namespace_viz.core.analysis.reader import read_cell

BOUND = {"helper": "lib.helper", "np": "lib.np", "len": "builtins.len"}
SCOPE = ModuleScope(BOUND.get, lambda name: name == "gone", lambda module: f"lib{module}")


def seen(source: str) -> FunctionEffects:
    """The function of the text, as seen from outside of its module."""
    [function] = read_cell(source).functions
    found = SCOPE.seen(function)
    assert isinstance(found, FunctionEffects)
    return found


def test_names_are_those_of_the_module() -> None:
    assert SCOPE.seen("helper") == Known("lib.helper")
    assert SCOPE.seen(OuterName("len")) == Known("builtins.len")
    assert SCOPE.seen("other") is None
    step = Step("helper", "()", ((0, "np"), (1, "other")))
    expected = Step(Known("lib.helper"), "()", ((0, Known("lib.np")), (1, UNKNOWN)))
    assert SCOPE.seen(step) == expected


def test_what_the_module_lacks_is_read_there() -> None:
    function = seen("def f(): return gone, np, other")
    assert [use.name for use in function.uses] == [missing_in_text("gone")]


def test_what_is_only_perhaps_read_counts_as_there() -> None:
    assert seen("def f(a):\n    if a: return gone").uses == ()
    assert seen("def f():\n    try: gone\n    except NameError: pass").uses == ()


def test_the_module_keeps_its_globals() -> None:
    function = seen("def f():\n    global n\n    n = 1\n    rows.append(n)")
    assert (function.assigned_globals, function.mutated_globals) == ((), ())


def test_steps_and_imports_are_those_of_the_module() -> None:
    function = seen("def f(a):\n    from .x import y\n    return helper(a)")
    [(step, certain)] = function.steps
    given = ((0, Parameter("a", function.owner)),)
    assert (step, certain) == (Step(Known("lib.helper"), "()", given), True)
    assert function.imports == (BodyImport("lib.x", ("y",), True),)


def test_no_own_modules() -> None:
    assert not NoOwnModules().has("lib")
    assert NoOwnModules().value("lib.f") is None
