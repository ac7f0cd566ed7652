"""Does the whole namespace follow once it is known which cells made its runs?"""

from __future__ import annotations

from dataclasses import replace

from jupyter_namespace_viz.core.kernel_state.namespace import Change
from jupyter_namespace_viz.core.kernel_state.untagged_runs.attribution import with_runs
from tests.core.tools.notebooks import kernel, run, value

OWN = run(1, "a", "x = 1")
UNTAGGED = run(2, None, "x = 1; del y")
RUNNING = replace(run(3, None, "z"), execution_count=None)


def test_everything_that_a_run_made() -> None:
    held = replace(
        value("x", bound_by=UNTAGGED),
        changes=(Change(1, "a"), Change(2, None), Change(2, None, "outside")),
    )
    namespace = kernel(
        held, runs=[OWN, UNTAGGED], deleted_by={"y": UNTAGGED}, running_untagged=(RUNNING,)
    )
    named, runs = replace(UNTAGGED, cell_id="a"), replace(RUNNING, cell_id="b")
    found = with_runs(namespace, {2: named, 3: runs})
    assert (found.runs, found.other_runs, found.deleted_by) == ({"a": named}, (), {"y": named})
    assert (found.running, found.running_untagged) == (("b",), ())
    assert found.names["x"].bound_by == named
    # What was bound between the runs is the work of none.
    assert found.names["x"].changes == (
        Change(1, "a"), Change(2, "a"), Change(2, None, "outside"),
    )  # fmt: skip


def test_names_that_other_runs_bound_stay_the_same_objects() -> None:
    names = [value("x", bound_by=OWN), value("y"), value("z", bound_by=UNTAGGED)]
    found = with_runs(kernel(*names, runs=[OWN, UNTAGGED]), {2: replace(UNTAGGED, cell_id="b")})
    assert [found.names[it.name] is it for it in names] == [True, True, False]


def test_the_last_run_of_a_cell_stays_the_last() -> None:
    later = run(5, "a", "x = 2")
    found = with_runs(kernel(runs=[later, UNTAGGED]), {2: replace(UNTAGGED, cell_id="a")})
    assert found.runs == {"a": later}


def test_a_run_that_one_of_several_cells_made() -> None:
    perhaps = replace(UNTAGGED, may_be_of=("a", "b"))
    found = with_runs(kernel(value("x", bound_by=UNTAGGED), runs=[UNTAGGED]), {2: perhaps})
    assert (found.runs, found.other_runs) == ({}, (perhaps,))
    assert found.names["x"].bound_by == perhaps


def test_the_last_run_of_another_text() -> None:
    namespace = kernel(runs=[OWN, UNTAGGED], former_runs=(run(0, "a", "x = 0"),))
    found = with_runs(namespace, {2: replace(UNTAGGED, cell_id="a")})
    assert (found.runs["a"].serial, found.former_runs) == (2, (OWN,))
