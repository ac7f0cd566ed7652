"""Which cells give a name its value, when the notebook runs in order?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.graph.reaching_definitions import ReachingDefinitions
from tests.core.tools.notebooks import notebook

CELLS: dict[str, tuple[tuple[str, ...], list[int]]] = {
    # the cells; the indexes of those that make `x` what the last cell reads, nearest first
    "none": (("y = 1", "x"), []),
    "one cell": (("x = 1", "x"), [0]),
    "the last of several": (("x = 1", "x = 2", "x"), [1]),
    "a cell that may bind it, and the one before": (("x = 1", "if y: x = 2", "x"), [1, 0]),
    "a change in place": (("x = []", "x.append(1)", "x"), [1, 0]),
    "an augmented assignment": (("x = 1", "x += 1", "x"), [1]),
    "a part that is assigned": (("x = {}", "x['y'] = 1", "x"), [1, 0]),
    "a call that hands it on": (("def f(a): a.append(1)", "x = []", "f(x)", "x"), [2, 1]),
    "a cell below": (("x", "x = 1", "y"), [1]),
    "text that does not parse": (("x = 1", "x = = 2", "x"), [1, 0]),
    "a reset between": (("x = 1", "%reset -f", "x"), []),
    "a reset before": (("%reset -f", "x = 1", "x"), [1]),
    "another name": (("x = 1", "y = 2", "x"), [0]),
}


@pytest.mark.parametrize("case", CELLS)
def test_the_definitions_of_a_name(case: str) -> None:
    sources, expected = CELLS[case]
    definitions = ReachingDefinitions(notebook(*sources))
    assert list(definitions.of("x", len(sources) - 1)) == expected


def test_all_cells_above_that_have_to_do_with_a_name() -> None:
    definitions = ReachingDefinitions(notebook("x = 1", "x = 2", "x.append(1)", "x = 3", "y"))
    assert list(definitions.all_before("x", 4)) == [3, 2, 1, 0]
    assert list(definitions.all_before("x", 2)) == [1, 0]
    assert list(definitions.all_before("x", 0)) == []
    assert list(definitions.all_before("y", 4)) == []


def test_a_cell_that_certainly_binds_a_name() -> None:
    definitions = ReachingDefinitions(notebook("x = 1", "if y: x = 1", "x.append(1)", "x += 1"))
    assert [definitions.certainly_binds("x", index) for index in range(4)] == [
        True,
        False,
        False,
        True,
    ]


def test_a_cell_that_deletes_a_name_between_two_others() -> None:
    definitions = ReachingDefinitions(notebook("x = 1", "del x", "x", "del x"))
    assert definitions.deleted_between("x", 0, 2) == 1
    assert definitions.deleted_between("x", 1, 3) is None
    assert definitions.deleted_between("x", 0, 1) is None
    assert definitions.deleted_between("y", 0, 3) is None
