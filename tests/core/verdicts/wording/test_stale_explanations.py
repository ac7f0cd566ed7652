"""Does every reason why a cell is stale have its sentence?"""

from __future__ import annotations

from typing import get_args

import pytest

from jupyter_namespace_viz.core.kernel_state.cell_runs import RunOrigin
from jupyter_namespace_viz.core.kernel_state.namespace import Change
from jupyter_namespace_viz.core.verdicts.verdict_types import StaleCell
from jupyter_namespace_viz.core.verdicts.wording.stale_explanations import (
    from_one_of_cells,
    perhaps_ran,
    stale_cell,
)
from jupyter_namespace_viz.core.vocabulary import StaleReason

CONSOLE = Change(2, None)
CELL_SENTENCES: list[tuple[StaleCell, str]] = [
    (StaleCell("edited"), "This cell was edited after it ran."),
    (StaleCell("ran_again", "x", 1), "Cell 2 redefined `x` after this cell ran."),
    (StaleCell("mutated", "x", 1), "Cell 2 may have changed `x` after this cell ran."),
    (StaleCell("not_run", "x", 1), "In order, `x` comes from cell 2, which has not run."),
    (StaleCell("failed", "x", 1),
     "In order, `x` comes from cell 2, which failed when it last ran."),
    (StaleCell("other_value", "x", 1, CONSOLE),
     "Used `x` from a console or another program; in order it comes from cell 2."),
    (StaleCell("deleted", "x", 1), "Cell 2, further up, deletes `x`, which this cell used."),
    (StaleCell("later_cell", "x", 4), "Used `x` from cell 5, further down."),
    (StaleCell("cell_deleted", "x"),
     "Used `x` from a deleted cell; no cell above defines it any more."),
    (StaleCell("no_cell", "x"), "Used `x`, which no cell above defines."),
    (StaleCell("input", "x", 1), "In order, cell 2 may give `x` another value."),
    (StaleCell("other_draws", "NumPy's random numbers"),
     "Used NumPy's random numbers; in order they may be different."),
    (StaleCell("one_of_cells", "x", 1),
     "In order, `x` comes from cell 2. Whether that cell has run is not known: another one has "
     "the same text."),
]  # fmt: skip


@pytest.mark.parametrize(("stale", "expected"), CELL_SENTENCES)
def test_every_stale_cell_has_a_sentence(stale: StaleCell, expected: str) -> None:
    reader = None if stale.read is None else RunOrigin("console")
    assert stale_cell(stale, reader, index=3) == expected


def test_no_reason_is_without_a_sentence() -> None:
    assert {stale.reason for stale, _ in CELL_SENTENCES} == set(get_args(StaleReason))


@pytest.mark.parametrize(
    ("indexes", "error", "expected"),
    [
        (
            (0, 2),
            None,
            "One of cells 1 and 3, which have the same text, ran as [4]; which one is not known.",
        ),
        (
            (0,),
            None,
            "This cell or another one with the same text ran as [4]; which one is not known.",
        ),
        (
            (0, 2),
            "KeyError",
            "One of cells 1 and 3, which have the same text, ran as [4] and raised `KeyError`; "
            "which one is not known.",
        ),
        (
            (0,),
            "KeyError",
            "This cell or another one with the same text ran as [4] and raised `KeyError`; which "
            "one is not known.",
        ),
    ],
)
def test_what_perhaps_ran(indexes: tuple[int, ...], error: str | None, expected: str) -> None:
    assert perhaps_ran(RunOrigin("one_of_cells", indexes=indexes), 4, error) == expected


def test_a_name_of_one_of_several_cells() -> None:
    expected = "`x` comes from one of cells 1 and 3; which one ran is not known."
    assert from_one_of_cells("x", None, "one of cells 1 and 3") == expected
