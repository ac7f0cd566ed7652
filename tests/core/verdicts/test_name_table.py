"""What is the status of each name of the notebook and the kernel?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from jupyter_namespace_viz.core.kernel_state.namespace import (
    EMPTY_NAMESPACE,
    HeldName,
    Run,
)
from jupyter_namespace_viz.core.kernel_state.notebooks import Neighbours
from jupyter_namespace_viz.core.verdicts.name_table import (
    NameRow,
    NameTable,
    name_table,
    names_lost_by_restart,
)
from tests.core.tools.notebooks import judged, kernel, module, notebook, run, value
from tests.core.tools.played_stories import play


def described(row: NameRow) -> str:
    """One row in one line: name, status, kind, providers > consumers, who bound what it is now."""
    what = "" if row.held is None else f" = {row.held.type} by {row.binder}"
    cells = f"{' '.join(row.providers)} > {' '.join(row.consumers)}"
    status = row.status + " (waiting)" * row.waiting
    return f"{row.name} {status} {row.kind}: {cells}{what} | {row.message or ''}"


FIRST = run(1, "c1", "import numpy as np")
SECOND = run(2, "c2", "x = np.ones(3)")
CONSOLE = run(3, None, "lost = 1")

CASES = {
    "nothing has run": (
        ("import numpy as np", "x = np.ones(3)"),
        kernel(),
        [
            "np missing (waiting) import: c1 > c2 | "
            "`np` is missing: cell 1 has not run since the kernel started.",
            "x missing (waiting) assignment: c2 >  | "
            "`x` is missing: cell 2 has not run since the kernel started.",
        ],
    ),
    "all has run": (
        (FIRST.source, SECOND.source),
        kernel(module("np", "numpy", FIRST), value("x", "ndarray", SECOND), runs=[FIRST, SECOND]),
        [
            "np live import: c1 > c2 = module by cell 1 | ",
            "x live assignment: c2 >  = ndarray by cell 2 | ",
        ],
    ),
    "a cell that was run too early waits no more": (
        ("x = 1", "print(x)"),
        kernel(runs=[Run(1, "c2", 1, "print(x)", False)]),
        [
            "x missing assignment: c1 > c2 | "
            "`x` is missing: cell 1 has not run since the kernel started.",
        ],
    ),
    "a name that waits, in a cell that does not": (
        ("x = 1", "print(x, gone)"),
        kernel(),
        [
            "gone missing None:  > c2 | `gone` is missing: no cell defines it.",
            "x missing (waiting) assignment: c1 > c2 | "
            "`x` is missing: cell 1 has not run since the kernel started.",
        ],
    ),
    "what is below a cell that was interrupted": (
        ("x = 1", "y = x", "print(y)"),
        kernel(
            value("x", bound_by=run(1, "c1", "x = 1")),
            runs=[
                run(1, "c1", "x = 1"),
                replace(run(2, "c2", "y = x", False), error="KeyboardInterrupt"),
            ],
        ),
        [
            "x live assignment: c1 > c2 = int by cell 1 | ",
            "y missing (waiting) assignment: c2 > c3 | "
            "`y` is missing: cell 2 was interrupted before defining it.",
        ],
    ),
    "names that only a call would read": (
        ("x = 1", "def f():\n    return x, y"),
        kernel(),
        [
            "f missing (waiting) function: c2 >  | "
            "`f` is missing: cell 2 has not run since the kernel started.",
            "x missing (waiting) assignment: c1 > c2 | "
            "`x` is missing: cell 1 has not run since the kernel started.",
            "y missing None:  > c2 | `y` is missing: no cell defines it.",
        ],
    ),
    "names that no cell defines": (
        ("print(gone, here)",),
        kernel(value("here", bound_by=run(1, "c9", "here = 1")), value("lost", bound_by=CONSOLE)),
        [
            "gone missing None:  > c1 | `gone` is missing: no cell defines it.",
            "here ghost None:  > c1 = int by a deleted cell | `here` was defined by a deleted "
            "cell; a restart will lose it.",
            "lost ghost None:  >  = int by code outside the notebook | `lost` comes from code "
            "outside the notebook; no cell defines it. A restart will lose it.",
        ],
    ),
    "of several cells, the one that it concerns most": (
        ("def f():\n    return a", "print(a)", "a = 1", "print(a)"),
        kernel(),
        [
            "a missing assignment: c3 > c1 c2 c4 | "
            "`a` is missing: only cell 3, further down, defines it.",
            "f missing (waiting) function: c1 >  | "
            "`f` is missing: cell 1 has not run since the kernel started.",
        ],
    ),
    "a name that was bound by a cell which was edited since": (
        ("x = 2",),
        kernel(value("x", bound_by=run(1, "c1", "x = 1")), runs=[run(1, "c1", "x = 1")]),
        [
            "x stale assignment: c1 >  = int by cell 1 | "
            "`x` is stale: cell 1 was edited after defining it.",
        ],
    ),
    "a builtin that a cell will bind": (("list = 3",), kernel(), []),
    "what a startup file bound": (
        ("y",),
        kernel(*(HeldName(name, "instance", "int", initial=True) for name in "xy")),
        ["y live None:  > c1 = int by None | "],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_the_rows_of(case: str) -> None:
    sources, namespace, rows = CASES[case]
    table = name_table(judged(notebook(*sources), namespace))
    assert [described(row) for row in table.rows] == rows
    assert table.left_out == 0


FIRST_RUN = run(1, "c1", "x = [1]")
IN_FLIGHT = {
    # the texts, what is held, which cells are in flight, the rows
    "a name to come": (
        ("model = 1", "model"), kernel(), ["c1"],
        ["model missing (waiting) assignment: c1 > c2 | "
         "`model` will be there when cell 1 finishes."],
    ),
    "a name that is bound again": (
        ("x = [1]", "x"), kernel(value("x", bound_by=FIRST_RUN), runs=[FIRST_RUN]), ["c1"],
        ["x live assignment: c1 > c2 = int by cell 1 | "
         "`x` will be redefined when cell 1 finishes."],
    ),
    "a wrong name that is bound again": (
        ("import m", "m"), kernel(value("m", bound_by=run(1, None, "m = 1"))), ["c1"],
        ["m stale import: c1 > c2 = int by code outside the notebook | `m` is an `int`, from "
         "code outside the notebook; in order it comes from `import m` in cell 1, which has not "
         "run."],
    ),
    "a name that is bound already by the cell that runs": (
        ("x = [1]\nslow()", "x"), kernel(value("x", bound_by=run(2, "c1", "x = [1]\nslow()"))),
        ["c1"],
        ["slow missing None:  > c1 | `slow` is missing: no cell defines it.",
         "x live assignment: c1 > c2 = int by cell 1 | "],
    ),
    "a name that a queued cell may bind for another one": (
        ("n = len('')", "if n: x = n", "x"), kernel(), ["c1", "c2", "c3"],
        ["n missing (waiting) assignment: c1 > c2 | `n` will be there when cell 1 finishes.",
         "x missing (waiting) assignment: c2 > c3 | "
         "`x` is missing: cell 2 has not run since the kernel started."],
    ),
    "a name that a queued cell lacks": (
        ("x = 1", "x"), kernel(), ["c2"],
        ["x missing assignment: c1 > c2 | "
         "`x` is missing: cell 1 has not run since the kernel started."],
    ),
    "a name that is deleted": (
        ("x = [1]", "del x", "x"), kernel(value("x", bound_by=FIRST_RUN), runs=[FIRST_RUN]),
        ["c2"],
        ["x live assignment: c1 > c2 c3 = int by cell 1 | "
         "`x` will be missing: cell 2 runs first and deletes it."],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", IN_FLIGHT)
def test_the_rows_while_cells_run(case: str) -> None:
    sources, namespace, in_flight, rows = IN_FLIGHT[case]
    table = name_table(judged(notebook(*sources), namespace, in_flight=in_flight))
    assert [described(row) for row in table.rows] == rows


def test_without_a_kernel() -> None:
    table = name_table(judged(notebook("x = 1"), EMPTY_NAMESPACE, is_running=False))
    assert [described(row) for row in table.rows] == [
        "x missing (waiting) assignment: c1 >  | `x` is missing: cell 1 has to run first."
    ]


def test_names_that_are_too_many() -> None:
    namespace = kernel(*(value(name) for name in "adcbe"))
    table = name_table(judged(notebook("print(e)"), namespace), most_others=2)
    assert [row.name for row in table.rows] == ["a", "b", "e"]
    assert table.left_out == 2


def test_another_language() -> None:
    assert name_table(judged(notebook("x <- 1"), kernel(), language="R")) == NameTable()


def test_a_ghost_comes_with_the_text_of_its_deleted_cell() -> None:
    first, second = run(1, "gone", "x = 1\ny = 2"), run(2, "c1", "z = 3")
    namespace = kernel(
        value("x", bound_by=first),
        value("z", bound_by=second),
        value("w", bound_by=CONSOLE),
        runs=[first, second, CONSOLE],
    )
    verdict = judged(notebook("print(x, w)", "z = 3"), namespace, deleted_cells={"gone"})
    lost = {row.name: row.lost_source for row in name_table(verdict).rows}
    assert lost == {"x": "x = 1\ny = 2", "w": None, "z": None}


def test_a_deleted_cell_that_a_stale_cell_used_though_the_name_is_bound_again() -> None:
    kernel = play(("x = 1\ny = 2", "print(x)", "x = 3", "y = x"), "1 2 3 4\n-1")
    rows = {row.name: row.lost_source for row in name_table(kernel.verdict()).rows}
    assert rows == {"x": "x = 1\ny = 2", "y": None}


PLACES: dict[str, tuple[tuple[str, ...], dict[str, Neighbours], tuple[str | None, str | None]]] = {
    # the cells, the neighbours of deleted cells; the cells above and below the place of `gone`
    "nothing is known": (("print(x)",), {}, (None, None)),
    "between two cells": (("1", "print(x)"), {"gone": ("c1", "c2")}, ("c1", "c2")),
    "the first cell": (("print(x)",), {"gone": (None, "c1")}, (None, "c1")),
    "the last cell": (("print(x)",), {"gone": ("c1", None)}, ("c1", None)),
    "next to a cell that was deleted as well": (
        ("1", "print(x)"), {"gone": ("d1", "d2"), "d1": ("c1", "gone"), "d2": ("gone", "c2")},
        ("c1", "c2"),
    ),
    "next to a cell that has another id now": (
        ("old", "print(x)"), {"gone": ("o1", "o2"), "o1": (None, "gone"), "o2": ("gone", None)},
        ("c1", None),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", PLACES)
def test_where_a_deleted_cell_was(case: str) -> None:
    sources, neighbours, expected = PLACES[case]
    gone, old = run(1, "gone", "x = 1"), run(2, "o1", "old")
    namespace = kernel(value("x", bound_by=gone), runs=[gone, old])
    deleted = {"gone", "o1"}
    verdict = judged(notebook(*sources), namespace, deleted_cells=deleted, neighbours=neighbours)
    row = next(it for it in name_table(verdict).rows if it.name == "x")
    assert (row.lost_source, row.lost_id) == ("x = 1", "gone")
    assert (row.lost_after, row.lost_before) == expected


def test_the_names_that_a_restart_would_lose_for_good() -> None:
    namespace = kernel(
        value("x", bound_by=run(1, "c1", "x = 1")),
        value("b", bound_by=CONSOLE),
        value("a", bound_by=run(2, "gone", "a = 1")),
        value("_exit_code", bound_by=CONSOLE),
    )
    verdict = judged(notebook("x = 1", "print(a)"), namespace)
    assert names_lost_by_restart(verdict) == ["a", "b"]
    assert [row.name for row in name_table(verdict).rows if row.lost_by_restart] == ["a", "b"]


def test_names_that_ipython_makes_have_a_row_only_where_a_cell_mentions_them() -> None:
    namespace = kernel(value("_exit_code", bound_by=CONSOLE), value("__doc__", bound_by=CONSOLE))
    assert name_table(judged(notebook("x = 1\nx"), namespace)).rows[1:] == ()
