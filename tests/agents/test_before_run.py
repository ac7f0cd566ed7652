"""What is an agent told before it runs a cell?"""

from __future__ import annotations

from collections.abc import Callable

from tests.agents.conftest import Notebook

CELLS = (
    "import colorsys as cs",
    "r = 1",
    "cs.rgb_to_hsv(r, 0, 0)",
    "if len(str(r)):\n    mode",
    "def",
    "%%bash\nls",
    "import no_such_module_anywhere",
    "1 / 0",
)


def step(number: int, why: str) -> dict[str, object]:
    return {
        "cell_id": f"c{number}",
        "number": number,
        "code": None,
        "why": why,
        "side_effects": [],
    }


def test_a_cell_that_would_raise(open_notebook: Callable[..., Notebook]) -> None:
    notebook = open_notebook(*CELLS)
    expected = {
        "would_raise": "yes",
        "cell": "cell 3 (c3)",
        "status": "not run yet",
        "why": [
            "`cs` is missing: cell 1 has not run since the kernel started.",
            "`r` is missing: cell 2 has not run since the kernel started.",
        ],
        "run_first": [
            step(1, "Defines `cs`, which cell 3 needs."),
            step(2, "Defines `r`, which cell 3 needs."),
        ],
        "more_steps": 0,
        "not_mended": [],
    }
    assert notebook.ask("before_run", cell="c3") == expected
    assert notebook.ask("before_run", cell=3) == expected
    assert notebook.ask("before_run", cell="3") == expected
    assert notebook.run(1, 2) == ["ok", "ok"]
    fine = {"would_raise": "no", "status": "ready", "why": [], "run_first": []}
    assert notebook.ask("before_run", cell="c3") == {**expected, **fine}
    assert notebook.run(3) == ["ok"]
    assert notebook.ask("before_run", cell="c3") == {**expected, **fine, "status": "fresh"}


def test_every_outcome(open_notebook: Callable[..., Notebook]) -> None:
    notebook = open_notebook(*CELLS)
    assert notebook.run(1, 2, 8) == ["ok", "ok", "error"]
    outcomes = {
        number: notebook.ask("before_run", cell=number)["would_raise"] for number in range(3, 9)
    }
    assert outcomes == {3: "no", 4: "maybe", 5: "yes", 6: "unknown", 7: "yes", 8: "yes"}


def test_what_nothing_mends(open_notebook: Callable[..., Notebook]) -> None:
    answer = open_notebook("nowhere").ask("before_run", cell=1)
    assert answer["would_raise"] == "yes"
    assert answer["not_mended"] == ["`nowhere` is missing: no cell defines it."]


def test_a_cell_that_was_interrupted(open_notebook: Callable[..., Notebook]) -> None:
    notebook = open_notebook("import time\ntime.sleep(600)\na = 1", "a")
    with notebook.server.running(notebook.kernel_id, notebook.sources[0], "c1"):
        pass
    answer = notebook.ask("before_run", cell=1)
    assert (answer["would_raise"], answer["status"]) == ("no", "failed")
    assert answer["why"] == ["Was interrupted when it last ran."]
    answer = notebook.ask("before_run", cell=2)
    assert answer["why"] == ["`a` is missing: cell 1 was interrupted before defining it."]
    assert [it["number"] for it in answer["run_first"]] == [1]
    assert answer["not_mended"] == []


def test_a_stale_name_is_said(open_notebook: Callable[..., Notebook]) -> None:
    notebook = open_notebook("r = 1", "r")
    assert notebook.run(1) == ["ok"]
    notebook.save("r = 2", "r")
    answer = notebook.ask("before_run", cell=2)
    assert answer["would_raise"] == "no"
    assert answer["why"] == ["`r` is stale: cell 1 was edited after defining it."]


def test_no_such_cell(open_notebook: Callable[..., Notebook]) -> None:
    notebook = open_notebook("r = 1")
    for cell in ("c9", 0, 2, "title"):
        assert f"has no code cell {cell!r}" in notebook.refusal("before_run", cell=cell)
