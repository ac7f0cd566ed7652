"""Which run was the last of a cell, and who ran some code?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from jupyter_namespace_viz.core.kernel_state.cell_runs import LastRuns, RunOrigin, RunOrigins
from jupyter_namespace_viz.core.kernel_state.namespace import Namespace, Run
from tests.core.tools.notebooks import attributed, kernel, notebook, run

OF_C1 = run(3, "c1", "x = 1")
WITHOUT_ID = run(4, None, "x = 1")
RESTORED = Run(5, None, None, "import x", True)

LAST_RUNS: dict[str, tuple[tuple[str, ...], Namespace, list[int | None]]] = {
    # the cells, what ran, and the serial of each cell's last run
    "nothing has run": (("x = 1", "y"), kernel(), [None, None]),
    "a cell has run": (("x = 1", "y"), kernel(runs=[OF_C1]), [3, None]),
    "it was edited since": (("x = 2", "y"), kernel(runs=[OF_C1]), [3, None]),
    "a deleted cell with this text has run": (("y",), kernel(runs=[run(1, "gone", "y")]), [1]),
    "a deleted cell with another text has": (("y",), kernel(runs=[run(1, "gone", "x")]), [None]),
    "code without a cell id": (("x = 1", "y"), kernel(runs=[WITHOUT_ID]), [4, None]),
    "the same code in two cells": (("x = 1", "x = 1"), kernel(runs=[WITHOUT_ID]), [None, None]),
    "the last of such runs": (
        ("x = 1",), kernel(runs=[WITHOUT_ID, replace(WITHOUT_ID, serial=6)]), [6],
    ),
    "such a run after its own": (("x = 1",), kernel(runs=[OF_C1, WITHOUT_ID]), [4]),
    "such a run before its own": (
        ("x = 1",), kernel(runs=[OF_C1, replace(WITHOUT_ID, serial=2)]), [3],
    ),
    "edited after code without a cell id": (("x = 2",), kernel(runs=[WITHOUT_ID]), [None]),
    "an empty cell": ((" ",), kernel(runs=[run(1, None, " ")]), [None]),
    "imports that were restored": (("import x",), kernel(runs=[RESTORED]), [None]),
}  # fmt: skip


@pytest.mark.parametrize("case", LAST_RUNS)
def test_the_last_runs(case: str) -> None:
    sources, namespace, expected = LAST_RUNS[case]
    graph = notebook(*sources)
    runs = LastRuns(graph, attributed(graph, namespace))
    found = [runs.of(place) for place in range(len(sources))]
    assert [None if one is None else one.serial for one in found] == expected
    ran = [place for place, serial in enumerate(expected) if serial is not None]
    assert runs.last_index == max(ran, default=-1)


def by(cell_id: str | None, client: str | None, from_notebook: bool, count: int | None = 1) -> Run:
    """A run of the cell that the client asked for; of an import, where it has no count."""
    source = "import x" if count is None else "x = 1"
    return Run(1, cell_id, count, source, True, client, from_notebook)


ORIGINS: dict[str, tuple[Run | None, RunOrigin]] = {
    # a notebook whose cells c1 and c2 are there, whose cell c9 was deleted, shown by "ours"
    "a run that was not seen": (None, RunOrigin("unseen")),
    "a cell of the notebook": (by("c2", "ours", True), RunOrigin("cell", 1)),
    "the same, whoever ran it": (by("c2", "theirs", True), RunOrigin("cell", 1)),
    "the same, by a client that is not known": (by("c2", None, False), RunOrigin("cell", 1)),
    "a cell that was deleted": (by("c9", "theirs", True), RunOrigin("deleted_cell")),
    "a cell of ours that is not there": (
        by("c8", "ours", True),
        RunOrigin("deleted_cell"),
    ),
    "a cell that is not there, of an unknown client": (
        by("c8", None, False),
        RunOrigin("deleted_cell"),
    ),
    "imports that were restored": (by(None, "ours", True, None), RunOrigin("restored_import")),
    "code of another extension": (
        replace(by(None, "ours", True, None), source="x = 1"),
        RunOrigin("outside"),
    ),
    "a cell of another notebook": (by("o1", "theirs", True), RunOrigin("other_notebook")),
    "code of another notebook without a cell": (
        by(None, "theirs", True),
        RunOrigin("other_notebook"),
    ),
    "a console": (by("k1", "theirs", False), RunOrigin("console")),
    "code without cell and client": (by(None, None, False), RunOrigin("outside")),
    "code of a client that is no notebook": (by(None, "theirs", False), RunOrigin("outside")),
}


@pytest.mark.parametrize("case", ORIGINS)
def test_who_ran(case: str) -> None:
    run, expected = ORIGINS[case]
    origins = RunOrigins(notebook("x = 1", "y"), kernel(), {"c9"}, frozenset({"ours"}))
    assert origins.of(run) == expected


ALONE: dict[str, tuple[Run, RunOrigin]] = {
    # as above, but nothing is known of the clients, and no other notebook uses the kernel
    "a cell of a notebook": (by("o1", "theirs", True), RunOrigin("deleted_cell")),
    "imports that were restored": (by(None, "theirs", True, None), RunOrigin("restored_import")),
    "a console": (by("k1", "theirs", False), RunOrigin("console")),
    "code without cell and client": (by(None, None, False), RunOrigin("outside")),
}


@pytest.mark.parametrize("case", ALONE)
def test_who_ran_on_the_kernel_of_one_notebook(case: str) -> None:
    run, expected = ALONE[case]
    assert RunOrigins(notebook("x = 1", "y"), kernel(), is_alone=True).of(run) == expected


ONE_OF: dict[str, tuple[tuple[str, ...], RunOrigin]] = {
    # the ids of the cells one of which ran, in the notebook with c1 and c2
    "two cells": (("c1", "c2"), RunOrigin("one_of_cells", indexes=(0, 1))),
    "one that was deleted": (("c1", "c9"), RunOrigin("one_of_cells", indexes=(0,))),
    "one of another notebook": (("c1", ""), RunOrigin("one_of_cells", indexes=(0,))),
    "all were deleted": (("c8", "c9"), RunOrigin("deleted_cell")),
}


@pytest.mark.parametrize("case", ONE_OF)
def test_one_of_several_cells_ran(case: str) -> None:
    cell_ids, expected = ONE_OF[case]
    origins = RunOrigins(notebook("x = 1", "y"), kernel())
    assert origins.of(replace(WITHOUT_ID, may_be_of=cell_ids)) == expected


@pytest.mark.parametrize(("own", "expected"), [(None, 4), (3, 4), (5, None)])
def test_a_cell_perhaps_ran(own: int | None, expected: int | None) -> None:
    perhaps = replace(WITHOUT_ID, may_be_of=("c1", "c2"))
    runs = [perhaps] if own is None else [run(own, "c1", "x = 1"), perhaps]
    last = LastRuns(notebook("x = 1", "x = 1"), kernel(runs=runs))
    found = last.perhaps_of(0)
    assert (None if found is None else found.serial) == expected


def test_who_runs_a_cell_of_the_notebook_shows_it() -> None:
    namespace = kernel(runs=[by("c1", "ours", True)])
    origins = RunOrigins(notebook("x = 1"), namespace)
    assert origins.of(by("c8", "ours", True)) == RunOrigin("deleted_cell")
    assert origins.of(by("c8", "theirs", True)) == RunOrigin("other_notebook")
