"""Which constants of other cells decide the branches of a cell?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.graph.builder import updated_graph
from jupyter_namespace_viz.core.graph.enrichment.constants import skipping_definer
from tests.core.tools.notebooks import cells, notebook, words

OFF, ON = "TRAIN = False", "TRAIN = True"
USE = "if TRAIN: print(model)"

CASES: dict[str, tuple[tuple[str, ...], str, str]] = {
    # the cells; what the last one defines, what it needs
    "off": ((OFF, "if TRAIN: model = 1"), "", "TRAIN"),
    "on": ((ON, "if TRAIN: model = 1"), "model", "TRAIN"),
    "what is read where it is off": ((OFF, USE), "", "TRAIN"),
    "what is read where it is on": ((ON, USE), "", "TRAIN model"),
    "not": ((OFF, "if not TRAIN: a\nelse: b"), "", "TRAIN a"),
    "compared": (("MODE = 'test'", "if MODE == 'train': a\nelif MODE == 'test': b"), "", "MODE b"),
    "compared with None": (("data = None", "if data is not None: n = len(data)"), "", "data"),
    "of two": ((OFF, "N = 3", "if TRAIN and N > 2: a\nif TRAIN or N > 2: b"), "", "N TRAIN b"),
    "an expression": ((OFF, "x = a if TRAIN else b"), "x", "TRAIN b"),
    "a loop": ((OFF, "while TRAIN: a = 1"), "", "TRAIN"),
    "a match": (("MODE = 'a'", "match MODE:\n    case 'b': x\n    case 'a': y"), "", "MODE y"),
    "an assertion": ((ON, "assert TRAIN, message"), "", "TRAIN"),
    "in another branch": ((OFF, "for i in x:\n    if TRAIN: a"), "i", "TRAIN x"),
    "after a call": ((OFF, "f()\nif TRAIN: a"), "", "TRAIN f"),
    "in a function": ((OFF, "def f():\n    if TRAIN: a\nf()"), "f", "TRAIN a?"),
    "below": ((USE, OFF, USE + "\n"), "", "TRAIN"),
    "bound below": ((USE, OFF), "TRAIN", ""),
    "bound by two cells": ((OFF, ON, USE), "", "TRAIN model?"),
    "bound again by itself": ((OFF, "TRAIN = f()\nif TRAIN: a"), "TRAIN", "a? f"),
    "in a branch": (("if f(): TRAIN = False", USE), "", "TRAIN model?"),
    "not a literal": (("TRAIN = f()", USE), "", "TRAIN model?"),
    "by a function": (
        (OFF, "def f():\n    global TRAIN\n    TRAIN = True", USE),
        "",
        "TRAIN model?",
    ),
    "deleted": ((OFF, "del TRAIN", USE), "", "TRAIN model?"),
    "behind a star import": ((OFF, "from config import *", USE), "", "TRAIN model?"),
    "behind a star import of its own": ((OFF, "from m import *\nif TRAIN: a"), "", "TRAIN a?"),
    "behind what may bind anything": ((OFF, "exec(text)", USE), "", "TRAIN model?"),
    "behind a reset": ((OFF, "%reset -f", USE), "", "TRAIN model?"),
}


@pytest.mark.parametrize("case", CASES)
def test_what_a_cell_binds_and_needs(case: str) -> None:
    sources, defines, needs = CASES[case]
    names = notebook(*sources).names_at(len(sources) - 1)
    assert words(it.name for it in names.definitions) == defines
    uses = [it for it in names.uses if not it.guarded and it.name not in ("print", "len")]
    assert words(it.name + "?" * (not it.certain) for it in uses) == needs


def test_a_value_that_the_kernel_may_hold_otherwise() -> None:
    graph = notebook(OFF, USE)
    given = list(graph.cells)
    assert [it.name for it in graph.names_at(1).uses] == ["TRAIN"]
    assert updated_graph(graph, given, is_held_otherwise=lambda _: False) is graph
    held = updated_graph(graph, given, is_held_otherwise={"TRAIN"}.__contains__)
    assert [it.name for it in held.names_at(1).uses] == ["TRAIN", "model", "print"]
    assert updated_graph(held, given, is_held_otherwise={"TRAIN", "x"}.__contains__) is held
    assert updated_graph(held, given).names == graph.names


def test_an_edit_of_the_constant() -> None:
    graph = updated_graph(notebook(OFF, USE), cells(ON, USE))
    assert [it.name for it in graph.names_at(1).uses] == ["TRAIN", "model", "print"]


def test_the_cell_that_would_bind_a_name() -> None:
    graph = notebook(OFF, "if TRAIN: model = 1", "model, other")
    assert skipping_definer(graph, "model") == 1
    assert skipping_definer(graph, "other") is None
