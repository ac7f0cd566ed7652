"""Which cell does the graph find for a name at a cell?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.graph.builder import updated_graph
from jupyter_namespace_viz.core.graph.dependency_graph import (
    EMPTY_GRAPH,
    MAX_PROVIDERS,
    free_name_uses,
)
from tests.core.tools.notebooks import cells, notebook, words


def test_the_indexes_of_cells_and_of_providers() -> None:
    graph = notebook("from m import *", "a = 1", "a = 2", "from n import *")
    assert dict(graph.index_of) == {"c1": 0, "c2": 1, "c3": 2, "c4": 3}
    assert dict(graph.definers) == {"a": (1, 2)}
    assert graph.unknown_definers == (0, 3)
    assert [graph.unknown_definer_before(index) for index in range(5)] == [None, 0, 0, 0, 3]
    assert [graph.provider_at("a", index) for index in range(5)] == [1, 2, 1, 2, 2]
    assert graph.provider_at("b", 0) is None


PROVIDERS: dict[str, tuple[tuple[str, ...], list[int]]] = {
    # the cells; the indexes of those that may provide `x` to the last one, nearest first
    "none": (("y = 1", "x"), []),
    "one above": (("x = 1", "x"), [0]),
    "the nearest above": (("x = 1", "x = 2", "x"), [1]),
    "one that may not have bound it": (("x = 1", "if y: x = 2", "x"), [1, 0]),
    "up to one that has": (("x = 0", "x = 1", "if y: x = 2", "x"), [2, 1]),
    "nothing above that": (("if y: x = 2", "x"), [0]),
    "not back over a reset": (("x = 1", "%reset -f", "if y: x = 2", "x"), [2]),
    "nor over one of its own": (("x = 1", "%reset -f\nif y: x = 2", "x"), [1]),
    "one below, which may have bound it": (("x", "if y: x = 1", "if y: x = 2"), [1]),
    "of many the nearest, and the one that has": (
        ("x = 0", "x = 1", *["if y: x = 2"] * 99, "x"),
        [*range(100, 100 - MAX_PROVIDERS, -1), 1],
    ),
    "of many the nearest, and the first": (
        (*["if y: x = 2"] * 99, "x"),
        [*range(98, 98 - MAX_PROVIDERS, -1), 0],
    ),
    "no fewer than are told": (
        ("x = 1", *["if y: x = 2"] * MAX_PROVIDERS, "x"),
        [*range(MAX_PROVIDERS, -1, -1)],
    ),
    "many after a reset": (
        ("x = 1", "%reset -f", *["if y: x = 2"] * MAX_PROVIDERS, "x"),
        [*range(MAX_PROVIDERS + 1, 1, -1)],
    ),
}


@pytest.mark.parametrize("case", PROVIDERS)
def test_the_cells_that_may_provide_a_name(case: str) -> None:
    sources, expected = PROVIDERS[case]
    index = 0 if sources[0] == "x" else len(sources) - 1
    assert list(notebook(*sources).providers_at("x", index)) == expected


@pytest.mark.parametrize("cell", ["if y: x = 1\nx", "if y: x = 1\ndef f(): x"])
def test_the_edges_grow_with_the_cells(cell: str) -> None:
    numbers = [len(notebook(*[cell] * count).edges) for count in (200, 400, 600)]
    assert numbers[2] - numbers[1] == numbers[1] - numbers[0] > 0


def test_an_edit_far_up_changes_the_edges_as_if_all_were_new() -> None:
    sources = ["x = 1", *["if y: x = 2\nx"] * 50]
    edited = [*sources[:10], "x = 3", *sources[11:]]
    old = updated_graph(EMPTY_GRAPH, cells(*sources))
    assert updated_graph(old, cells(*edited)).edges == notebook(*edited).edges


def test_resets_between_two_cells() -> None:
    graph = notebook("x = 1", "%reset -f", "y = 1", "z")
    assert graph.clearing_indexes == (1,)
    assert graph.is_cleared_between(0, 2)
    assert not graph.is_cleared_between(1, 3)
    assert not graph.is_cleared_between(0, 1)


def test_the_text_that_would_define_a_name_if_it_parsed() -> None:
    graph = notebook("x = = 1", "y = 1", "x = = 2", "x")
    assert graph.unparsed_indexes == (0, 2)
    assert [graph.intended_by("x", position) for position in range(4)] == [0, 0, 2, 2]
    assert graph.intended_by("y", 3) is None
    assert notebook("x", "x = = 1").intended_by("x", 0) == 1


def test_the_cell_that_binds_what_a_cell_would_call() -> None:
    graph = notebook("def f(): return x", "f()", "f = 1", "f()")
    assert graph.binder_at("f", 1) == (graph.names_at(0), 0)
    assert graph.binder_at("f", 3) == (graph.names_at(2), 2)
    assert graph.binder_at("g", 1) == (None, -1)


def test_builtins_are_free_where_a_cell_above_defines_them() -> None:
    graph = notebook("print(list)", "list = 3", "print(list)")
    assert words(use.name for use in free_name_uses(graph, 0)) == ""
    assert words(use.name for use in free_name_uses(graph, 2)) == "list"


def test_what_the_cells_own_star_import_may_give_is_not_taken_from_elsewhere() -> None:
    graph = notebook("a = 1", "b\nfrom m import *\na, b, c\ndef f(): return d")
    assert words(use.name for use in free_name_uses(graph, 1)) == "a b"
