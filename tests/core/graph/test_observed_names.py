"""Do cells provide what earlier runs of their texts were observed to bind?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.graph.builder import updated_graph
from jupyter_namespace_viz.core.graph.dependency_graph import EMPTY_GRAPH
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
