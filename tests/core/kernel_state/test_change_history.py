"""Is each change of a name attributed to the run that made it?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from jupyter_namespace_viz.core.analysis.reader import read_cell
from jupyter_namespace_viz.core.kernel_state.change_history import (
    MOST_REMOVED,
    ChangeHistory,
    newest_of,
)
from jupyter_namespace_viz.core.kernel_state.namespace import (
    MOST_CHANGES,
    Change,
    HeldName,
    Run,
)


def run(serial: int, source: str, succeeded: bool = True) -> Run:
    """A run of the cell `c<serial>`."""
    return Run(serial, f"c{serial}", serial, source, succeeded)


def held(name: str, bound_by: Run | None = None, kind: str = "instance") -> HeldName:
    return HeldName(name, kind, "object", bound_by=bound_by)  # type: ignore[arg-type]


BINDS = run(1, "x = 1")
X = held("x", BINDS)


def bound_once() -> ChangeHistory:
    """The probe saw the first run bind `x`."""
    history = ChangeHistory(read_cell)
    history.note_bound("x", 1, BINDS, None)
    return history


# what the probe saw of `x`, after the first run bound it: serial, run, name before; the changes
SEEN: dict[str, tuple[int, Run | None, HeldName | None, list[Change]]] = {
    "the same run again": (1, BINDS, X, [Change(1, "c1")]),
    "another value": (2, run(2, "x = 2"), X, [Change(1, "c1"), Change(2, "c2")]),
    "the same constant": (2, run(2, "x = 1  # again"), X, [Change(1, "c1", again=(2,))]),
    "the same text, which is no constant": (
        2, run(2, "x = f()"), held("x", run(1, "x = f()")), [Change(1, "c1"), Change(2, "c2")],
    ),
    "a run that is not known any more": (
        2, None, X, [Change(1, "c1"), Change(2, None)],
    ),
    "a constant, after a name that no run bound": (
        2, run(2, "x = 1"), held("x"), [Change(1, "c1"), Change(2, "c2")],
    ),
    "a constant, after the name was deleted": (
        2, run(2, "x = 1"), None, [Change(1, "c1"), Change(2, "c2")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", SEEN)
def test_what_the_probe_saw(case: str) -> None:
    serial, binder, before, expected = SEEN[case]
    history = bound_once()
    history.note_bound("x", serial, binder, before)
    assert list(history.of("x")) == expected


def test_a_name_that_no_run_has_bound() -> None:
    history = bound_once()
    history.note_rebound("x", 4)
    assert history.of("x") == (Change(1, "c1"), Change(4, None, "outside"))
    # The value before was not that of the run: what binds it again changes it.
    history.note_bound("x", 5, run(5, "x = 1"), X)
    assert history.of("x")[-1] == Change(5, "c5")


FUNCTION = "def fill():\n    x.append(1)"

# the names besides `x`, a run after the first: who has bound `x` now, and the changes of `x`;
# None where nothing of it is different
ATTRIBUTED: dict[str, tuple[list[HeldName], Run, tuple[int, list[Change]] | None]] = {
    "it does not mention the name": ([], run(2, "y = 1"), None),
    "it reads the name": ([], run(2, "print(x)"), None),
    "it binds the same object": ([], run(2, "x = 1"), (2, [Change(1, "c1", again=(2,))])),
    "it might bind the name": ([], run(2, "if y:\n    x = 1"), None),
    "it failed": ([], run(2, "x = 1", succeeded=False), None),
    "it changes the object in place": (
        [], run(2, "x.append(1)"), (1, [Change(1, "c1"), Change(2, "c2", "mutated")]),
    ),
    "it failed, and may have changed the object in place": (
        [], run(2, "x.append(1)\n1 / 0", succeeded=False),
        (1, [Change(1, "c1"), Change(2, "c2", "mutated")]),
    ),
    "it binds the same object and changes it in place": (
        [], run(2, "x = x; x.append(1)"),
        (2, [Change(1, "c1", again=(2,)), Change(2, "c2", "mutated")]),
    ),
    "it calls a function that changes the object in place": (
        [held("fill", run(1, FUNCTION), "function")], run(2, "fill()"),
        (1, [Change(1, "c1"), Change(2, "c2", "mutated")]),
    ),
    "it calls a function whose definition no run is known to have made": (
        [held("fill", None, "function")], run(2, "fill()"), None,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", ATTRIBUTED)
def test_what_a_source_says(case: str) -> None:
    others, the_run, expected = ATTRIBUTED[case]
    names = {it.name: it for it in (X, *others)}
    before = dict(names)
    history = bound_once()
    changed = history.attribute(the_run, names)
    assert names == before
    if expected is None:
        assert changed == {}
        return
    bound_by, changes = expected
    binder = BINDS if bound_by == 1 else the_run
    assert changed == {"x": replace(X, bound_by=binder, changes=tuple(changes))}
    assert list(history.of("x")) == changes


def test_a_module_is_not_changed_in_place() -> None:
    names = {"x": held("x", BINDS, "module")}
    assert bound_once().attribute(run(2, "x.append(1)"), names) == {}


def test_an_earlier_run_is_entered_before_the_later_ones() -> None:
    history = ChangeHistory(read_cell)
    history.note_bound("x", 3, run(3, "x = 3"), None)
    history.attribute(run(2, "x.append(1)"), {"x": held("x", run(3, "x = 3"))})
    assert history.of("x") == (Change(2, "c2", "mutated"), Change(3, "c3"))


def test_a_history_goes_on_from_what_was_known() -> None:
    history = ChangeHistory(read_cell, bound_once().changes)
    history.note_bound("x", 2, run(2, "x = 2"), X)
    assert history.of("x") == (Change(1, "c1"), Change(2, "c2"))


@pytest.mark.parametrize(("is_complete", "drew"), [(True, {1, 3}), (False, {3})])
def test_random_numbers_that_were_drawn(is_complete: bool, drew: set[int]) -> None:
    history = ChangeHistory(read_cell, is_complete=is_complete)
    for serial, source in enumerate(("random.random()", "random.seed(1)", "random.random()"), 1):
        history.attribute(run(serial, f"import random\n{source}"), {})
    assert history.drew.keys() == drew


def test_how_much_is_remembered() -> None:
    history = ChangeHistory(read_cell)
    for serial in range(1, MOST_CHANGES + 3):
        history.note_bound("x", serial, run(serial, f"x = {serial}"), None)
    assert [it.serial for it in history.of("x")] == list(range(3, MOST_CHANGES + 3))
    for number in range(MOST_REMOVED):
        history.note_bound(f"removed_{number}", 1, None, None)
    history.forget_removed({"x"})
    assert len(history.changes) == MOST_REMOVED + 1
    history.note_bound("one_more", 1, None, None)
    history.forget_removed({"x"})
    assert set(history.changes) == {"x"}


def test_the_newest_of_two_runs() -> None:
    later = run(2, "")
    assert newest_of(BINDS, later) is newest_of(later, BINDS) is later
    assert newest_of(None, later) is newest_of(later, None) is later
    assert newest_of(None, None) is None
