"""Which cell does the graph find for a name at a cell?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.graph.dependency_graph import free_name_uses
from tests.core.tools.notebooks import notebook, words


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
}


@pytest.mark.parametrize("case", PROVIDERS)
def test_the_cells_that_may_provide_a_name(case: str) -> None:
    sources, expected = PROVIDERS[case]
    assert list(notebook(*sources).providers_at("x", len(sources) - 1)) == expected


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
