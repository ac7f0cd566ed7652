"""Is only what changed read again, with the same result as a new graph?"""

from __future__ import annotations

import random

import pytest

from jupyter_namespace_viz.core.analysis.cell_names import Cell
from jupyter_namespace_viz.core.analysis.reader import read_cell
from jupyter_namespace_viz.core.graph.builder import updated_graph
from jupyter_namespace_viz.core.graph.dependency_graph import EMPTY_GRAPH
from jupyter_namespace_viz.core.graph.enrichment.star_imports import nothing_known
from tests.core.tools.notebooks import cells, described_edges, notebook


def test_nothing_changed_gives_the_old_graph_itself() -> None:
    graph = notebook("a = 1", "b = a")
    assert updated_graph(graph, list(graph.cells)) is graph
    assert updated_graph(graph, cells("a = 1", "b = a")) is graph
    assert updated_graph(EMPTY_GRAPH, []) is EMPTY_GRAPH


def test_only_changed_cells_are_read() -> None:
    sources = [f"only_changed_{number} = {number}" for number in range(50)]
    graph = notebook(*sources)
    before = read_cell.misses
    sources[7] = "only_changed_7 = only_changed_6"
    changed = updated_graph(graph, cells(*sources))
    assert read_cell.misses == before + 1
    assert described_edges(changed) == ["c7 -> c8: only_changed_6"]
    moved = updated_graph(changed, changed.cells[::-1])
    assert read_cell.misses == before + 1
    assert described_edges(moved) == ["c7 -> c8: only_changed_6"]
    assert moved.index_of["c8"] < moved.index_of["c7"]


def test_inputs_stay_as_they_are() -> None:
    given = cells("a = 1", "b = a")
    graph = updated_graph(EMPTY_GRAPH, given)
    copy = (list(given), dict(graph.names), graph.edges)
    given.append(Cell("c3", "a"))
    longer = updated_graph(graph, given)
    assert (given[:2], dict(graph.names), graph.edges) == copy
    assert len(EMPTY_GRAPH.cells) == 0
    assert described_edges(longer) == ["c1 -> c2: a", "c1 -> c3: a"]


LINES = [
    "a = 1",
    "b = a",
    "a + b",
    "c = b\ndel a",
    "def f(): return a",
    "f()",
    "a = 2\nf()",
    "if b: a = 3",
    "def g():\n    global b\n    b = f()",
    "g()",
    "%reset -f",
    "from m import *",
    "1",
]


@pytest.mark.parametrize("seed", range(20))
def test_after_any_edits_the_edges_are_those_of_a_new_graph(seed: int) -> None:
    chance = random.Random(seed)
    shown = [Cell(f"c{number}", chance.choice(LINES)) for number in range(8)]
    graph = updated_graph(EMPTY_GRAPH, shown)
    for _ in range(30):
        for _ in range(chance.randint(1, 3)):
            place = chance.randrange(len(shown))
            shown[place] = Cell(shown[place].id, chance.choice(LINES))
        if chance.random() < 0.2:
            chance.shuffle(shown)
        exported = frozenset(chance.sample("abc", chance.randrange(4)))
        lookup = chance.choice([nothing_known, lambda _, exported=exported: exported])
        graph = updated_graph(graph, shown, lookup, is_read_alike=False)
        new = updated_graph(EMPTY_GRAPH, shown, lookup)
        assert (graph.names, graph.edges) == (new.names, new.edges)


def test_cells_that_are_read_in_another_way() -> None:
    graph = notebook("from m import *", "a = 1", "b")
    known = updated_graph(graph, graph.cells, lambda _: frozenset("b"), is_read_alike=False)
    assert described_edges(graph) == ["c1 -> c3: b"]
    assert [it.name for it in known.names["c1"].definitions] == ["b"]
    assert updated_graph(known, graph.cells, lambda _: frozenset("b"), is_read_alike=False) is known


def test_a_change_that_reads_the_same_keeps_the_edges_right() -> None:
    graph = notebook("a = 1", "b = a")
    assert described_edges(updated_graph(graph, cells("c = 1", "b = a"))) == []
    assert described_edges(updated_graph(graph, cells("a = 1"))) == []
    assert described_edges(updated_graph(graph, [])) == []
