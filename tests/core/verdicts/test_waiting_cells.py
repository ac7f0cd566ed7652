"""Which cells wait quietly for the cells above?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.graph.builder import updated_graph
from jupyter_namespace_viz.core.graph.dependency_graph import EMPTY_GRAPH
from jupyter_namespace_viz.core.kernel_state.namespace import (
    ModuleAnswer,
    Namespace,
)
from jupyter_namespace_viz.core.syntax.name_sources import StarImport
from tests.core.tools.notebooks import (
    cells,
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
        pytest.param(("a = missing", "a"), FRESH, "blocked (blocked)",
                     id="its provider is loud, and is the cause"),
        pytest.param(("a = missing", "b = a", "b"), FRESH, "blocked (blocked) (blocked)",
                     id="by way of a cell that waits"),
        pytest.param(("c = len('')", "a = 1", "if c: a"), kernel(value("c")),
                     "ready ready (at_risk)", id="at risk without a cell above"),
        pytest.param(("c = len('')", "if c: a"), kernel(value("c")), "ready at_risk",
                     id="at risk whatever runs above"),
        pytest.param(("c = len('')", "if c: a", "a = 1"), kernel(value("c")), "ready at_risk ready",
                     id="at risk, and the provider is below"),
        pytest.param(("import m", "m"), kernel(value("m")), "ready at_risk", id="clobbered"),
        pytest.param(("a = 1\ndel a", "a"), FRESH, "ready blocked", id="deleted above"),
        pytest.param(("a = 1", "del a", "a"), FRESH, "ready (blocked) blocked",
                     id="deleted between"),
        pytest.param(("a = 1", "def f(): a += 1\nf()", "from m import *", "a = 1\ndel a\na"), FRESH,
                     "ready blocked ready blocked", id="unbound where it is read"),
        pytest.param(("a = 1", "a", "c = 1"), kernel(value("c"), runs=[run(1, "c3", "c = 1")]),
                     "ready blocked fresh", id="a later cell has run"),
        pytest.param(("a = 1", "a"), kernel(runs=[run(1, "c2", "a", succeeded=False)]),
                     "ready failed", id="it has run itself"),
        pytest.param(("a = 1", "a + 1"), kernel(runs=[run(1, "c2", "a", succeeded=False)]),
                     "ready blocked", id="it has run itself, with another text"),
        pytest.param(("c = 1", "a = 1", "a"), kernel(value("c"), runs=[run(1, "c1", "c = 1")]),
                     "fresh ready (blocked)", id="only a cell above has run"),
        pytest.param(("a = 1", "a"), kernel(runs=[run(1, "c1", "a = 1", succeeded=False)]),
                     "failed (blocked)", id="its provider failed, and is loud"),
        pytest.param(("a = 2", "a"), kernel(runs=[run(1, "c1", "b = 1")]),
                     "stale (blocked)", id="its provider was edited since it ran"),
        pytest.param(("a = 1", "a"),
                     kernel(runs=[run(1, "c1", "a = 1")],
                            deleted_by={"a": run(2, None, "del a", True)}),
                     "fresh blocked", id="deleted since its provider ran"),
        pytest.param(("a = 1", "del a", "a = 2", "a"),
                     kernel(runs=[run(1, "c1", "a = 1"), run(2, "c2", "del a")],
                            deleted_by={"a": run(2, "c2", "del a")}),
                     "fresh blocked ready (blocked)", id="deleted, and bound again above"),
        pytest.param(("a = 1", "%reset -f", "a"), FRESH, "ready ready blocked",
                     id="all is deleted between"),
        pytest.param(("a = 1", "a", "c = 1"), kernel(running=("c3",)),
                     "ready blocked running", id="a later cell runs"),
        pytest.param(("c = 1", "a = 1", "a"), kernel(running=("c1",)),
                     "running ready (blocked)", id="a cell above runs"),
        pytest.param(("if [1]: a = 1", "a"), kernel(runs=[run(1, "c1", "if [1]: a = 1")]),
                     "fresh blocked", id="its provider did not bind it"),
        pytest.param(("import m", "m"), kernel(modules=[ModuleAnswer("m", False)]),
                     "blocked (blocked)", id="a module is not installed: the import is loud"),
        pytest.param(("a = 1", "a"), kernel(beginning="restarted", lost=frozenset("a")),
                     "ready (blocked)", id="restarted"),
        pytest.param(("from m import *", "a", "b"), kernel(former_star_names={"m": {"a"}}),
                     "ready (blocked) blocked", id="the star import did not give it before"),
        pytest.param(("from m import *", "exec(t)", "b"), kernel(former_star_names={"m": {"a"}}),
                     "ready blocked (blocked)", id="other code may bind it"),
    ],
)  # fmt: skip
def test_loud_and_quiet(sources: tuple[str, ...], namespace: Namespace, expected: str) -> None:
    assert statuses(notebook(*sources), namespace) == expected


def test_a_name_that_no_star_import_gives_is_nothing_to_wait_for() -> None:
    sources = cells("from m import *", "a", "b")
    graph = updated_graph(EMPTY_GRAPH, sources, {StarImport("m"): frozenset("a")}.get)
    assert statuses(graph, FRESH) == "ready (blocked) blocked"
