"""Is a name bound here, on every path, on some path, or on none?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.analysis.flow import (
    Boundness,
    Flow,
    deleted_here,
    is_deleted_here,
    is_unbound,
    missing_in_text,
    owner,
    spelling,
    unbound_local,
)
from jupyter_namespace_viz.core.analysis.reader import read_cell


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


# Names that are unbound where the code reads them


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("x", ("x", None, False, False)),
        (unbound_local("f", "x"), ("x", "f", True, False)),
        (deleted_here("x"), ("x", None, True, True)),
        (missing_in_text("x"), ("x", None, True, False)),
    ],
)
def test_what_a_name_stands_for(name: str, expected: tuple[str, str | None, bool, bool]) -> None:
    assert (spelling(name), owner(name), is_unbound(name), is_deleted_here(name)) == expected


BODIES = {
    # a function's body; its local names that it reads before it binds them
    "x += 1": "x",
    "y = x\nx = 1": "x",
    "y = m.x\nimport m": "m",
    "x, y = y, x": "x y",
    "while x < 3: x = x + 1": "x",
    "for a in b:\n    c += a": "c",
    "for a in b:\n    print(last)\n    last = a": "last",
    "x = 1\ndel x\nreturn x": "x",
    "del x": "x",
    "try: a()\nexcept E as e: pass\nreturn e": "e",
    "x: int\nreturn x": "x",
    "x = [y + z for y in x]\nz = 1": "x z",
    "def g(): return x\ng()\nx = 1": "x",
    "g = lambda: x\ng()\nx = 1": "x",
    "def g():\n    x += 1\nx = 1\ng()": "x",  # that of `g`
    "if a: print(x)\nelse: return x\nx = 1": "x",
    # not certainly
    "x = 1\nx += 1": "",
    "global x\nx += 1": "",
    "if a: x = 1\nreturn x": "",
    "for a in b: x = a\nreturn x": "",
    "for a in b:\n    if a: print(x)\n    x = a": "",
    "while True:\n    try:\n        x = a()\n        break\n    except E: pass\nreturn x": "",
    "try: x = a()\nfinally: x": "",
    "try: x += 1\nexcept UnboundLocalError: x = 0": "",
    "try: x += 1\nexcept NameError: x = 0": "",
    "if a: x = 1; print(x); del x\nelse: x = 2; print(x); del x": "",
    "def g(): return x\nx = 1\ng()": "",
    "def g(): yield x\nh = g()\nx = 1": "",
    "def g():\n    nonlocal x\n    x += 1\nx = 1\ng()": "",
    "y = [x for x in y_]\nx = 1": "",
    "return a\nx += 1": "",
}


@pytest.mark.parametrize("body", BODIES)
def test_the_local_names_that_a_body_reads_before_binding_them(body: str) -> None:
    lines = "".join(f"\n    {line}" for line in body.split("\n"))
    names = read_cell(f"def f():{lines}")
    (function,) = names.functions
    unbound = [use for use in function.uses if is_unbound(use.name) and use.certain]
    assert " ".join(spelling(use.name) for use in unbound) == BODIES[body]
    assert not any(is_unbound(use.name) for use in names.uses)


def test_only_a_call_needs_them() -> None:
    names = read_cell("def f(): x += 1\nf()")
    (use,) = (use for use in names.uses if use.phase == "immediate" and use.certain)
    assert (use.name, use.via, use.line) == ("f.<locals>.x", "f", 2)


CELLS = {
    # a cell; the names that it certainly reads, or with a ? perhaps, after it has deleted them
    "x = 1\ndel x\nx": "x",
    "del x\nx": "x",
    "del x\nif a: x": "x?",
    "try: a\nexcept E as e: pass\nelse: raise\ne": "e",
    "def f(): return x\ndel x\nf()": "x",
    "%reset -f\nx": "x",
    # bound again, or not certainly deleted
    "del x\nx = 1\nx": "",
    "if a: del x\nx": "",
    "del x\ntry: x\nexcept NameError: pass": "",
    "del x\ntry: x\nexcept NameError: x = 1\nx": "",
    "sum = 1\ndel sum\nsum": "",
    "from m import *\ndel x\nx": "",
    "def f():\n    global x\n    x = 1\ndel x\nf()\nx": "",
    "for a in b:\n    x = a\n    del x": "",
}


@pytest.mark.parametrize("cell", CELLS)
def test_the_names_that_a_cell_reads_after_its_own_del(cell: str) -> None:
    found = (use for use in read_cell(cell).uses if is_deleted_here(use.name))
    assert " ".join(spelling(it.name) + "?" * (not it.certain) for it in found) == CELLS[cell]
