"""What does the line at the top say, and is the kernel a fresh one?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from jupyter_namespace_viz.core.kernel_state.namespace import (
    Namespace,
)
from jupyter_namespace_viz.core.vocabulary import Beginning
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
        (("a = 1",), FRESH, "Everything this notebook needs is available."),
        ((TF, USE), FRESH,
         "Nothing has run in this kernel yet: 1 cell waits for the imports of cell 1."),
        ((TF, USE, USE), kernel(beginning="restarted"),
         "The kernel was restarted: 2 cells wait for the imports of cell 1."),
        ((TF, USE), kernel(beginning="died"),
         "The kernel died and was restarted: 1 cell waits for the imports of cell 1."),
        ((TF, USE), kernel(value("b")), "1 cell waits for the imports of cell 1."),
        ((TF, USE), kernel(replace(value("b"), initial=True)),  # of a startup file
         "Nothing has run in this kernel yet: 1 cell waits for the imports of cell 1."),
        (("a = 1", "a", "a"), FRESH,
         "Nothing has run in this kernel yet: 2 cells wait for the cells above."),
        ((TF, "x = tf", "x"), FRESH,  # the last waits for cell 2 as well
         "Nothing has run in this kernel yet: 1 cell waits for the imports of cell 1, 1 cell waits "
         "for the cells above."),
        ((TF, "d = 1", "tf, d", USE, USE), FRESH,  # one of them waits for another name too
         "Nothing has run in this kernel yet: 2 cells wait for the imports of cell 1, 1 cell waits "
         "for the cells above."),
        ((TF, USE, "d = 1", "d"), FRESH,  # one of them waits for no import
         "Nothing has run in this kernel yet: 1 cell waits for the imports of cell 1, 1 cell waits "
         "for the cells above."),
        (("import a", "import b", "a, b"), FRESH,
         "Nothing has run in this kernel yet: 1 cell waits for the imports of cells 1 and 2."),
        (("import a", "import b", "import c", "import d", "a, b, c, d"), FRESH,
         "Nothing has run in this kernel yet: 1 cell waits for the imports of cells 1, 2, 3 and "
         "more."),
        (("len", "if len: b", "c = 1", "c"), FRESH,
         "Nothing has run in this kernel yet: 1 cell at risk, 1 cell waits for the cells above."),
        (("import b", "if len: b"), FRESH,
         "Nothing has run in this kernel yet: 1 cell waits for the imports of cell 1."),
        (("a = int(b)", "a", "a"), kernel(value("b"), runs=[run(1, "c1", "a = int(b)", False)]),
         "1 cell failed, 2 cells wait for the cells above."),
        (("b = 1", "1 / b", "z"), kernel(value("b"), runs=[run(1, "c2", "1 / b", False)]),
         "1 cell failed, 1 cell would raise an error."),
        (("a = 1", "b = a", "c = b"), kernel(value("a", bound_by=run(4, "c1", "a = 1")),
                                             value("b", bound_by=run(2, "c2", "b = a")),
                                             runs=[run(4, "c1", "a = 1"), run(2, "c2", "b = a"),
                                                   run(3, "c3", "c = b")]),
         "2 cells stale."),
        (("a", "b"), kernel(value("x")), "2 cells would raise an error."),
    ],
)  # fmt: skip
def test_summary(sources: tuple[str, ...], namespace: Namespace, line: str) -> None:
    assert judged(notebook(*sources), namespace).summary == line


SLOW = ("n = 1", "model = n", "model + 1", "model + 2", "if n: model", "def f(): model")


@pytest.mark.parametrize(
    ("in_flight", "is_occupied", "line"),
    [
        (["c2"], False, "Running cell 2; 3 cells wait for it."),
        (["c1"], False, "Running cell 1. 3 cells wait for the cells above."),
        (["c2", "c3"], False, "Running cell 2, 1 cell queued; 2 cells wait for them."),
        (["c2"], True, "1 cell queued; 3 cells wait for it."),
        (["c2", "c3", "c4", "c5"], True, "4 cells queued."),
    ],
)
def test_what_runs_and_what_waits_for_it(
    in_flight: list[str], is_occupied: bool, line: str
) -> None:
    verdict = judged(
        notebook(*SLOW), kernel(value("n")), in_flight=in_flight, is_occupied=is_occupied
    )
    assert verdict.summary == line


@pytest.mark.parametrize(
    ("namespace", "facts", "beginning"),
    [
        (FRESH, {}, "started"),
        (kernel(beginning="restarted", lost=frozenset("a")), {}, "restarted"),
        (kernel(beginning="died"), {}, "died"),
        (kernel(beginning="unknown"), {}, "unknown"),
        (kernel(value("z", bound_by=run(1, "elsewhere", "z = 1"))), {}, "started"),
        (kernel(runs=[run(1, "c3", "b = 1")]), {}, None),
        (kernel(value("a")), {}, None),  # no cell waits
        (FRESH, {"in_flight": ["c3"]}, None),
        (FRESH, {"in_flight": ["c3"], "is_occupied": True}, "started"),
        (FRESH, {"is_running": False}, None),
        (FRESH, {"has_answered": False}, None),
        (FRESH, {"language": "R"}, None),
    ],
)
def test_a_fresh_kernel(
    namespace: Namespace, facts: dict[str, Any], beginning: Beginning | None
) -> None:
    graph = notebook("a = 1", "a", "b = 1")
    assert judged(graph, namespace, **facts).fresh_kernel == beginning
