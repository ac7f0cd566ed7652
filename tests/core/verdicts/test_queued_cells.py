"""Which names will be there, and which gone, when the queued cells have run?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.analysis.reader import read_cell
from jupyter_namespace_viz.core.verdicts.queued_cells import Expectations, places_in_flight
from tests.core.notebooks import kernel, notebook, statuses, value

EXPECTED: dict[str, tuple[list[str], dict[str, int], dict[str, int]]] = {
    # the texts of queued cells, with an exclamation mark where one will raise; bound, deleted
    "nothing is queued": ([], {}, {}),
    "bound": (["x = 1"], {"x": 0}, {}),
    "bound by several": (["x = 1", "y = 1", "x = 2"], {"x": 2, "y": 1}, {}),
    "perhaps bound": (["if y: x = 1"], {}, {}),
    "deleted": (["del x"], {}, {"x": 0}),
    "deleted and bound": (["del x", "x = 1"], {"x": 1}, {}),
    "bound and deleted": (["x = 1", "del x"], {}, {"x": 1}),
    "deleted in the same cell": (["x = 1\ndel x"], {}, {"x": 0}),
    "a cell that will raise": (["!x = 1"], {}, {}),
    "those behind it are dropped": (["x = 1", "!y = 1", "z = 1"], {"x": 0}, {}),
}


@pytest.mark.parametrize("case", EXPECTED)
def test_what_queued_cells_do_to_names(case: str) -> None:
    texts, bound, deleted = EXPECTED[case]
    expected = Expectations()
    for place, text in enumerate(texts):
        expected.take(place, read_cell(text.removeprefix("!")), is_blocked=text.startswith("!"))
    assert (expected.bound, expected.deleted) == (bound, deleted)


@pytest.mark.parametrize(
    ("running", "in_flight", "places"),
    [
        ((), [], []),
        ((), ["c2", "c1"], [1, 0]),
        (("c3",), ["c2"], [2, 1]),
        (("c2",), ["c2", "c1"], [1, 0]),
        ((), ["gone", "c1"], [0]),
    ],
)
def test_the_order_in_which_they_run(
    running: tuple[str, ...], in_flight: list[str], places: list[int]
) -> None:
    graph = notebook("x = 1", "y = 1", "z = 1")
    assert list(places_in_flight(graph, kernel(running=running), in_flight)) == places


@pytest.mark.parametrize(
    ("sources", "in_flight", "expected"),
    [
        (("x = 1", "x"), [], "ready (blocked)"),
        (("x = 1", "x"), ["c1"], "ready ready"),
        (("x = 1", "x"), ["c1", "c2"], "ready ready"),
        (("x = 1", "x"), ["c2", "c1"], "ready blocked"),
        (("x = y", "x"), ["c1"], "blocked blocked"),  # it will raise: nothing is bound
        (("held = 1", "del held", "held"), ["c2"], "ready ready blocked"),
    ],
)
def test_the_statuses_of_cells_while_others_are_queued(
    sources: tuple[str, ...], in_flight: list[str], expected: str
) -> None:
    namespace = kernel(value("held"))
    assert statuses(notebook(*sources), namespace, in_flight=in_flight) == expected
