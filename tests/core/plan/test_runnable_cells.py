"""Which cells would raise, whatever runs before them?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.plan.runnable_cells import cells_that_raise
from tests.core.tools.played_stories import play

CASES = [
    pytest.param(("a = 1", "a"), "", id="all can run"),
    pytest.param(("a = gone", "b = a", "b", "c = 1"), "c1 c2 c3", id="a name that no cell defines"),
    pytest.param(("if a: b", "b"), "c1 c2", id="even in a condition"),
    pytest.param(("if 1 > 2: gone",), "", id="not what may not be read"),
    pytest.param(("a = (", "a", "%%bash", ""), "c1 c2 c3 c4", id="what is no Python"),
    pytest.param(("a = a",), "c1", id="what only the cell itself defines"),
    pytest.param(("a = b", "b = a", "b"), "c1 c2 c3", id="a circle"),
]


@pytest.mark.parametrize(("sources", "expected"), CASES)
def test_cells_that_raise(sources: tuple[str, ...], expected: str) -> None:
    assert " ".join(sorted(cells_that_raise(play(sources, "").verdict()))) == expected
