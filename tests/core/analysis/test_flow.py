"""Is a name bound here, on every path, on some path, or on none?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.analysis.flow import Boundness, Flow


def after(steps: str, flow: Flow | None = None) -> Flow:
    """The flow after steps, one a word: `+x` binds x, `-x` deletes it, `?x` finds it there."""
    flow = flow or Flow()
    for step in steps.split():
        {"+": flow.bind, "-": flow.unbind, "?": flow.assume}[step[0]](step[1:])
    return flow


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ("", "free"),
        ("+y", "free"),
        ("+x", "bound"),
        ("?x", "assumed"),
        ("?x +x", "bound"),
        ("+x ?x", "bound"),
        ("+x -x", "deleted"),
        ("-x", "deleted"),
        ("-x +x", "bound"),
        ("-x ?x", "assumed"),
    ],
)
def test_one_path(steps: str, expected: Boundness) -> None:
    assert after(steps).boundness("x") == expected


BRANCHES = [
    # what happens before, in the one branch, in the other, and how x stands behind them
    ("", "+x", "+x", "bound"),
    ("", "+x", "", "maybe"),
    ("", "", "", "free"),
    ("+x", "", "", "bound"),
    ("+x", "+x", "", "bound"),
    ("+x", "-x", "", "maybe"),
    ("+x", "-x", "-x", "deleted"),
    ("", "-x", "", "free"),  # nothing above has bound it: the use of x is the user's need
    ("", "?x", "?x", "assumed"),
    ("", "?x", "+x", "present"),
    ("?x", "+x", "", "present"),
    ("", "?x", "", "free"),
    ("", "+x", "-x", "maybe"),
]


@pytest.mark.parametrize(("before", "one", "other", "expected"), BRANCHES)
def test_two_branches_of_which_one_runs(
    before: str, one: str, other: str, expected: Boundness
) -> None:
    flow = after(before)
    changes = []
    for steps in (one, other):
        flow.begin_branch()
        after(steps, flow)
        changes.append(flow.undo_branch())
        assert flow.boundness("x") == after(before).boundness("x")
    flow.join(changes)
    assert flow.boundness("x") == expected


def test_a_branch_that_may_end_anywhere() -> None:
    flow = after("+y")
    flow.begin_branch()
    after("+x -y", flow)
    flow.apply_partly(flow.undo_branch())
    assert (flow.boundness("x"), flow.boundness("y")) == ("maybe", "maybe")


def test_a_branch_that_is_applied_after_all() -> None:
    flow = Flow()
    flow.begin_branch()
    after("+x -y", flow)
    changes = flow.undo_branch()
    assert flow.names() == ["x", "y"]
    assert flow.boundness("x") == "free"
    flow.apply(changes)
    assert (flow.boundness("x"), flow.boundness("y")) == ("bound", "deleted")


def test_the_changes_of_branches_in_branches() -> None:
    flow = after("+a")
    depth = flow.begin_branch()
    after("+b", flow)
    flow.begin_branch()
    after("+c -a", flow)
    assert flow.changes_inside(0) == {"b": "bound", "c": "bound", "a": "deleted"}
    assert flow.changes_inside(depth) == {"c": "bound", "a": "deleted"}
    flow.undo_branch()
    assert flow.changes_inside(0) == {"b": "bound"}
    assert flow.undo_branch() == {"b": "bound"}
    assert (flow.boundness("a"), flow.boundness("b")) == ("bound", "free")
