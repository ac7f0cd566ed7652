"""Which run bound a name to what it is?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.kernel_state.namespace import EMPTY_NAMESPACE, Change, Namespace
from tests.core.tools.notebooks import run, value

CHANGES: dict[str, tuple[Change, list[int]]] = {
    # a change, and which of the runs 1 to 5 left the name as it was then
    "bound by a run": (Change(3, "c1"), [3]),
    "mutated by a run": (Change(3, "c1", "mutated"), [3]),
    "bound outside after a run": (Change(3, None, "outside"), []),
    "bound to the same object again": (Change(2, "c1", again=(4, 5)), [2, 4, 5]),
}


@pytest.mark.parametrize("case", CHANGES)
def test_the_runs_of_a_change(case: str) -> None:
    change, serials = CHANGES[case]
    assert [n for n in range(1, 6) if change.is_of(run(n, "c1", "x = 1"))] == serials


def test_the_text_of_the_cell_that_bound_a_name() -> None:
    assert value("x").cell_text is None
    assert value("x", bound_by=run(1, None, "x = 1")).cell_text is None
    assert value("x", bound_by=run(1, "c1", "x = 1")).cell_text == "x = 1"


def test_an_empty_namespace_holds_nothing_and_belongs_to_no_generation() -> None:
    assert Namespace(generation=0) == EMPTY_NAMESPACE
    assert not EMPTY_NAMESPACE.names
    assert not EMPTY_NAMESPACE.runs
    assert EMPTY_NAMESPACE.builtins is None
