"""Is each step of a plan explained in a sentence?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.analysis.random_numbers import RandomNumbers
from jupyter_namespace_viz.core.plan.explanations import provides, uses


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        ({"x": [1]}, "Defines `x`, which cell 2 needs."),
        ({"y": [2, 1], "x": [1]}, "Defines `x`, `y`, which cells 2 and 3 need."),
        ({"x": [0, 1, 2, 3]}, "Defines `x`, which cells 1, 2, 3 and more need."),
        (
            {RandomNumbers.PYTHON: [1]},
            "Defines Python's random numbers, which cell 2 needs.",
        ),
    ],
)
def test_what_a_step_of_a_plan_is_for(
    names: dict[str | RandomNumbers, list[int]], sentence: str
) -> None:
    assert provides("Defines", names) == sentence


def test_why_a_cell_runs_after_others() -> None:
    assert uses({"y": [1], "x": [0, 1]}) == "Uses `x`, `y` from cells 1 and 2."
    assert uses({"x": [4]}) == "Uses `x` from cell 5."
