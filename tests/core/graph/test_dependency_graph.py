"""Which cell does the graph find for a name at a cell?"""

from __future__ import annotations

from jupyter_namespace_viz.core.graph.dependency_graph import free_uses
from tests.core.notebooks import notebook, words


def test_the_indexes_of_cells_and_of_providers() -> None:
    graph = notebook("from m import *", "a = 1", "a = 2", "from n import *")
    assert dict(graph.positions) == {"c1": 0, "c2": 1, "c3": 2, "c4": 3}
    assert dict(graph.definers) == {"a": (1, 2)}
    assert graph.stars == (0, 3)
    assert [graph.star_at(position) for position in range(5)] == [None, 0, 0, 0, 3]
    assert [graph.provider_at("a", position) for position in range(5)] == [1, 2, 1, 2, 2]
    assert graph.provider_at("b", 0) is None


def test_builtins_are_free_where_a_cell_above_defines_them() -> None:
    graph = notebook("print(list)", "list = 3", "print(list)")
    assert words(use.name for use in free_uses(graph, 0)) == ""
    assert words(use.name for use in free_uses(graph, 2)) == "list"


def test_what_the_cells_own_star_import_may_give_is_not_taken_from_elsewhere() -> None:
    graph = notebook("a = 1", "b\nfrom m import *\na, b, c\ndef f(): return d")
    assert words(use.name for use in free_uses(graph, 1)) == "a b"
