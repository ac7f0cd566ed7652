"""Are cells connected to the cells that provide what they use?"""

from __future__ import annotations

import random

import pytest

from jupyter_namespace_viz.core.analysis.cells import Cell
from jupyter_namespace_viz.core.analysis.reader import read_cell
from jupyter_namespace_viz.core.graph.builder import updated_graph
from jupyter_namespace_viz.core.graph.dependency_graph import EMPTY_GRAPH, free_uses
from jupyter_namespace_viz.core.graph.needs import needs_at
from jupyter_namespace_viz.core.graph.star_imports import AtLeast
from tests.core.notebooks import cells, described_edges, described_use, notebook, words


@pytest.mark.parametrize(
    ("sources", "edges"),
    [
        pytest.param((), [], id="no cells"),
        pytest.param(("a = 1", "b = a", "a + b"), ["c1 -> c2: a", "c1 -> c3: a", "c2 -> c3: b"],
                     id="direct only"),
        pytest.param(("a = b = 1", "a, b"), ["c1 -> c2: a b"], id="several names"),
        pytest.param(("a = 1", "a = 2", "a"), ["c2 -> c3: a"], id="the nearest earlier cell"),
        pytest.param(("a", "a = 1", "a = 2"), ["c2 -> c1: a"], id="else the nearest later one"),
        pytest.param(("a = 1", "a = a + 1", "a"), ["c1 -> c2: a", "c2 -> c3: a"], id="rebinding"),
        pytest.param(("a = a + 1",), [], id="never itself"),
        pytest.param(("a = b", "b = a"), ["c2 -> c1: b", "c1 -> c2: a"], id="a circle"),
        pytest.param(("print(1)", "print = 2"), [], id="a builtin is not taken from below"),
        pytest.param(("print = 2", "print(1)"), ["c1 -> c2: print"], id="but from above"),
        pytest.param(("def f(): return a", "a = 1", "f()"), ["c2 -> c1: a", "c1 -> c3: f"],
                     id="a deferred use has a provider too"),
        pytest.param(("a = 1", "try: a\nexcept NameError: pass"), ["c1 -> c2: a"], id="guarded"),
        pytest.param(("if x: a = 1", "a"), ["c1 -> c2: a"], id="bound perhaps"),
        pytest.param(("a = 1\ndel a", "a"), [], id="deleted in its own cell"),
        pytest.param(("from m import *", "a"), ["c1 -> c2: a"], id="who else but a star import"),
        pytest.param(("from m import *", "from n import *", "a"), ["c2 -> c3: a"],
                     id="the nearest star import"),
        pytest.param(("from m import *", "from n import *\na"), [], id="its own star import"),
        pytest.param(("from m import *", "a = 1", "a"), ["c2 -> c3: a"],
                     id="a cell that defines it before a star import"),
        pytest.param(("a", "from m import *"), [], id="a star import further down"),
        pytest.param(("from m import *", "print(_)"), [], id="given names are not taken from it"),
        pytest.param(("from m import *", "!ls {a}"), [], id="a guarded use"),
        pytest.param(("a = 1", "def f(): return a", "a = 2", "f()"),
                     ["c1 -> c2: a", "c3 -> c2: a", "c2 -> c4: f"], id="bound again before a call"),
        pytest.param(("a = 1", "def f(): return a", "f()", "a = 2"),
                     ["c1 -> c2: a", "c2 -> c3: f"], id="bound again after it"),
        pytest.param(("a = 1", "def f(): return a", "a = 2\nf()"),
                     ["c1 -> c2: a", "c3 -> c2: a", "c2 -> c3: f"], id="by the calling cell"),
        pytest.param(("a = 1", "def f(): return a", "def g(): return f()", "a = 2", "g()"),
                     ["c1 -> c2: a", "c4 -> c2: a", "c2 -> c3: f", "c3 -> c5: g"],
                     id="by way of another function"),
        pytest.param(("a = 1", "def f(): return a", "a = 2", "g = f"),
                     ["c1 -> c2: a", "c2 -> c4: f"], id="not when it is only mentioned"),
        pytest.param(("a = 1", "def f(): return a", "def g():\n    if b: f()", "a = 2", "g()"),
                     ["c1 -> c2: a", "c4 -> c2: a", "c2 -> c3: f", "c3 -> c5: g"],
                     id="called on some path"),
        pytest.param(("def f():\n    global n\n    n = 1", "f()", "n"),
                     ["c1 -> c2: f", "c2 -> c3: n"], id="a global that a call assigns"),
        pytest.param(("def f():\n    global n\n    n = 1", "def g(): f()", "g()", "n"),
                     ["c1 -> c2: f", "c2 -> c3: g", "c3 -> c4: n"],
                     id="by way of another function"),
        pytest.param(("def f():\n    global n\n    n = 1", "f = len", "f('')", "n"),
                     ["c2 -> c3: f"], id="not of a function that is gone"),
        pytest.param(("a = 1", "if b: a = 2", "a"), ["c1 -> c3: a", "c2 -> c3: a"],
                     id="the one above may have bound it"),
        pytest.param(("a = 1", "a = 2", "if b: a = 3", "a"), ["c2 -> c4: a", "c3 -> c4: a"],
                     id="up to one that has bound it for certain"),
        pytest.param(("a = 1", "%reset -f", "a = 2", "a"), ["c3 -> c4: a"], id="after a reset"),
        pytest.param(("a = 1", "%reset -f", "a", "a = 2"), ["c4 -> c3: a"],
                     id="a reset takes what was above it"),
        pytest.param(("a = 1", "%reset -f\na = 2", "a"), ["c2 -> c3: a"], id="reset, then bound"),
        pytest.param(("from __future__ import annotations", "x: T = 1", "T = 1"), [],
                     id="annotations are not evaluated any more"),
        pytest.param(("x: T = 1", "from __future__ import annotations", "T = 1"), ["c3 -> c1: T"],
                     id="those above were"),
        pytest.param(("a = 1", "", "%%bash\na", "a = = 2\na"), ["c1 -> c4: a"], id="odd cells"),
    ],
)  # fmt: skip
def test_edges(sources: tuple[str, ...], edges: list[str]) -> None:
    assert described_edges(notebook(*sources)) == edges


