"""Which cells does the state of a notebook name, and which does it fold into one line?"""

from __future__ import annotations

from collections.abc import Callable

from tests.agents.conftest import Notebook
from tests.agents.mcp_client import Agent
from tests.cli.live.conftest import write
from tests.running_server import RunningServer

CELLS = (
    "import colorsys as cs",
    "r = 1",
    "cs.rgb_to_hsv(r, 0, 0)",
    "cs.rgb_to_hsv(mode, 0, 0)",
    "1 / 0",
    "r + 1",
)


def test_a_new_kernel(open_notebook: Callable[..., Notebook]) -> None:
    assert open_notebook(*CELLS).ask("notebook_state") == {
        "summary": "Nothing has run in this kernel yet: 1 cell would raise an error, 2 cells wait "
        "for the cells above.",
        "attention": ["cell 4 (c4) blocked: `mode` is missing: no cell defines it. (and 1 more)"],
        "others": [
            "Cells 3, 6: not run yet, would raise now, but not once the cells above have run",
            "Cells 1–2, 5: not run yet, would run",
        ],
    }


def test_after_some_runs(open_notebook: Callable[..., Notebook]) -> None:
    notebook = open_notebook(*CELLS)
    assert notebook.run(1, 2, 3, 5, 6, 2) == ["ok", "ok", "ok", "error", "ok", "ok"]
    notebook.save(CELLS[0], "r = 2", *CELLS[2:])
    assert notebook.ask("notebook_state") == {
        "summary": "1 cell failed, 1 cell would raise an error, 3 cells stale.",
        "attention": [
            "cell 5 (c5) failed: Raised `ZeroDivisionError` when it last ran. "
            "Neither the cell nor a name that could have caused this has changed since.",
            "cell 4 (c4) blocked: `mode` is missing: no cell defines it.",
            "cell 2 (c2) stale: This cell was edited after it ran.",
            "cell 3 (c3), cell 6 (c6) stale: In order, cell 2 may give `r` another value.",
        ],
        "others": ["Cell 1: ran, and would give the same again"],
    }


def test_no_kernel(open_notebook: Callable[..., Notebook]) -> None:
    notebook = open_notebook("a = 1", "a")
    notebook.server.shut_down(notebook.kernel_id)
    answer = notebook.agent.ask("namespace_notebook_state", path=notebook.path)
    assert answer["basis"].endswith("Kernel: none runs this notebook.")
    assert answer["summary"] == "No kernel is running: 1 cell waits for the cells above."
    notebook.kernel_id = notebook.server.open(notebook.path)
    assert notebook.run(1) == ["ok"]
    assert notebook.ask("notebook_state")["others"] == [
        "Cell 2: not run yet, would run",
        "Cell 1: ran, and would give the same again",
    ]


def test_no_kernel_and_no_needs(open_notebook: Callable[..., Notebook]) -> None:
    notebook = open_notebook("a = 1")
    notebook.server.shut_down(notebook.kernel_id)
    assert notebook.ask("notebook_state")["summary"] == "No kernel is running."


def test_no_code_cells(open_notebook: Callable[..., Notebook]) -> None:
    notebook = open_notebook()
    assert notebook.ask("notebook_state")["summary"] == "No code cells."
    assert "The notebook has no code cells." in notebook.refusal("before_run", cell=1)


def test_a_kernel_that_is_busy_at_the_first_question(server: RunningServer, agent: Agent) -> None:
    path = "busy-at-first.ipynb"
    write(server.root / path, "a = 1", "import time\ntime.sleep(600)")
    kernel_id = server.open(path)
    assert server.run(kernel_id, "a = 1", "c1") == "ok"
    with server.running(kernel_id, "import time\ntime.sleep(600)", "c2"):
        answer = agent.ask("namespace_notebook_state", path=path)
        assert answer["others"][0].endswith("would run; earlier runs are not known")
    server.shut_down(kernel_id)


def test_while_a_cell_runs(open_notebook: Callable[..., Notebook]) -> None:
    notebook = open_notebook("a = 1", "import time\ntime.sleep(600)\nb = 2", "a + b")
    assert notebook.run(1) == ["ok"]
    with notebook.server.running(notebook.kernel_id, notebook.sources[1], "c2"):
        answer = notebook.ask("notebook_state")
        assert answer["attention"] == ["cell 2 (c2) running"]
        answer = notebook.ask("before_run", cell=3)
        assert answer["would_raise"] == "no"
        assert answer["why"] == ["`b` will be there when cell 2 finishes."]
