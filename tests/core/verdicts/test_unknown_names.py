"""What is said of names when the kernel cannot tell what it holds?"""

from __future__ import annotations

from jupyter_namespace_viz.core.kernel_state.namespace import (
    EMPTY_NAMESPACE,
    Namespace,
)
from jupyter_namespace_viz.core.verdicts.verdict_types import CellVerdict, Need
from tests.core.tools.notebooks import (
    judged,
    kernel,
    notebook,
    value,
    verdict,
)

FRESH = kernel()


def test_a_kernel_that_did_not_answer() -> None:
    message = "It is unknown whether `a` exists: the kernel has not answered."
    need = Need("a", "unknown", "immediate", True, None, "cannot_ask", "c1", message, line=1)
    found = judged(notebook("a = 1", "a"), EMPTY_NAMESPACE, has_answered=False)
    assert found.cells == (
        CellVerdict("c1", "ready"),
        CellVerdict("c2", "at_risk", (need,), message=message),
    )
    assert found.summary == "The kernel has not answered."


def test_what_is_known_without_the_kernels_answer_is_counted() -> None:
    found = judged(notebook("a = 1", "a", "del b; b"), EMPTY_NAMESPACE, has_answered=False)
    assert found.summary == "The kernel has not answered: 1 cell would raise an error."


def test_what_a_silent_kernel_held_may_be_old() -> None:
    graph = notebook("a = 1", "a")
    found = judged(graph, EMPTY_NAMESPACE, is_silent=True)
    assert found.summary == "When the kernel last answered: 1 cell waits for the cells above."
    found = judged(graph, Namespace(1, names={"a": value("a")}), is_silent=True)
    assert (
        found.summary
        == "When the kernel last answered: everything this notebook needs was available."
    )


def test_a_name_that_the_cells_own_star_import_may_give() -> None:
    message = "It is unknown whether this cell itself defines `a`."
    need = Need("a", "unknown", "immediate", True, None, "star_import", None, message, line=2)
    graph = notebook("from m import *\na")
    assert verdict(graph, kernel(paths=("/lib",)), 1) == CellVerdict(
        "c1", "at_risk", (need,), message=message
    )
    assert verdict(graph, FRESH, 1) == CellVerdict("c1", "ready")  # its files are not known yet


def test_a_kernel_of_another_language() -> None:
    found = judged(notebook("x <- 1"), EMPTY_NAMESPACE, language="R")
    assert found.cells == (CellVerdict("c1", "not_python"),)
    assert found.summary == "This notebook's language is R, not Python."
