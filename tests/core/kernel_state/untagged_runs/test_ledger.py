"""Which cell made a run without a cell id?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from jupyter_namespace_viz.core.kernel_state.untagged_runs.ledger import UntaggedRuns
from tests.core.tools.notebooks import kernel, run

CELLS = {"a": "x = f()", "b": "y = 1", "c": "x = f()"}
TWICE = run(1, None, "x = f()")
ONCE = run(1, None, "y = 1")


def of_cells() -> UntaggedRuns:
    """The ledger of a notebook with these cells, whose counts are not those of this kernel."""
    ledger = UntaggedRuns()
    ledger.show(CELLS)
    ledger.show_counts({"a": 1, "b": None, "c": None}, is_first=True)
    return ledger


def told(*steps: Callable[[UntaggedRuns], object]) -> UntaggedRuns:
    """That ledger after these steps."""
    ledger = of_cells()
    ledger.attributed(kernel())  # the generation has begun
    for step in steps:
        step(ledger)
    return ledger


ONE_RUN = {
    # what is told before the run of a text that two cells have, and the cells that may have made it
    "nothing": ((), ("a", "c")),
    "the second is in flight": ((lambda it: it.queue(["c"], []),), ("c",)),
    "both are in flight": ((lambda it: it.queue(["c", "a"], []),), ("c",)),
    "another one is in flight": ((lambda it: it.queue(["b"], []),), ("a", "c")),
    "it was in flight": (
        (lambda it: it.queue(["c"], []), lambda it: it.queue([], ["c"])), ("a", "c"),
    ),
    "one client has it in flight no longer, another client never had": (
        (lambda it: it.queue(["c"], []), lambda it: it.queue([], [])), ("c",),
    ),
    "an unknown cell is in flight": ((lambda it: it.queue(["z"], []),), ("a", "c")),
    "the second was started": ((lambda it: it.note_start("c"),), ("c",)),
    "the last that was started": (
        (lambda it: it.note_start("b"), lambda it: it.note_start("c")), ("c",),
    ),
    "an unknown cell was started": ((lambda it: it.note_start("z"),), ("a", "c")),
    "it was edited while it was started": (
        (lambda it: it.note_start("c"), lambda it: it.show(CELLS | {"c": "x = 2"})), ("c",),
    ),
    "the count appeared": ((lambda it: it.show_counts({"c": 1}),), ("c",)),
    "the count was there before": ((lambda it: it.show_counts({"a": 1}),), ("a", "c")),
    "the count was there before, went and came back": (
        (lambda it: it.show_counts({"a": None}), lambda it: it.show_counts({"a": 1})), ("a", "c"),
    ),
    "the count appeared in a cell that never had the text": (
        (lambda it: it.show_counts({"b": 1}),), ("a", "c"),
    ),
    "the count appeared in a cell that was edited": (
        (lambda it: it.show(CELLS | {"c": "x = 2"}), lambda it: it.show_counts({"c": 1})), ("c",),
    ),
    "the count came with a new cell": (
        (lambda it: it.show(CELLS | {"d": "x = f()"}), lambda it: it.show_counts({"d": 1})),
        ("a", "c", "d"),
    ),
    "another count appeared": ((lambda it: it.show_counts({"c": 2}),), ("a", "c")),
    "a client finds the count in the notebook": (
        (lambda it: it.show_counts({"c": 1}, is_first=True),), ("a", "c"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", ONE_RUN)
def test_who_made_a_run(case: str) -> None:
    steps, expected = ONE_RUN[case]
    namespace = told(*steps).attributed(kernel(runs=[TWICE]))
    ids = [*namespace.runs, *(it for one in namespace.other_runs for it in one.may_be_of)]
    assert tuple(ids) == expected


def test_a_text_that_one_cell_has() -> None:
    namespace = told().attributed(kernel(runs=[ONCE]))
    assert namespace.runs == {"b": replace(ONCE, cell_id="b")}
    assert namespace.other_runs == ()


def test_a_text_that_a_cell_of_another_notebook_has_too() -> None:
    namespace = told().attributed(kernel(runs=[ONCE]), lambda text: text == "y = 1")
    assert [it.may_be_of for it in namespace.other_runs] == [("b", "")]


@pytest.mark.parametrize(
    "other",
    [
        replace(ONCE, execution_count=None),  # a restored import, or code that leaves no history
        run(1, None, "z = 1"),
        run(1, None, "\n"),
        run(1, "b", "y = 1"),
    ],
)
def test_a_run_that_no_cell_made(other: object) -> None:
    namespace = kernel(runs=[other])  # type: ignore[list-item]
    assert told().attributed(namespace) is namespace


def test_nothing_is_known_before_the_cells_are_shown() -> None:
    namespace, ledger = kernel(runs=[ONCE]), UntaggedRuns()
    assert ledger.attributed(namespace) is namespace
    ledger.show(CELLS)
    assert "b" in ledger.attributed(namespace).runs


def test_the_line_breaks_around_a_text_do_not_count() -> None:
    assert "b" in told().attributed(kernel(runs=[run(1, None, "y = 1\n")])).runs


def test_what_was_found_stays() -> None:
    ledger, namespace = told(), kernel(runs=[ONCE])
    ledger.attributed(namespace)
    ledger.show({"b": "y = 2", "d": "y = 1"})
    assert [*ledger.attributed(namespace).runs] == ["b"]
    assert [*ledger.with_texts({"e": "y = 1"}).attributed(namespace).runs] == ["b"]


SAVED = {
    # the cells of the file at the last time and now; the cells that may have made the run between
    # the two, of the text of "b" at the last time
    "the same": ({}, ("b",)),
    "it was edited": ({"b": "y = 2"}, ("b",)),
    "it was deleted": ({"b": None}, ("b",)),
    "another one got the text": ({"c": "y = 1"}, ("b", "c")),
    "it was edited, and another one got the text": ({"b": "y = 2", "c": "y = 1"}, ("c", "b")),
}


@pytest.mark.parametrize("case", SAVED)
def test_a_file_that_is_read_now_and_then(case: str) -> None:
    changes, expected = SAVED[case]
    ledger = UntaggedRuns()
    ledger.show_saved(CELLS)
    ledger.attributed(kernel())
    now = {cell_id: text for cell_id, text in (CELLS | changes).items() if text is not None}
    ledger.show_saved(now)
    namespace = ledger.attributed(kernel(runs=[ONCE]))
    ids = [*namespace.runs, *(it for one in namespace.other_runs for it in one.may_be_of)]
    assert tuple(ids) == expected


def test_a_text_that_was_saved_before_it_ran() -> None:
    ledger = UntaggedRuns()
    ledger.show_saved(CELLS)
    ledger.attributed(kernel())
    ledger.show_saved(CELLS | {"b": "y = 2"})
    assert [*ledger.attributed(kernel(runs=[run(1, None, "y = 2")])).runs] == ["b"]


def test_a_text_of_the_time_before_the_last() -> None:
    ledger = UntaggedRuns()
    ledger.show_saved(CELLS)
    for _ in range(2):
        ledger.show_saved(CELLS | {"b": "y = 2"})
        ledger.attributed(kernel())
    namespace = kernel(runs=[ONCE])
    assert ledger.attributed(namespace) is namespace


def test_a_new_process_knows_nothing_of_the_runs_before() -> None:
    ledger = told(lambda it: it.queue(["c"], []))
    ledger.attributed(kernel(runs=[ONCE]))
    again = replace(kernel(runs=[run(1, None, "z = 1")]), generation=2)
    assert ledger.attributed(again) is again


def test_a_run_that_is_not_over() -> None:
    running = replace(TWICE, execution_count=None)
    ledger = told(lambda it: it.queue(["c"], []))
    namespace = ledger.attributed(kernel(running_untagged=(running,)))
    assert (namespace.running, namespace.running_untagged) == (("c",), ())
    ledger.queue([], ["c"])
    assert [*ledger.attributed(kernel(runs=[TWICE])).runs] == ["c"]


def test_the_same_object_as_long_as_nothing_changed() -> None:
    ledger, namespace = told(), kernel(runs=[ONCE])
    first = ledger.attributed(namespace)
    assert ledger.attributed(namespace) is first
    assert ledger.attributed(replace(namespace)) is not first


def test_a_cell_whose_run_is_over_is_in_flight_no_longer() -> None:
    ledger = told(lambda it: it.queue(["b", "c"], []))
    assert ledger.still_in_flight(["b", "c"], ()) == ("b", "c")
    ledger.attributed(kernel(running_untagged=(replace(ONCE, execution_count=None),)))
    assert ledger.still_in_flight(["b", "c"], ()) == ("b", "c")
    ledger.attributed(kernel(runs=[ONCE]))
    assert ledger.still_in_flight(["b", "c"], ()) == ("c",)
    assert ledger.still_in_flight(["b", "c"], {"y = 1"}) == ("b", "c")  # it runs again
    ledger.queue(["c"], ["b", "c"])
    ledger.queue(["c", "b"], ["c"])
    assert ledger.still_in_flight(["c", "b"], ()) == ("c", "b")


def test_two_clients_have_the_same_run_in_flight() -> None:
    ledger = told(lambda it: it.queue(["b"], []))
    ledger.attributed(kernel(runs=[ONCE]))
    ledger.queue(["b"], [])  # the other client is late
    assert ledger.still_in_flight(["b"], ()) == ()
    ledger.queue([], ["b"])
    assert ledger.still_in_flight(["b"], ()) == ()
    ledger.queue([], ["b"])
    ledger.queue(["b"], [])
    assert ledger.still_in_flight(["b"], ()) == ("b",)


def test_a_restarted_kernel_has_lost_what_was_in_flight() -> None:
    ledger = told(lambda it: it.queue(["c"], []))
    namespace = ledger.attributed(replace(kernel(runs=[TWICE]), generation=2))
    assert [it.may_be_of for it in namespace.other_runs] == [("a", "c")]
