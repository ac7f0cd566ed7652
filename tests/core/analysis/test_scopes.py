"""Which scope does a name belong to?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.analysis.calls.origins import Step
from jupyter_namespace_viz.core.analysis.function_effects import BodyRead
from jupyter_namespace_viz.core.analysis.scopes import (
    CellScope,
    ClassScope,
    ComprehensionScope,
    FunctionScope,
    binding_scope,
    mangled,
    running_scope,
    scope_of_object,
)

CELL = CellScope()
CLASS = ClassScope(CELL, "__C")
METHOD = FunctionScope(CLASS, "m")


@pytest.mark.parametrize(
    ("scope", "binding", "running"),
    [
        pytest.param(CELL, CELL, CELL, id="a cell"),
        pytest.param(CLASS, CLASS, CELL, id="a class body"),
        pytest.param(METHOD, METHOD, METHOD, id="a method"),
        pytest.param(ComprehensionScope(METHOD), METHOD, METHOD, id="a comprehension"),
        pytest.param(ComprehensionScope(CLASS), CLASS, CELL, id="a comprehension in a class"),
    ],
)
def test_where_code_binds_and_runs(scope: object, binding: object, running: object) -> None:
    assert binding_scope(scope) is binding  # type: ignore[arg-type]
    assert running_scope(scope) is running  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "expected"), [("x", "x"), ("_x", "_x"), ("__x", "_C__x"), ("__x__", "__x__")]
)
def test_a_private_name_of_a_class(name: str, expected: str) -> None:
    assert mangled(name, METHOD) == expected
    assert mangled(name, CELL) == name


def test_whose_object_code_mutates() -> None:
    targets = ComprehensionScope(METHOD, {"row"})
    in_class = ClassScope(CELL, "C")
    in_class.flow.bind("own")
    assert scope_of_object("row", targets) is None
    assert scope_of_object("rows", targets) is METHOD
    assert scope_of_object("own", in_class) is None
    assert scope_of_object("other", in_class) is CELL


def test_a_body_does_not_read_a_global_that_it_has_assigned() -> None:
    scope = FunctionScope(CELL, "f")
    scope.assign_global("a", certain=True)
    scope.assign_global("b", certain=False)
    for name in "ab":
        scope.read(BodyRead(name, True))
    assert list(scope.reads) == ["b"]


def test_a_step_is_certain_once_one_of_the_same_is() -> None:
    scope = FunctionScope(CELL, "f")
    for certain in (False, True, False):
        scope.take(Step("a", "()"), certain)
    assert scope.steps == {Step("a", "()"): True}
