"""How is it explained that a name would be missing when all cells run in order?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.verdicts.wording.missing_explanations import (
    has_to_run,
    would_be_missing,
)
from jupyter_namespace_viz.core.vocabulary import Reason


@pytest.mark.parametrize(
    ("reason", "provider", "expected"),
    [
        ("later_cell", 3,
         "`x` (used by `f`) would be missing: only cell 4, further down, defines it. Move it up."),
        ("deleted", 0,
         "`x` (used by `f`) would be missing: cell 1 deletes it. Define it again or keep it."),
        ("no_provider", None,
         "`x` (used by `f`) would be missing: no cell defines it. Define or import it above."),
        ("no_provider", 0,
         "`x` (used by `f`) would be missing: cell 1 defines it only in a branch that does not "
         "run."),
    ],
)  # fmt: skip
def test_what_would_be_missing(reason: Reason, provider: int | None, expected: str) -> None:
    assert would_be_missing("x", "f", reason, provider) == expected


def test_what_has_to_run_in_any_kernel() -> None:
    assert has_to_run("x", "f", 0) == "`x` (used by `f`) is missing: cell 1 has to run first."
