"""How are cells found and written, and how does a list stay short?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.agents.errors import Unanswerable
from jupyter_namespace_viz.agents.wording.lines import (
    Line,
    cell_index,
    numbers,
    texts_within_limit,
    within_limit,
)
from tests.core.tools.notebooks import notebook

GRAPH = notebook("a", "b", "c", "d")


@pytest.mark.parametrize("cell", ["c3", 3, "3", "cell 3", " 3 "])
def test_a_cell_that_is_there(cell: str | int) -> None:
    assert cell_index(GRAPH, cell) == 2


@pytest.mark.parametrize("cell", ["c9", 0, 5, "-1", "", "1.0"])
def test_no_such_cell(cell: str | int) -> None:
    with pytest.raises(Unanswerable, match="its number from 1 to 4"):
        cell_index(GRAPH, cell)


def test_no_cells() -> None:
    with pytest.raises(Unanswerable, match="has no code cells"):
        cell_index(notebook(), 1)


@pytest.mark.parametrize(
    ("indexes", "expected"),
    [((0,), "cell 1"), ((2, 0, 1), "cells 1–3"), ((0, 2, 3, 6), "cells 1, 3–4, 7")],
)
def test_numbers(indexes: tuple[int, ...], expected: str) -> None:
    assert numbers(indexes) == expected


def test_lines_with_the_same_text() -> None:
    lines = [Line(it, "stale", text) for it, text in enumerate(("x", "y", "x"))]
    assert within_limit(GRAPH, lines) == ["cell 1 (c1), cell 3 (c3) x", "cell 2 (c2) y"]
    lines = [Line(it, "stale", "x") for it in range(4)]
    assert within_limit(GRAPH, lines) == ["cells 1–4 x"]


def test_lines_that_are_too_long() -> None:
    lines = [Line(it, "stale", text) for it, text in enumerate(("x", "long", "long, too"))]
    assert within_limit(GRAPH, lines, most=14) == ["cell 1 (c1) x", "cells 2–3 stale"]


def test_texts_that_are_too_long() -> None:
    assert texts_within_limit(["ab", "cd", "ef"], most=4) == ["ab", "cd", "And 1 more."]
    assert texts_within_limit(["ab"], most=4) == ["ab"]
