"""Does nothing fail where nothing is known, and does nothing change where no cell changes it?"""

from __future__ import annotations

from jupyter_namespace_viz.core.imports.failing_imports import (
    UNCHANGED,
    SearchState,
    nothing_fails,
)


def test_nothing_is_known() -> None:
    assert nothing_fails("absent", "name", UNCHANGED) is None


def test_the_state_before_any_cell() -> None:
    assert SearchState() == UNCHANGED
    assert not UNCHANGED.is_open
