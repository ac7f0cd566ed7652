"""What does the line at the top say?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from jupyter_namespace_viz.core.kernel_state.namespace import (
    Namespace,
)
from tests.core.tools.notebooks import (
    judged,
    kernel,
    notebook,
    run,
    value,
)

TF, USE = "import tensorflow as tf", "print(tf.__version__)"
FRESH = kernel()


@pytest.mark.parametrize(
    ("sources", "namespace", "line"),
    [
        ((), FRESH, "No code cells."),
        (("a = 1",), FRESH, "Everything this notebook needs is live."),
        ((TF, USE), FRESH,
         "Nothing has run in this kernel yet: 1 cell waits for the imports of cell 1."),
        ((TF, USE, USE), kernel(beginning="restarted"),
         "The kernel was restarted: 2 cells wait for the imports of cell 1."),
        ((TF, USE), kernel(beginning="died"),
         "The kernel was restarted: 1 cell waits for the imports of cell 1."),
        ((TF, USE), kernel(value("b")), "1 cell waits for the imports of cell 1."),
        ((TF, USE), kernel(replace(value("b"), initial=True)),  # of a startup file
         "Nothing has run in this kernel yet: 1 cell waits for the imports of cell 1."),
        (("a = 1", "a", "a"), FRESH,
         "Nothing has run in this kernel yet: 2 cells wait for the cells above."),
        ((TF, "x = tf", "x"), FRESH,  # by way of cell 2
         "Nothing has run in this kernel yet: 2 cells wait for the imports of cell 1."),
        ((TF, USE, "d = 1", "d"), FRESH,  # one of them waits for no import
         "Nothing has run in this kernel yet: 2 cells wait for the cells above."),
        (("import a", "import b", "a, b"), FRESH,
         "Nothing has run in this kernel yet: 1 cell waits for the imports of cells 1 and 2."),
        (("import a", "import b", "import c", "import d", "a, b, c, d"), FRESH,
         "Nothing has run in this kernel yet: 1 cell waits for the imports of cells 1, 2, 3 and "
         "more."),
        (("len", "if len: b", "c = 1", "c"), FRESH,
         "Nothing has run in this kernel yet: 1 cell at risk, 1 cell waits for the cells above."),
        (("a = 1", "b = a", "c = b"), kernel(value("a", bound_by=run(4, "c1", "a = 1")),
                                             value("b", bound_by=run(2, "c2", "b = a")),
                                             runs=[run(4, "c1", "a = 1"), run(2, "c2", "b = a"),
                                                   run(3, "c3", "c = b")]),
         "2 cells out of date."),
        (("a", "b"), kernel(value("x")), "2 cells would raise an error."),
    ],
)  # fmt: skip
def test_summary(sources: tuple[str, ...], namespace: Namespace, line: str) -> None:
    assert judged(notebook(*sources), namespace).summary == line
