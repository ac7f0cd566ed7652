"""Did anything change that verdicts depend on?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from jupyter_namespace_viz.core.verdicts.context import NotebookClients, VerdictContext
from tests.core.tools.notebooks import kernel, value

NAMESPACE = kernel(value("x"))
CONTEXT = VerdictContext(NAMESPACE)

OTHERS: dict[str, VerdictContext] = {
    "another namespace": replace(CONTEXT, namespace=kernel()),
    "the end of the kernel": replace(CONTEXT, is_running=False),
    "no answer": replace(CONTEXT, has_answered=False),
    "silence": replace(CONTEXT, is_silent=True),
    "another language": replace(CONTEXT, language="R"),
    "a queued cell": replace(CONTEXT, clients=NotebookClients(in_flight=("c1",))),
    "a deleted cell": replace(CONTEXT, clients=NotebookClients(deleted_cells=frozenset({"c1"}))),
    "a cell that is code no more": replace(
        CONTEXT, clients=NotebookClients(not_code=frozenset({"c1"}))
    ),
    "another client": replace(CONTEXT, clients=NotebookClients(sessions=frozenset({"ours"}))),
}


@pytest.mark.parametrize("case", OTHERS)
def test_a_context_is_another_after(case: str) -> None:
    assert not OTHERS[case].is_same_as(CONTEXT)
    assert not CONTEXT.is_same_as(OTHERS[case])


def test_a_context_in_which_nothing_changed_is_the_same() -> None:
    assert VerdictContext(NAMESPACE, clients=NotebookClients()).is_same_as(CONTEXT)


def test_an_equal_namespace_is_another_one() -> None:
    """The replica of a namespace makes a new value with each change: nothing is compared."""
    assert not VerdictContext(kernel(value("x"))).is_same_as(CONTEXT)


@pytest.mark.parametrize(("language", "expected"), [("python", True), ("R", False), ("", False)])
def test_a_kernel_of_python(language: str, expected: bool) -> None:
    assert VerdictContext(language=language).is_python == expected
