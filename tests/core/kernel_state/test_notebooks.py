"""Is a notebook known again, with the cells that it had?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from jupyter_namespace_viz.core.kernel_state.namespace import Change
from jupyter_namespace_viz.core.kernel_state.notebooks import (
    KernelNotebooks,
    Neighbours,
    NotebookHistory,
)
from tests.core.tools.notebooks import kernel, run, value

ORDERS: dict[str, tuple[list[str], dict[str, Neighbours]]] = {
    # the orders of cells that one client shows, each letter a cell; what is known in the end of
    # those that were deleted
    "nothing deleted": (["ab", "abc"], {}),
    "a cell in the middle": (["abc", "ac"], {"b": ("a", "c")}),
    "the first and the last": (["abc", "b"], {"a": (None, "b"), "c": ("b", None)}),
    "two next to each other": (["abcd", "ad"], {"b": ("a", "c"), "c": ("b", "d")}),
    "one after the other": (["abcd", "acd", "ad"], {"b": ("a", "c"), "c": ("a", "d")}),
    "deleted, and undone": (["abc", "ac", "abc"], {}),
    "moved": (["abc", "cab"], {}),
}


@pytest.mark.parametrize("case", ORDERS)
def test_the_neighbours_of_deleted_cells(case: str) -> None:
    orders, neighbours = ORDERS[case]
    history = NotebookHistory()
    for before, now in zip(["", *orders], orders, strict=False):
        history.show(before, now)
    assert history.neighbours == neighbours
    assert history.deleted(orders[-1]) == neighbours.keys()


def test_a_cell_that_was_deleted_before_a_reload() -> None:
    history = NotebookHistory()
    history.show("", "abc")
    history.show("", "ac")  # another client, which shows it for the first time
    assert history.neighbours == {"b": ("a", "c")}
    assert history.deleted("ac") == {"b"}


def test_two_clients_that_show_other_cells() -> None:
    history = NotebookHistory()
    history.show("", "abc")
    history.show("", "ab")
    assert history.deleted("abc") == set()
    assert history.deleted("ab") == {"c"}


KNOWN: dict[str, tuple[str | None, str, int | None]] = {
    # the path and the cells of a notebook; which of the two that are known it is
    "the same": ("a.ipynb", "abcd", 0),
    "the same path, other cells": ("a.ipynb", "xyz", 0),
    "the path of the other": ("b.ipynb", "abcd", 1),
    "renamed": ("c.ipynb", "abc", 0),
    "without a path": (None, "efg", 1),
    "half of its cells": (None, "abxy", 0),
    "less than half of its cells": (None, "axyz", None),
    "no cell": (None, "", None),
    "another": ("c.ipynb", "xyz", None),
}


@pytest.mark.parametrize("case", KNOWN)
def test_which_notebook_it_is(case: str) -> None:
    path, cells, expected = KNOWN[case]
    notebooks = KernelNotebooks()
    histories = [notebooks.open("a.ipynb", "abcd"), notebooks.open("b.ipynb", "efgh")]
    histories[0].show("", "abcd")
    histories[1].show("", "efgh")
    for history in histories:
        history.panels -= 1  # it was closed
    found = notebooks.find(path, cells)
    assert found is (None if expected is None else histories[expected])
    assert (notebooks.open(path, cells) in histories) == (expected is not None)


def test_a_copy_of_a_notebook_that_is_open() -> None:
    notebooks = KernelNotebooks()
    one = notebooks.open("a.ipynb", "abcd")
    one.show("", "abcd")
    copy = notebooks.open("copy.ipynb", "abcd")
    assert copy is not one
    assert notebooks.open("a.ipynb", "abcd") is one  # another panel


def test_what_the_clients_of_a_copy_ran() -> None:
    first, second = NotebookHistory(), NotebookHistory()
    first.clients, second.clients = {"A"}, {"B"}
    for history in (first, second):
        history.show("", ["c1", "c2"])
    ran = replace(run(1, "c1", "x = 1"), client="A")
    ran_in_copy = replace(run(2, "c1", "x = 2"), client="B")
    other = replace(run(3, "d1", "y = 3"), client="B")
    namespace = replace(
        kernel(
            replace(value("x", bound_by=ran_in_copy), changes=(Change(1, "c1"), Change(2, "c1"))),
            value("y", bound_by=other),
            runs=[ran_in_copy, other],
        ),
        replaced_runs=(ran,),
        running=("c2",),
    )
    seen = first.namespace_of(namespace, frozenset("B"), frozenset())
    foreign = replace(ran_in_copy, cell_id="B c1")
    assert seen.runs == {"c1": ran, "B c1": foreign, "d1": other}
    assert seen.names["x"].bound_by == foreign
    assert seen.names["x"].changes == (Change(1, "c1"), Change(2, "B c1"))
    assert seen.running == ("c2",)
    assert first.namespace_of(namespace, frozenset("B"), frozenset()) is seen
    assert first.namespace_of(namespace, frozenset("B"), frozenset("B")).running == ()
    assert first.namespace_of(namespace, frozenset(), frozenset()) is namespace

    seen = second.namespace_of(namespace, frozenset("A"), frozenset("B"))
    assert seen.runs == {"A c1": replace(ran, cell_id="A c1"), "c1": ran_in_copy, "d1": other}
    assert seen.running == ("c2",)


def test_a_notebook_that_is_alone() -> None:
    notebooks = KernelNotebooks()
    assert notebooks.has_only(None)
    one = notebooks.open("a.ipynb", "ab")
    assert notebooks.has_only(one)
    assert not notebooks.has_only(None)
    other = notebooks.open("b.ipynb", "cd")
    assert not notebooks.has_only(one)
    assert not notebooks.has_only(other)
