"""What is done when the bodies of functions run?"""

from __future__ import annotations

from jupyter_namespace_viz.core.analysis.calls.bodies import Bodies, Called, Variants
from jupyter_namespace_viz.core.analysis.calls.origins import Parameter, Step
from jupyter_namespace_viz.core.analysis.function_effects import FunctionEffects

F = FunctionEffects(
    "f",
    (),
    steps=((Step(Parameter("a", "f@1:0"), "()"), True), (Step("g", "()"), False)),
    parameters=("a",),
    owner="f@1:0",
)


def steps_of(bodies: Bodies) -> list[tuple[Step, bool]]:
    """All steps that are to be followed."""
    return list(iter(bodies.next_step, None))


def test_a_body_takes_its_steps_with_what_it_is_given() -> None:
    bodies = Bodies(lambda _: True, Variants(), lambda it: it)
    bodies.run(F, ((0, "h"),), certain=True)
    assert bodies.called == [Called(F, True, None)]
    assert steps_of(bodies) == [(Step("g", "()"), False), (Step("h", "()"), True)]


def test_what_runs_no_function_is_left_out() -> None:
    bodies = Bodies(lambda name: name != "g", Variants(), lambda it: it)
    bodies.run(F, (), certain=True)
    assert steps_of(bodies) == []


def test_the_same_call_is_followed_once() -> None:
    bodies = Bodies(lambda _: True, Variants(), lambda it: it)
    bodies.run(F, (), certain=True)
    bodies.run(F, (), certain=True)
    assert len(bodies.called) == 1


def test_what_runs_because_it_was_given_away_stays_known_as_that() -> None:
    bodies = Bodies(lambda _: True, Variants(), lambda it: it)
    bodies.doubt = "given"
    bodies.run(F, (), certain=False)
    bodies.doubt = None
    assert steps_of(bodies) == [(Step("g", "()"), False)]
    assert bodies.doubt == "given"
    assert bodies.called == [Called(F, False, "given")]
