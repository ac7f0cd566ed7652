"""Is a name that waits for its import called the same wherever it is listed?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.verdicts.import_table import import_rows
from jupyter_namespace_viz.core.verdicts.name_table import name_table
from tests.core.tools.played_stories import play


@pytest.mark.parametrize(
    ("story", "waits"),
    [
        ("", True),  # nothing has run
        ("1", False),
        ("1\nconsole: del math", False),
        ("2", False),  # a cell below it has failed for it
        ("queue 1 2", True),
        ("1\nrestart", True),
        ("1 2\nrestart\n3", False),
    ],
)
def test_a_name_waits_in_the_imports_as_in_the_names(story: str, waits: bool) -> None:
    verdict = play(("import math", "math.pi", "x = 1"), story).verdict()
    (row,) = import_rows(verdict)
    (name,) = (it for it in name_table(verdict).rows if it.name == "math")
    assert (row.waiting, name.waiting) == (waits, waits)
