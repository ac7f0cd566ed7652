"""What is known at this point of the path that the code takes?"""

from __future__ import annotations

from jupyter_namespace_viz.core.analysis.path_state import MAX_CONSTANTS, PathState
from jupyter_namespace_viz.core.analysis.scopes import CellScope


def test_code_in_a_branch_is_certain_only_within_it() -> None:
    state = PathState(CellScope())
    with state.branch() as done:
        assert (state.certain, state.certain_in_branch, done) == (False, True, {})
        state.certain = False
        assert not state.certain_in_branch
    assert state.certain
    assert state.certain_in_branch


def test_the_number_of_constants_that_are_known_is_bounded() -> None:
    state = PathState(CellScope())
    for number in range(MAX_CONSTANTS + 5):
        state.remember_constant([f"a{number}"], number)
    assert len(state.constants) == MAX_CONSTANTS
