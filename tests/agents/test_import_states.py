"""Which imports is an agent told about?"""

from __future__ import annotations

from collections.abc import Callable

from tests.agents.conftest import Notebook


def test_imports(open_notebook: Callable[..., Notebook]) -> None:
    notebook = open_notebook(
        "import colorsys as cs\nfrom math import *",
        "import json",
        "import no_such_module_anywhere",
        "import sklearn_that_is_not_here as sk",
    )
    assert notebook.run(1) == ["ok"]
    answer = notebook.ask("imports")
    assert answer["available"] == "cs, math"
    assert [line.partition(": ")[0] for line in answer["attention"]] == [
        "cell 2 (c2) missing",
        "cell 3 (c3) not installed",
        "cell 4 (c4) not installed",
    ]
    assert "import json: `json` is missing" in answer["attention"][0]