@pytest.mark.parametrize(
    ("sources", "needs"),
    [
        pytest.param(("a + b.c",), "a b", id="free names"),
        pytest.param(("try: a\nexcept NameError: b",), "NameError? b?", id="guarded is no need"),
        pytest.param(("def f(): return a", "f"), "a?<f f", id="a mention may be a call"),
        pytest.param(("def f(): return a", "f()"), "a<f f", id="across cells"),
        pytest.param(("def f(): return g()", "def g(): return a", "f()"), "a<f f g<f",
                     id="functions that call functions"),
        pytest.param(("def f():\n  f()\n  g()", "def g(): f(a)", "g()"), "a<g f<g g",
                     id="recursion"),
        pytest.param(("def f():\n  if a: return b", "f()"), "a<f b?<f f", id="a branch of it"),
        pytest.param(("def f(): return a", "if b: f()"), "a?<f b f?", id="a call in a branch"),
        pytest.param(("def f(): return a", "def g(): return f()\ng()"), "a<g f<g",
                     id="by way of the cell's own function"),
        pytest.param(("def f(): return a", "f()\na"), "a f", id="its own reading leads"),
        pytest.param(("def f(): return a", "a = 1\nf()"), "f", id="bound before the call"),
        pytest.param(("def f(): return a", "f()\na = 1"), "a<f f", id="bound after the call"),
        pytest.param(("def f(): return a", "if b: a = 1\nf()"), "a<f b f",
                     id="bound perhaps before the call"),
        pytest.param(("def f(): return a", "for a in b:\n    f()"), "b f", id="bound by the loop"),
        pytest.param(("class C:\n  def __init__(self): a\n  def m(self): b", "C()"), "C a<C b?<C",
                     id="making an object runs __init__"),
        pytest.param(("def f(): return a", "f = len", "f()"), "f", id="a rebound function"),
        pytest.param(("from m import *", "from n import *\na"), "a*", id="its own star import"),
        pytest.param(("def f(): return a",), "~a", id="deferred"),
    ],
)  # fmt: skip
def test_needs_of_the_last_cell(sources: tuple[str, ...], needs: str) -> None:
    assert words(map(described_use, needs_at(notebook(*sources), len(sources) - 1))) == needs


def test_builtins_are_free_where_a_cell_above_defines_them() -> None:
    graph = notebook("print(list)", "list = 3", "print(list)")
    assert words(use.name for use in free_uses(graph, 0)) == ""
    assert words(use.name for use in free_uses(graph, 2)) == "list"


def test_what_the_cells_own_star_import_may_give_is_not_taken_from_elsewhere() -> None:
    graph = notebook("a = 1", "b\nfrom m import *\na, b, c\ndef f(): return d")
    assert words(use.name for use in free_uses(graph, 1)) == "a b"


GIVEN = {"m": frozenset("abc"), "n": frozenset("cd"), "empty": frozenset()}


