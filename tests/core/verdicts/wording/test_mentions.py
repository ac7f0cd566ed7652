"""Are names, cells and those who ran some code called what sentences call them?"""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from jupyter_namespace_viz.core.analysis.random_numbers import RandomNumbers
from jupyter_namespace_viz.core.kernel_state.cell_runs import RunOrigin
from jupyter_namespace_viz.core.verdicts.wording import mentions


@pytest.mark.parametrize(("via", "subject"), [(None, "`x`"), ("f", "`x` (used by `f`)")])
def test_a_name(via: str | None, subject: str) -> None:
    assert mentions.mention("x", via) == subject


@pytest.mark.parametrize(
    ("indexes", "cells"),
    [
        ([0], "cell 1"),
        ([0, 2], "cells 1 and 3"),
        ([0, 2, 3], "cells 1, 3 and 4"),
        ([0, 2, 3, 4], "cells 1, 3, 4 and more"),
    ],
)
def test_cells(indexes: Sequence[int], cells: str) -> None:
    assert mentions.list_of_cells(indexes) == cells


@pytest.mark.parametrize("numbers", RandomNumbers)
def test_random_numbers(numbers: RandomNumbers) -> None:
    assert mentions.random_numbers(numbers) == numbers.value


@pytest.mark.parametrize(
    ("origin", "subject"),
    [
        (RunOrigin("cell", 2), "cell 3"),
        (RunOrigin("one_of_cells", indexes=(0, 2)), "one of cells 1 and 3"),
        (RunOrigin("one_of_cells", indexes=(2,)), "cell 3 or another one with the same text"),
        (RunOrigin("deleted_cell"), "a deleted cell"),
        (RunOrigin("text_cell"), "a cell that is no longer code"),
        (RunOrigin("restored_import"), "a restored import"),
        (RunOrigin("other_notebook"), "another notebook"),
        (RunOrigin("console"), "a console or another program"),
        (RunOrigin("outside"), "code outside the notebook"),
        (RunOrigin("unseen"), "unknown code"),
    ],
)
def test_who_ran_some_code(origin: RunOrigin, subject: str) -> None:
    assert mentions.subject_of(origin) == subject
