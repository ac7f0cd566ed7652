"""Is each verdict explained in a sentence?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from jupyter_namespace_viz.core.kernel_state.namespace import (
    Namespace,
)
from jupyter_namespace_viz.core.kernel_state.provenance import Origin
from jupyter_namespace_viz.core.verdicts.explanations import (
    not_imported,
    not_installed,
    provides,
    uses,
    who,
)
from tests.core.notebooks import (
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


@pytest.mark.parametrize(
    ("origin", "subject"),
    [
        (Origin("cell", 2), "cell 3"),
        (Origin("deleted_cell"), "a cell that is gone"),
        (Origin("restored_import"), "a restored import"),
        (Origin("other_notebook"), "another notebook"),
        (Origin("console"), "a console or another program"),
        (Origin("outside"), "code from outside the notebook"),
        (Origin("unseen"), "code that was not seen"),
    ],
)
def test_who_ran_some_code(origin: Origin, subject: str) -> None:
    assert who(origin) == subject


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        ({"x": [1]}, "Defines `x`, which cell 2 needs."),
        ({"y": [2, 1], "x": [1]}, "Defines `x`, `y`, which cells 2 and 3 need."),
        ({"x": [0, 1, 2, 3]}, "Defines `x`, which cells 1, 2, 3 and more need."),
        (
            {"Python's random numbers": [1]},  # not a name
            "Defines Python's random numbers, which cell 2 needs.",
        ),
    ],
)
def test_what_a_step_of_a_plan_is_for(names: dict[str, list[int]], sentence: str) -> None:
    assert provides("Defines", names) == sentence


def test_why_a_cell_runs_after_others() -> None:
    assert uses({"y": [1], "x": [0, 1]}) == "Uses `x`, `y` of cells 1 and 2."
    assert uses({"x": [4]}) == "Uses `x` of cell 5."


MODULES = [
    (not_installed("m", None), "`m` is not installed in the kernel's environment."),
    (not_installed("m", "/py"), "`m` is not installed in the kernel's environment (`/py`)."),
    (not_installed("m.n.o", None), "`m.n` in the kernel's environment has no module `o`."),
    (
        not_imported("m", None, server_has_it=True, guarded=True),
        "`m` is not installed in the kernel's environment. The server's environment has it: this "
        "kernel runs in another. The cell goes on without it.",
    ),
]


@pytest.mark.parametrize(("sentence", "expected"), MODULES)
def test_the_sentences_on_modules(sentence: str, expected: str) -> None:
    assert sentence == expected
