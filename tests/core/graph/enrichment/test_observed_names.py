"""What were cells observed to bind, and do cells with these texts then provide it?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.analysis.reader import read_cell
from jupyter_namespace_viz.core.graph.builder import updated_graph
from jupyter_namespace_viz.core.graph.dependency_graph import EMPTY_GRAPH
from jupyter_namespace_viz.core.graph.enrichment.observed_names import MOST_TEXTS, observed_names
from tests.core.tools.notebooks import cells, described_edges

EXPECTED: dict[str, tuple[list[str], dict[str, set[str]], list[str]]] = {
    # texts, what was observed by text, edges
    "nothing observed": (["f()", "x"], {}, []),
    "observed": (["f()", "x"], {"f()": {"x"}}, ["c1 -> c2: x"]),
    "not by this text": (["f(1)", "x"], {"f()": {"x"}}, []),
    "further down": (["x", "f()"], {"f()": {"x"}}, ["c2 -> c1: x"]),
    "also shown by another cell": (
        ["x = 1", "f()", "x"], {"f()": {"x"}}, ["c1 -> c3: x", "c2 -> c3: x"],
    ),
    "shown by the text itself": (["x = 1", "x"], {"x = 1": {"x"}}, ["c1 -> c2: x"]),
}  # fmt: skip


@pytest.mark.parametrize("case", EXPECTED)
def test_the_edges(case: str) -> None:
    sources, observed, edges = EXPECTED[case]
    frozen = {text: frozenset(names) for text, names in observed.items()}
    graph = updated_graph(EMPTY_GRAPH, cells(*sources), observed=frozen)
    assert described_edges(graph) == edges


def test_they_are_never_certain() -> None:
    graph = updated_graph(EMPTY_GRAPH, cells("f()"), observed={"f()": frozenset("xy")})
    found = graph.names["c1"].definitions
    assert [(it.name, it.kind, it.certain) for it in found] == [
        ("x", "observed", False),
        ("y", "observed", False),
    ]


OBSERVED: dict[str, tuple[list[tuple[str, str]], dict[str, set[str]]]] = {
    # names with the texts that bound them, what is remembered
    "nothing": ([], {}),
    "shown by the text": ([("x", "x = 1")], {}),
    "not shown": ([("x", "f()")], {"f()": {"x"}}),
    "computed code": ([("x", "exec(t)")], {"exec(t)": {"x"}}),
    "a star import": ([("x", "from m import *")], {}),
    "names of IPython": ([("_1", "f()")], {}),
    "several": ([("x", "f()"), ("y", "f()")], {"f()": {"x", "y"}}),
}


@pytest.mark.parametrize("case", OBSERVED)
def test_what_is_remembered(case: str) -> None:
    bound, expected = OBSERVED[case]
    assert observed_names({}, bound, read_cell) == expected


def test_what_was_known_before_is_kept() -> None:
    before = {"f()": frozenset("a"), "g()": frozenset("b")}
    found = observed_names(before, [("x", "f()")], read_cell)
    assert found == {"f()": {"a", "x"}, "g()": {"b"}}


def test_the_oldest_texts_are_forgotten() -> None:
    before = {f"f({n})": frozenset("x") for n in range(MOST_TEXTS)}
    found = observed_names(before, [("x", "f()")], read_cell)
    assert len(found) == MOST_TEXTS
    assert "f(0)" not in found
    assert found["f()"] == {"x"}
