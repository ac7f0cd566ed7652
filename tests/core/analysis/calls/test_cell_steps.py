"""What does a cell do with values, and which functions run then?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.analysis.calls.cell_steps import CellSteps
from jupyter_namespace_viz.core.analysis.calls.origins import (
    UNKNOWN,
    Known,
    Origin,
    OuterName,
    PendingStep,
    Step,
)
from jupyter_namespace_viz.core.analysis.flow import Flow
from jupyter_namespace_viz.core.analysis.function_effects import FunctionEffects

F = FunctionEffects("f", (), returns=Step("A", "()"))
G = FunctionEffects("g", ())


def steps(**values: Origin) -> CellSteps:
    """The steps of a cell that has bound these values, and `data` to something unknown."""
    flow = Flow()
    found = CellSteps(flow)
    for name, value in values.items():
        flow.bind(name)
        found.bind(name, value, None, certain=True)
    flow.bind("data")
    return found


def test_what_is_done_with_the_values_of_other_cells_is_pending() -> None:
    cell = steps()
    size = Step("a", ".size")
    assert cell.take(size, 1, certain=False, guarded=False) is None
    assert cell.take(size, 2, certain=True, guarded=False) is None
    assert list(cell.pending.values()) == [PendingStep(size, True, 1, order=0)]


@pytest.mark.parametrize("step", [Step("data", ".x"), Step("len", "()"), Step("np", ".zeros")])
def test_other_steps_are_not(step: Step) -> None:
    cell = steps(np=Known("numpy"))
    assert cell.take(step, 1, certain=True, guarded=False) is None
    assert cell.pending == {}


def test_a_guarded_step_is_not_followed_into_other_cells() -> None:
    cell = steps()
    cell.take(Step("a", "()"), 1, certain=True, guarded=True)
    assert cell.pending == {}


def test_a_function_of_the_cell_is_followed() -> None:
    cell = steps(f=F)
    follower = cell.take(Step("f", "()"), 1, certain=True, guarded=False)
    assert follower is not None
    assert [(it.function, it.certain) for it in follower.called] == [(F, True)]
    assert cell.via(Step("f", "()")) == "f"


@pytest.mark.parametrize(
    ("origin", "value"),
    [
        ("f", F),
        ("data", None),
        ("a", OuterName("a")),
        (Step("a", "()", ((0, "b"), (1, "data"))),
         Step(OuterName("a"), "()", ((0, OuterName("b")), (1, UNKNOWN)))),
        (Step("f", "()"), Step(OuterName("A"), "()")),
        ("len", Known("builtins.len")),
    ],
)  # fmt: skip
def test_a_value_names_other_cells_as_they_were_before(origin: Origin, value: Origin) -> None:
    assert steps(f=F).value_of(origin) == value


def test_a_value_that_may_have_been_kept() -> None:
    cell = steps(f=F)
    cell.values.clear()
    cell.bind("f", G, F, certain=False)
    either = cell.values["f"]
    assert isinstance(either, FunctionEffects)
    assert either.name == "f"
    cell.bind("a", Known("n"), Known("m"), certain=False)
    assert "a" not in cell.values
