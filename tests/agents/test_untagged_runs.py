"""What is an agent told of runs that carry no cell ids, while no panel shows the notebook?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.agents.conftest import Notebook

OpenNotebook = Callable[..., Notebook]


def run(notebook: Notebook, *sources: str) -> list[str]:
    """Run these texts as a script does; returns how that ended."""
    return [notebook.server.run(notebook.kernel_id, source) for source in sources]


def statuses(notebook: Notebook) -> dict[str, Any]:
    """By their ids, the statuses of the cells."""
    numbers = range(1, len(notebook.sources) + 1)
    answers = [notebook.ask("before_run", cell=number) for number in numbers]
    return {it["cell"].partition("(")[2].rstrip(")"): it["status"] for it in answers}


def test_a_cell_that_is_edited_after_it_ran(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook("a = 1", "b = a", "b")
    assert run(notebook, *notebook.sources) == ["ok", "ok", "ok"]
    assert set(statuses(notebook).values()) == {"fresh"}
    notebook.save("a = 1", "b = a + 1", "b")
    assert statuses(notebook) == {"c1": "fresh", "c2": "stale", "c3": "stale"}
    assert notebook.ask("before_run", cell=2)["why"] == ["This cell was edited after it ran."]
    assert run(notebook, "b = a + 1", "b") == ["ok", "ok"]
    assert set(statuses(notebook).values()) == {"fresh"}


def test_a_cell_that_is_edited_before_the_next_question(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook("a = 1", "a")
    assert run(notebook, *notebook.sources) == ["ok", "ok"]
    notebook.save("a = 2", "a")
    assert statuses(notebook) == {"c1": "stale", "c2": "stale"}


def test_a_cell_that_is_edited_and_run_before_the_next_question(
    open_notebook: OpenNotebook,
) -> None:
    notebook = open_notebook("a = 1", "a")
    notebook.save("a = 2", "a")
    assert run(notebook, *notebook.sources) == ["ok", "ok"]
    assert statuses(notebook) == {"c1": "fresh", "c2": "fresh"}


def test_a_cell_that_is_deleted_after_it_ran(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook("a = 1", "b = 2")
    assert run(notebook, *notebook.sources) == ["ok", "ok"]
    notebook.save("a = 1")
    facts = notebook.ask("why", name="b")
    assert facts["message"] == "`b` was defined by a deleted cell; a restart will lose it."
    assert facts["held"] == "instance: int, bound by a deleted cell"


def test_two_cells_with_a_text_that_raised(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook("1 / 0", "1 / 0")
    assert run(notebook, "1 / 0") == ["error"]
    answer = notebook.ask("before_run", cell=1)
    assert (answer["would_raise"], answer["status"]) == ("maybe", "ready")
    assert answer["why"] == [
        "One of cells 1 and 2, which have the same text, ran as [1] and raised "
        "`ZeroDivisionError`; which one is not known."
    ]


def test_two_cells_with_the_same_text(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook("a = [1]", "b = list(a)", "a = [1]", "gone", "c = gone", "c = gone")
    assert run(notebook, "a = [1]", "c = gone") == ["ok", "error"]
    state = notebook.ask("notebook_state")
    assert state["attention"][-1] == (
        "cell 1 (c1), cell 3 (c3) ready: One of cells 1 and 3, which have the same text, ran as "
        "[1]; which one is not known."
    )
    assert notebook.ask("why", name="c")["message"] == (
        "`c` is missing: one of cells 5 and 6 raised `NameError` before defining it; which one is "
        "not known."
    )
