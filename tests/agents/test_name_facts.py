"""What is an agent told about one name?"""

from __future__ import annotations

from collections.abc import Callable

from tests.agents.conftest import Notebook

CELLS = ("import colorsys as cs", "r = 'a secret value'", "cs, r", "r = 2", "cs.one, absent")


def test_names(open_notebook: Callable[..., Notebook]) -> None:
    notebook = open_notebook(*CELLS)
    assert notebook.run(1, 2) == ["ok", "ok"]
    assert notebook.ask("why", name="cs") == {
        "name": "cs",
        "status": "live",
        "message": None,
        "held": "module colorsys, bound by cell 1",
        "defined_by": ["cell 1 (c1) defines it"],
        "needed_by": ["cell 3 (c3), cell 5 (c5) live"],
    }
    assert notebook.ask("why", name="r") == {
        "name": "r",
        "status": "live",
        "message": None,
        "held": "instance: str, bound by cell 2",
        "defined_by": ["cell 2 (c2), cell 4 (c4) defines it"],
        "needed_by": ["cell 3 (c3) live"],
    }
    assert notebook.ask("why", name="absent.attribute") == {
        "name": "absent",
        "status": "missing",
        "message": "`absent` is missing: no cell defines it.",
        "held": None,
        "defined_by": [],
        "needed_by": ["cell 5 (c5) missing: `absent` is missing: no cell defines it."],
    }
    assert "No cell defines or needs `other`" in notebook.refusal("why", name="other")


def test_a_module_that_is_not_installed(open_notebook: Callable[..., Notebook]) -> None:
    answer = open_notebook("import no_such_module_anywhere as it").ask("why", name="it")
    assert answer["status"] == "missing"


def test_a_name_that_is_built_in(open_notebook: Callable[..., Notebook]) -> None:
    refusal = open_notebook("print(1)").refusal("why", name="print")
    assert "`print` is built in, and no cell defines it." in refusal
