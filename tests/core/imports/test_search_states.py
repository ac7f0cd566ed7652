"""Is it known where imports look after changes?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.imports.change_types import SearchChange
from jupyter_namespace_viz.core.imports.failing_imports import UNCHANGED, SearchState
from jupyter_namespace_viz.core.imports.search_states import added_folders, after_change

STATES: dict[str, tuple[tuple[SearchChange, ...], SearchState]] = {
    "folders": (
        (
            SearchChange(1, "before", "a"), SearchChange(1, "before", "b"),
            SearchChange(1, "after", "c"), SearchChange(1, "folder", "sub"),
            SearchChange(1, "after", "c"), SearchChange(1, "before", "../d"),
            SearchChange(1, "after", "/abs"),
        ),
        SearchState("sub", ("d", "b", "a"), ("c", "sub/c", "/abs")),
    ),
    "a folder that may be left": (
        (SearchChange(1, "folder", "sub", certain=False),), SearchState(after=("sub",)),
    ),
    "files": (
        (SearchChange(1, "file", "m.py", "a"), SearchChange(1, "file", "n.py", "b", False),
         SearchChange(1, "file", "m.py", "c")),
        SearchState(files=(("n.py", None), ("m.py", "c"))),
    ),
    "an archive": ((SearchChange(1, "file", "m.zip"),), SearchState(is_open=True)),
    "a module": ((SearchChange(1, "module", "m"),), SearchState(modules=frozenset({"m"}))),
    "a module that is blocked": (
        (SearchChange(1, "module", "m"), SearchChange(1, "blocked", "m"),
         SearchChange(1, "blocked", "n"), SearchChange(1, "blocked", "o", None, False)),
        SearchState(modules=frozenset({"m"}), blocked=frozenset({"m", "n"})),
    ),
    "and no more": (
        (SearchChange(1, "blocked", "m"), SearchChange(1, "released", "m"),
         SearchChange(1, "blocked", "n"), SearchChange(1, "module", "n")),
        SearchState(modules=frozenset({"n"})),
    ),
    "anything": ((SearchChange(1, "unknown"),), SearchState(is_open=True)),
}  # fmt: skip


@pytest.mark.parametrize("case", STATES)
def test_where_imports_look_after_changes(case: str) -> None:
    changes, expected = STATES[case]
    state = UNCHANGED
    for change in changes:
        state = after_change(state, change)
    assert state == expected


def test_the_folders_that_cells_add() -> None:
    cells = (
        "import sys\nsys.path.append('a')",
        "%cd b",
        "x = 1",
        "sys.path.insert(0, 'c')",
        "%cd ..",
    )
    assert added_folders(cells) == ("a", "b", "b/c")
    assert added_folders(()) == ()
