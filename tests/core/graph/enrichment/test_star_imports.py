"""What do star imports bind whose names are known?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.analysis.bindings import Definition, ImportStatement
from jupyter_namespace_viz.core.graph.builder import updated_graph
from jupyter_namespace_viz.core.graph.dependency_graph import EMPTY_GRAPH
from jupyter_namespace_viz.core.graph.enrichment.star_imports import AtLeast
from jupyter_namespace_viz.core.graph.needs import needs_at
from jupyter_namespace_viz.core.syntax.name_sources import NameSource, RunFile, StarImport
from tests.core.tools.notebooks import cells, described_edges, described_use, words

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
    by_module = {**GIVEN, "builtin_names": frozenset({"sum"}), "some": AtLeast("a")}
    given = {StarImport(module): names for module, names in by_module.items()}
    graph = updated_graph(EMPTY_GRAPH, cells(*sources), given.get)
    assert described_edges(graph) == edges
    assert words(map(described_use, needs_at(graph, len(sources) - 1))) == needs
    star_cell = next(names for names in graph.names.values() if names.name_sources)
    assert words(definition.name for definition in star_cell.definitions) == defines
    assert updated_graph(graph, cells(*sources), given.get) is graph
    edited = updated_graph(graph, cells(*sources, "1"), given.get)
    assert all(edited.names[cell.id] is graph.names[cell.id] for cell in graph.cells)


@pytest.mark.parametrize(
    ("source", "of", "expected"),
    [
        ("from m import *", StarImport("m"), (ImportStatement("a", "m", None, "from m import *"),)),
        ("%run m.py", RunFile(("m.py",)), ()),  # no import: it does other things too
    ],
)
def test_what_imports_the_name_again(
    source: str, of: NameSource, expected: tuple[ImportStatement, ...]
) -> None:
    graph = updated_graph(EMPTY_GRAPH, cells(source, "a"), {of: frozenset("a")}.get)
    assert graph.names["c1"].definition_of("a") == Definition("a", "star_import", True, expected)
