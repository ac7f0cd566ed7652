"""Is a walk the same every time, and does it have all kinds of steps?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.walks.notebooks import Notebook, is_held_back, read_notebook
from benchmarks.walks.steps import (
    DeleteCell,
    EditCell,
    Restart,
    RunCell,
    RunConsole,
    RunRemedy,
    bound_names,
    walk_through,
)

NOTEBOOK = Notebook(
    "tiny",
    {
        "c1": "import math as m\nimport os",
        "c2": "def area(r):\n    return m.pi * r ** 2",
        "c3": "radius = 2\nother = 3",
        "c4": "area(radius)",
        "c5": "total = area(radius) + area(other)",
        "c6": "print(total)",
    },
    left_out=0,
)


def test_a_walk_is_the_same_every_time() -> None:
    assert list(walk_through(NOTEBOOK, 7, 60)) == list(walk_through(NOTEBOOK, 7, 60))
    assert list(walk_through(NOTEBOOK, 7, 60)) != list(walk_through(NOTEBOOK, 8, 60))


def test_a_shorter_walk_is_the_beginning_of_a_longer_one() -> None:
    assert list(walk_through(NOTEBOOK, 7, 20)) == list(walk_through(NOTEBOOK, 7, 60))[:20]


def test_walks_take_every_kind_of_step() -> None:
    steps = [step for seed in range(20) for step in walk_through(NOTEBOOK, seed, 40)]
    runs = [step for step in steps if isinstance(step, RunCell)]
    consoles = {step.code.partition(" ")[0] for step in steps if isinstance(step, RunConsole)}
    kinds = {RunCell, EditCell, DeleteCell, RunConsole, RunRemedy, Restart}
    assert {type(step) for step in steps} == kinds
    assert {"del", "m", "radius"} <= consoles
    assert {step.plan_first for step in runs} == {True, False}


def test_only_cells_that_are_there_are_run() -> None:
    for seed in range(20):
        there = set(NOTEBOOK.cells)
        for step in walk_through(NOTEBOOK, seed, 40):
            if isinstance(step, (RunCell, EditCell)):
                assert step.cell in there
            elif isinstance(step, DeleteCell):
                there.remove(step.cell)


def test_edits_build_on_each_other() -> None:
    edits = [step for step in walk_through(NOTEBOOK, 3, 400) if isinstance(step, EditCell)]
    texts = dict(NOTEBOOK.cells)
    for edit in edits:
        before, after = texts[edit.cell].split("\n"), edit.source.split("\n")
        assert len(after) in {len(before), len(before) - 1}
        texts[edit.cell] = edit.source
    assert any(" is called " in edit.what for edit in edits)
    assert any(edit.what.startswith("without ") for edit in edits)


@pytest.mark.parametrize(
    ("source", "names", "imported"),
    [
        ("a = b = 1", ["a", "b"], []),
        ("import a.b, c as d\nfrom e import f, g as h", ["a", "d", "f", "h"], ["a", "d", "f", "h"]),
        ("from m import *", [], []),
        ("def f():\n    x = 1", ["f"], []),
        ("for i in a:\n    b = i", ["i", "b"], []),
        ("[x for x in a]", [], []),
        ("%time\na = 1", ["a"], []),
        ("a =", [], []),
    ],
)
def test_bound_names(source: str, names: list[str], imported: list[str]) -> None:
    assert bound_names(source) == (names, imported)


@pytest.mark.parametrize(
    "source",
    [
        "!rm -rf x",
        "files = !ls",
        "%%bash\nls",
        "import os\nos.remove('x')",
        "urlopen(it)",
        "pd.read_csv('https://example.org/x.csv')",
        "%pip install x",
        "name = input('?')",
    ],
)
def test_cells_that_reach_out_are_left_out(source: str, tmp_path: Path) -> None:
    kept = "# see https://example.org\nimport os, urllib.request"
    cells = [{"cell_type": "code", "source": it} for it in (source, kept, " \n")]
    path = tmp_path / "some.ipynb"
    path.write_text(json.dumps({"cells": cells}), encoding="utf-8")
    assert read_notebook(path) == Notebook("some", {"c1": kept}, left_out=1)


def test_a_part_is_held_back_by_name() -> None:
    held_back = [name for name in map(str, range(400)) if is_held_back(name)]
    assert 60 < len(held_back) < 140
    assert held_back[:3] == ["2", "8", "19"]
