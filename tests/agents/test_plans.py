"""Which plans does an agent get?"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.agents.conftest import Notebook

CELLS = ("import colorsys as cs", "r = cs.one", "print(r)", "absent")


@pytest.fixture(scope="module")
def notebook(open_notebook: Callable[..., Notebook]) -> Notebook:
    return open_notebook(*CELLS)


@pytest.mark.parametrize(
    ("arguments", "steps"),
    [
        ({"cell": 3}, [1, 2, 3]),
        ({"cell": 3, "mode": "cells"}, [1, 2]),
        ({"mode": "imports"}, [1]),
        ({"cell": "c1", "mode": "dependents"}, [1, 2, 3]),
        ({"mode": "stale"}, []),
    ],
)
def test_modes(notebook: Notebook, arguments: dict[str, object], steps: list[int]) -> None:
    answer = notebook.ask("plan", **arguments)
    assert [step["number"] for step in answer["steps"]] == steps
    assert (answer["more_steps"], answer["not_mended"]) == (0, [])


def test_what_is_not_mended(notebook: Notebook) -> None:
    answer = notebook.ask("plan", cell=4)
    assert answer["not_mended"] == ["`absent` is missing: no cell defines it."]


def test_dependents_of_nothing(notebook: Notebook) -> None:
    assert "needs a cell" in notebook.refusal("plan", mode="dependents")


def test_a_long_plan_is_given_in_parts(open_notebook: Callable[..., Notebook]) -> None:
    notebook = open_notebook("x0 = 1", *(f"x{it} = x{it - 1}" for it in range(1, 40)))
    answer = notebook.ask("plan", cell=40)
    done = [step["number"] for step in answer["steps"]]
    assert 10 < len(done) < 40
    assert answer["more_steps"] == 40 - len(done)
    notebook.run(*done)
    answer = notebook.ask("plan", cell=40)
    assert answer["steps"][0]["number"] == len(done) + 1
