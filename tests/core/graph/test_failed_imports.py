"""What does a cell read where an import whose failure it handles fails?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.analysis.reader import read_cell
from jupyter_namespace_viz.core.graph.failed_imports import as_read_without, module_not_imported
from tests.core.tools.notebooks import described_use

HANDLED = "try:\n    {}\nexcept ImportError: pass\n"
CASES: dict[str, tuple[str, str | None]] = {
    # a cell, its use of `x` where `gone` cannot be imported
    "handled": (HANDLED.format("import gone as x") + "x", "x"),
    "over several lines": (HANDLED.format("from gone import (\n    x,\n)") + "x", "x"),
    "behind another statement": (HANDLED.format("é = 1; import gone as x; y = 2") + "x", "x"),
    "in a branch": (HANDLED.format("import gone as x") + "if y: x", None),
    "where it succeeds": (HANDLED.format("import gone\n    x"), None),
    "bound by the handler": ("try: import gone as x\nexcept ImportError: x = 1\nx", None),
    "relative": (HANDLED.format("from .gone import x") + "x", "x?"),
    "before others": (HANDLED.format("import gone, x") + "x", "x"),
    "after others": (HANDLED.format("import x, y, gone") + "x", "x?"),
    "with magics": ("%matplotlib inline\n" + HANDLED.format("import gone as x") + "x", "x"),
    "of another module": (HANDLED.format("import there as x") + "x", "x?"),
}


NAMES: dict[str, tuple[str, str | None]] = {
    # a cell, the module that keeps it from binding `x` where `gone` is not there
    "handled": (HANDLED.format("import gone as x"), "gone"),
    "not handled": ("import gone as x", None),
    "only one of two": ("try: import gone as x\nexcept ImportError: import there as x", None),
    "bound otherwise": ("try: import gone as x\nexcept ImportError: x = 1", None),
    "of another module": (HANDLED.format("import there as x"), None),
    "another name": (HANDLED.format("import gone as y"), None),
}


@pytest.mark.parametrize("case", CASES)
def test_a_use(case: str) -> None:
    source, expected = CASES[case]
    uses = [use for use in read_cell(source).uses if use.name == "x" and not use.guarded]
    found = [as_read_without(use, source, frozenset({"gone"})) for use in uses]
    assert [described_use(use) for use in found if use] == ([] if expected is None else [expected])


@pytest.mark.parametrize("case", NAMES)
def test_a_name(case: str) -> None:
    source, expected = NAMES[case]
    assert module_not_imported(read_cell(source), "x", {"gone"}.__contains__) == expected
