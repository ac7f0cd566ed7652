"""Which cells would raise, whatever runs before them?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from jupyter_namespace_viz.core.kernel_state.namespace import ModuleAnswer
from jupyter_namespace_viz.core.plan.runnable_cells import cells_that_raise, repairs_of
from jupyter_namespace_viz.core.verdicts.verdict_types import CellVerdict, Need
from tests.core.tools.notebooks import judged, kernel, notebook, run
from tests.core.tools.played_stories import play

CASES = [
    pytest.param(("a = 1", "a"), "", id="all can run"),
    pytest.param(("a = gone", "b = a", "b", "c = 1"), "c1 c2 c3", id="a name that no cell defines"),
    pytest.param(("if a: b", "b"), "c1 c2", id="even in a condition"),
    pytest.param(("if []: gone",), "", id="not what may not be read"),
    pytest.param(("a = (", "a", "%%bash", ""), "c1 c2 c3 c4", id="what is no Python"),
    pytest.param(("a = a",), "c1", id="what only the cell itself defines"),
    pytest.param(("a = b", "b = a", "b"), "c1 c2 c3", id="a circle"),
]


@pytest.mark.parametrize(("sources", "expected"), CASES)
def test_cells_that_raise(sources: tuple[str, ...], expected: str) -> None:
    assert " ".join(sorted(cells_that_raise(play(sources, "").verdict()))) == expected


@pytest.mark.parametrize(
    ("sources", "story", "expected"),
    [
        (("a = 1", "b = a"), "2", ""),  # it failed for want of a name that a run binds
        (("a = 1", "b = gone"), "2", "c2"),
        (("a = 1", "b = a / 0"), "1 2", "c2"),
    ],
)
def test_failed_cells_that_would_fail_again(
    sources: tuple[str, ...], story: str, expected: str
) -> None:
    assert " ".join(sorted(cells_that_raise(play(sources, story).verdict()))) == expected


def test_a_cell_that_was_interrupted_need_not_be_again() -> None:
    interrupted = replace(run(1, "c1", "a = 1", False), error="KeyboardInterrupt")
    verdict = judged(notebook("a = 1", "a"), kernel(runs=[interrupted]))
    assert verdict.cells[0].status == "failed"
    assert cells_that_raise(verdict) == frozenset()


TF, USE = "import tensorflow as tf", "tf.__version__"


@pytest.mark.parametrize(
    ("sources", "target", "repairs"),
    [
        ((TF, USE), 1, ("cells", "imports")),
        (("a = 1", "a"), 1, ("cells",)),
        ((TF, "if a: tf"), 1, ("cells", "imports")),
        (("from m import *", "a"), 1, ("cells", "imports")),
        (("%run m.py", "a"), 1, ("cells",)),  # no import: it does other things too
        (("a",), 0, ()),  # no cell defines it
        (("a = gone", "a"), 1, ()),  # its cell cannot run
        (("import m\ngone", "m"), 1, ("imports",)),  # nor can this one, but its import can
        (("import nowhere",), 0, ()),  # not installed: nothing to run would help
        (("a = 1", "def f(): return a"), 1, ()),  # needed by those that call f
    ],
)
def test_repairs(sources: tuple[str, ...], target: int, repairs: tuple[str, ...]) -> None:
    modules = {"nowhere": ModuleAnswer("nowhere", False)}
    verdict = judged(notebook(*sources), replace(kernel(), modules=modules))
    raising = cells_that_raise(verdict, failed_again=False)
    assert repairs_of(verdict.cells[target], raising) == [*repairs]


MISSING = Need("x", "missing", "immediate", True, provider="c1")
IMPORTED = Need("m", "missing", "immediate", True, provider="c1", by_import=True)
OWN = Need("y", "missing", "immediate", True, provider="c2")


@pytest.mark.parametrize(
    ("needs", "modes"),
    [
        ((), ()),
        ((MISSING,), ("cells",)),
        ((IMPORTED,), ("cells", "imports")),
        ((MISSING, IMPORTED), ("cells", "imports")),
        ((OWN,), ()),  # a run of the cell itself is no remedy for it
        ((Need("x", "live", "immediate", True, provider="c1"),), ()),
    ],
)
def test_the_remedies_of_a_cell(needs: tuple[Need, ...], modes: tuple[str, ...]) -> None:
    assert repairs_of(CellVerdict("c2", "blocked", needs), ()) == [*modes]
