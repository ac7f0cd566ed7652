"""Who ran some code, in words?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.kernel_state.cell_runs import Origin
from jupyter_namespace_viz.core.verdicts.explanations import subject_of


@pytest.mark.parametrize(
    ("origin", "subject"),
    [
        (Origin("cell", 2), "cell 3"),
        (Origin("deleted_cell"), "a cell that is gone"),
        (Origin("restored_import"), "a restored import"),
        (Origin("other_notebook"), "another notebook"),
        (Origin("console"), "a console or another program"),
        (Origin("outside"), "code from outside the notebook"),
        (Origin("unseen"), "code that was not seen"),
    ],
)
def test_who_ran_some_code(origin: Origin, subject: str) -> None:
    assert subject_of(origin) == subject
