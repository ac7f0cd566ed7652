"""Is a symptom told from its cause?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.plan.stale_cells import stale_plan
from jupyter_namespace_viz.core.problems.symptoms import Symptoms, bad_needs
from tests.core.tools.played_stories import play

CASES = [
    # sources, story, the needs that are symptoms, as name@cell, and how many depend on c1
    pytest.param(("x = gone", "y = x", "z = y", "x + other"), "", "x@c2 y@c3 x@c4", 3,
                 id="what follows, however far"),
    pytest.param(("x = 1", "x", "1"), "3", "", 0, id="a cell that can run is no cause"),
    pytest.param(("x = (", "x", "1"), "3", "x@c2", 1, id="text that does not parse"),
    pytest.param(("a = b", "b = a", "1"), "3", "a@c2", 1, id="a circle has one cause"),
]  # fmt: skip


@pytest.mark.parametrize(("sources", "story", "expected", "dependents"), CASES)
def test_symptoms(sources: tuple[str, ...], story: str, expected: str, dependents: int) -> None:
    verdict = play(sources, story).verdict()
    symptoms = Symptoms(verdict, stale_plan(verdict).left)
    found = [
        f"{need.name}@{cell.id}"
        for cell in verdict.cells
        for need in bad_needs(cell)
        if symptoms.is_symptom(need, cell)
    ]
    assert " ".join(found) == expected
    assert symptoms.dependents_of(["c1"]) == dependents
