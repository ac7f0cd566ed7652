"""Which facts about a kernel affect how cells are read?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.kernel_state.namespace import Namespace
from jupyter_namespace_viz.core.syntax.dialect import Dialect
from jupyter_namespace_viz.kernel.view import KernelView
from jupyter_namespace_viz.notebook.reading.reading_context import dialect_of


@pytest.mark.parametrize(
    ("version", "annotations_run"), [(None, True), ((3, 13), True), ((3, 14), False)]
)
def test_annotations_run_by_the_kernels_python(
    version: tuple[int, int] | None, annotations_run: bool
) -> None:
    namespace = Namespace(1, version=version)
    view = KernelView("k", "idle", "python", None, namespace, True, None)
    assert dialect_of(view, ()) == Dialect(annotations_run=annotations_run)


def test_another_language() -> None:
    view = KernelView("k", "not_python", "R", None, Namespace(1), True, None)
    assert dialect_of(view, ()) == Dialect("R")
    assert dialect_of(None, ()) == Dialect()