@pytest.mark.parametrize(
    ("sources", "edges", "needs", "defines"),
    [
        pytest.param(("from m import *", "a + b"), ["c1 -> c2: a b"], "a b", "a b", id="known"),
        pytest.param(("from m import *", "x"), [], "x", "", id="a name that it does not give"),
        pytest.param(("from m import *", "from n import *", "a, c"), ["c1 -> c3: a", "c2 -> c3: c"],
                     "a c", "a c", id="the later one wins"),
        pytest.param(("from m import *\nfrom unknown import *", "a, x"), ["c1 -> c2: a x"], "a x",
                     "a", id="one of them is known"),
        pytest.param(("c = 1", "from m import *", "c"), ["c2 -> c3: c"], "c", "c",
                     id="what it gives hides what was before"),
        pytest.param(("from m import *\na = 1", "a"), ["c1 -> c2: a"], "a", "a",
                     id="what the cell binds itself"),
        pytest.param(("b = 1", "from m import *\nb, x"), [], "x", "b", id="in the cell itself"),
        pytest.param(("b = 1", "b\nfrom m import *"), ["c1 -> c2: b"], "b", "b",
                     id="in the cell itself, too late"),
        pytest.param(("from builtin_names import *", "sum"), ["c1 -> c2: sum"], "sum", "sum",
                     id="a name of a builtin"),
        pytest.param(("from m import *", "def f(): return a", "f()"),
                     ["c1 -> c2: a", "c2 -> c3: f"], "a<f f", "a", id="read by a function"),
        pytest.param(("from some import *", "a, x"), ["c1 -> c2: a x"], "a x", "a",
                     id="it may give others"),
        pytest.param(("from some import *\nb = a, x",), [], "x*", "a b",
                     id="others in the cell itself"),
    ],
)  # fmt: skip
def test_star_imports_whose_names_are_known(
    sources: tuple[str, ...], edges: list[str], needs: str, defines: str
) -> None:
    given = {**GIVEN, "builtin_names": frozenset({"sum"}), "some": AtLeast("a")}
    graph = updated_graph(EMPTY_GRAPH, cells(*sources), given.get)
    assert described_edges(graph) == edges
    assert words(map(described_use, needs_at(graph, len(sources) - 1))) == needs
    star_cell = next(names for names in graph.names.values() if names.star_imports)
    assert words(definition.name for definition in star_cell.definitions) == defines
    assert updated_graph(graph, cells(*sources), given.get) is graph
    edited = updated_graph(graph, cells(*sources, "1"), given.get)
    assert all(edited.names[cell.id] is graph.names[cell.id] for cell in graph.cells)


def test_places() -> None:
    graph = notebook("from m import *", "a = 1", "a = 2", "from n import *")
    assert dict(graph.positions) == {"c1": 0, "c2": 1, "c3": 2, "c4": 3}
    assert dict(graph.definers) == {"a": (1, 2)}
    assert graph.stars == (0, 3)
    assert [graph.star_at(position) for position in range(5)] == [None, 0, 0, 0, 3]
    assert [graph.provider_at("a", position) for position in range(5)] == [1, 2, 1, 2, 2]
    assert graph.provider_at("b", 0) is None


def test_nothing_changed_gives_the_old_graph_itself() -> None:
    graph = notebook("a = 1", "b = a")
    assert updated_graph(graph, list(graph.cells)) is graph
    assert updated_graph(graph, cells("a = 1", "b = a")) is graph
    assert updated_graph(EMPTY_GRAPH, []) is EMPTY_GRAPH


def test_only_changed_cells_are_read() -> None:
    sources = [f"only_changed_{number} = {number}" for number in range(50)]
    graph = notebook(*sources)
    before = read_cell.cache_info().misses
    sources[7] = "only_changed_7 = only_changed_6"
    changed = updated_graph(graph, cells(*sources))
    assert read_cell.cache_info().misses == before + 1
    assert described_edges(changed) == ["c7 -> c8: only_changed_6"]
    moved = updated_graph(changed, changed.cells[::-1])
    assert read_cell.cache_info().misses == before + 1
    assert described_edges(moved) == ["c7 -> c8: only_changed_6"]
    assert moved.positions["c8"] < moved.positions["c7"]


def test_inputs_stay_as_they_are() -> None:
    given = cells("a = 1", "b = a")
    graph = updated_graph(EMPTY_GRAPH, given)
    copy = (list(given), dict(graph.names), graph.edges)
    given.append(Cell("c3", "a"))
    longer = updated_graph(graph, given)
    assert (given[:2], dict(graph.names), graph.edges) == copy
    assert len(EMPTY_GRAPH.cells) == 0
    assert described_edges(longer) == ["c1 -> c2: a", "c1 -> c3: a"]


def test_a_result_changes_no_edge() -> None:
    graph = notebook("a = 1", "b = a")
    shown = updated_graph(graph, [graph.cells[0], Cell("c2", "b = a", has_result=True)])
    assert shown.cells[1].has_result
    assert shown.edges is graph.edges


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
        graph = updated_graph(graph, shown)
        assert graph.edges == updated_graph(EMPTY_GRAPH, shown).edges


def test_a_change_that_reads_the_same_keeps_the_edges_right() -> None:
    graph = notebook("a = 1", "b = a")
    assert described_edges(updated_graph(graph, cells("c = 1", "b = a"))) == []
    assert described_edges(updated_graph(graph, cells("a = 1"))) == []
    assert described_edges(updated_graph(graph, [])) == []
