"""Which blocked cells wait quietly for the cells above?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from jupyter_namespace_viz.core.analysis.cell_names import Cell
from jupyter_namespace_viz.core.graph.builder import updated_graph
from jupyter_namespace_viz.core.graph.dependency_graph import EMPTY_GRAPH
from jupyter_namespace_viz.core.kernel_state.namespace import (
    ModuleAnswer,
    Namespace,
)
from jupyter_namespace_viz.core.syntax.name_sources import StarImport
from tests.core.tools.notebooks import (
    cells,
    judged,
    kernel,
    notebook,
    run,
    statuses,
    value,
)

FRESH = kernel()


@pytest.mark.parametrize(
    ("sources", "namespace", "expected"),
    [
        pytest.param(("a = 1", "b = a", "b"), FRESH, "ready (blocked) (blocked)",
                     id="a fresh kernel: all is quiet"),
        pytest.param(("a", "a = 1"), FRESH, "blocked ready", id="provider below"),
        pytest.param(("a",), FRESH, "blocked", id="provider nowhere"),
        pytest.param(("from m import *", "a"), FRESH, "ready (blocked)", id="star import above"),
        pytest.param(("x = (\na = 1", "a"), FRESH, "syntax_error (blocked)",
                     id="the user types in the cell above"),
        pytest.param(("a = = 1", "b = a", "b"), FRESH, "syntax_error (blocked) (blocked)",
                     id="and it seems to bind the name"),
        pytest.param(("a = missing", "a"), FRESH, "blocked blocked", id="nor could its provider"),
        pytest.param(("a = 1\ndel a", "a"), FRESH, "ready blocked", id="deleted above"),
        pytest.param(("a = 1", "del a", "a"), FRESH, "ready (blocked) blocked",
                     id="deleted between"),
        pytest.param(("a = 1", "a", "c = 1"), kernel(value("c"), runs=[run(1, "c3", "c = 1")]),
                     "ready blocked fresh", id="a later cell has run"),
        pytest.param(("a = 1", "a", "c = 1"), kernel(value("c"), runs=[run(1, None, "c = 1")]),
                     "ready blocked fresh", id="a later cell has run, its client does not say so"),
        pytest.param(("a = 1", "a"), kernel(runs=[run(1, "c2", "a", succeeded=False)]),
                     "ready blocked", id="it has run itself"),
        pytest.param(("c = 1", "a = 1", "a"), kernel(value("c"), runs=[run(1, "c1", "c = 1")]),
                     "fresh ready (blocked)", id="only a cell above has run"),
        pytest.param(("a = 1", "a"), kernel(runs=[run(1, "c1", "a = 1", succeeded=False)]),
                     "ready blocked", id="its provider failed"),
        pytest.param(("if 2 > 1: a = 1", "a"), kernel(runs=[run(1, "c1", "if 2 > 1: a = 1")]),
                     "fresh blocked", id="its provider did not bind it"),
        pytest.param(("import m", "m"), kernel(modules=[ModuleAnswer("m", False)]),
                     "blocked blocked", id="a module is not installed"),
        pytest.param(("a = 1", "a"), kernel(beginning="restarted", lost=frozenset("a")),
                     "ready (blocked)", id="restarted, and nothing is on screen"),
    ],
)  # fmt: skip
def test_loud_and_quiet(sources: tuple[str, ...], namespace: Namespace, expected: str) -> None:
    assert statuses(notebook(*sources), namespace) == expected


def test_a_cell_that_shows_an_old_result_does_not_wait() -> None:
    graph = updated_graph(
        EMPTY_GRAPH, [Cell("c1", "a = 1"), Cell("c2", "a", has_result=True), Cell("c3", "a")]
    )
    assert statuses(graph, FRESH) == "ready blocked (blocked)"
    cells_judged = judged(graph, FRESH).cells
    assert [cell.is_pending for cell in cells_judged] == [False, True, True]
    ran_below = replace(FRESH, runs={"c3": run(1, "c3", "a")})
    assert [cell.is_pending for cell in judged(graph, ran_below).cells] == [False, False, False]


def test_a_name_that_no_star_import_gives_is_nothing_to_wait_for() -> None:
    sources = cells("from m import *", "a", "b")
    graph = updated_graph(EMPTY_GRAPH, sources, {StarImport("m"): frozenset("a")}.get)
    assert statuses(graph, FRESH) == "ready (blocked) blocked"
