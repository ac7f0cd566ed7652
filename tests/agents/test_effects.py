"""What is an agent told about a change before it makes it?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.agents.conftest import Notebook

CELLS = ("a = 1", "b = a + 1", "print(b)", "c = 3")
LATER = ". After the colons, sentences number the cells as they would be then"


@pytest.fixture(scope="module")
def notebook(open_notebook: Callable[..., Notebook]) -> Notebook:
    opened = open_notebook(*CELLS)
    assert opened.run(1, 2, 3, 4) == ["ok"] * 4
    return opened


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (
            {"cell": 1, "change": "edit", "source": "a = 2"},
            {
                "change": "cell 1 (c1) edited",
                "cells": [
                    "cell 1 (c1) fresh → stale: This cell was edited after it ran.",
                    "cell 2 (c2) fresh → stale: In order, cell 1 may give `a` another value.",
                    "cell 3 (c3) fresh → stale: In order, cell 2 may give `b` another value.",
                ],
                "names_lost_at_restart": [],
            },
        ),
        (
            {"cell": "c1", "change": "delete"},
            {
                "change": f"cell 1 (c1) deleted{LATER}",
                "cells": [
                    "cell 2 (c2) fresh → at risk: `a` was defined by a deleted cell; "
                    "a restart will lose it.",
                    "cell 3 (c3) fresh → stale: In order, cell 1 may give `b` another value.",
                ],
                "names_lost_at_restart": ["a"],
            },
        ),
        (
            {"cell": "c2", "change": "move", "position": 1},
            {
                "change": f"cell 2 (c2) moved to number 1{LATER}",
                "cells": [
                    "cell 2 (c2) fresh → stale: Used `a` from cell 2, further down.",
                    "cell 3 (c3) fresh → stale: In order, cell 1 may give `b` another value.",
                ],
                "names_lost_at_restart": [],
            },
        ),
        (
            {"cell": "c4", "change": "move", "position": 1},
            {
                "change": f"cell 4 (c4) moved to number 1{LATER}",
                "cells": [],
                "names_lost_at_restart": [],
            },
        ),
    ],
    ids=["edit", "delete", "move", "move_that_changes_nothing"],
)
def test_changes(notebook: Notebook, arguments: dict[str, Any], expected: dict[str, Any]) -> None:
    before = notebook.ask("notebook_state")
    assert notebook.ask("effect_of", **arguments) == expected
    assert notebook.ask("notebook_state") == before


def test_a_new_need_of_an_edited_cell(notebook: Notebook) -> None:
    source = "import no_such_module_anywhere\nabsent"
    answer = notebook.ask("effect_of", cell=4, change="edit", source=source)
    assert [line.partition(":")[0] for line in answer["cells"]] == ["cell 4 (c4) fresh → blocked"]


@pytest.mark.parametrize(
    ("arguments", "refusal"),
    [
        ({"change": "edit"}, "needs source"),
        ({"change": "move"}, "needs position, a number from 1 to 4"),
        ({"change": "move", "position": 5}, "needs position, a number from 1 to 4"),
    ],
)
def test_incomplete_questions(notebook: Notebook, arguments: dict[str, Any], refusal: str) -> None:
    assert refusal in notebook.refusal("effect_of", cell=1, **arguments)
