"""What does a cell read where an import whose failure it handles fails?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.graph.failed_imports import uses_without
from tests.core.tools.notebooks import described_use

HANDLED = "try:\n    {}\nexcept ImportError: pass\n"
CASES: dict[str, tuple[str, str | None]] = {
    # a cell, its use of `x` where `gone` cannot be imported
    "handled": (HANDLED.format("import gone as x") + "x", "x"),
    "over several lines": (HANDLED.format("from gone import (\n    x,\n)") + "x", "x"),
    "behind another statement": (HANDLED.format("é = 1; import gone as x; y = 2") + "x", "x"),
    "in a branch": (HANDLED.format("import gone as x") + "if y: x", "x?"),
    "where it succeeds": (HANDLED.format("import gone\n    x"), None),
    "bound by the handler": ("try: import gone as x\nexcept ImportError: x = 1\nx", None),
    "relative": (HANDLED.format("from .gone import x") + "x", "x?"),
    "before others": (HANDLED.format("import gone, x") + "x", "x"),
    "after others": (HANDLED.format("import x, y, gone") + "x", "x?"),
    "with magics": ("%matplotlib inline\n" + HANDLED.format("import gone as x") + "x", "x"),
    "of another module": (HANDLED.format("import there as x") + "x", "x?"),
}


@pytest.mark.parametrize("case", CASES)
def test_a_use(case: str) -> None:
    source, expected = CASES[case]
    use = uses_without(source, frozenset({"gone"})).get("x")
    assert (None if use is None else described_use(use)) == expected
