"""Which of the names `_3` and `_i3` are bound when the cells run in order, or after runs?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.graph.output_names import (
    is_never_bound,
    is_output_name,
    is_unbound_after,
)
from tests.core.tools.notebooks import notebook

NAMES = [
    # the cells, a name that the last one reads, and whether it is not bound then
    (("1 + 1", "_1"), "_1", False),
    (("f()", "_1"), "_1", False),  # which may be None
    (("x = 1", "_1"), "_1", True),
    (("def f(): pass", "_1"), "_1", True),
    (("1;", "_1"), "_1", True),
    (("'é'; # note", "_1"), "_1", True),
    (("x\n# note;", "_1"), "_1", False),
    (("%time x;", "_1"), "_1", False),
    (("# note", "_1"), "_1", True),
    (("%%time\nx = 1", "_1"), "_1", False),
    (("%%bash\nls", "_1"), "_1", False),
    (("%time x", "_1"), "_1", False),
    (("x = = 1", "_1"), "_1", False),
    (("_1",), "_1", True),
    (("_9",), "_9", True),
    (("", "1", "  ", "_1"), "_1", False),
    (("", "1", "  ", "_2"), "_2", True),
    (("x = 1", "_i1"), "_i1", False),
    (("_i1",), "_i1", False),
    (("_i2",), "_i2", True),
    (("_", "__"), "__", False),
    (("_0x", "_x1"), "_x1", False),
]


@pytest.mark.parametrize(("sources", "name", "expected"), NAMES)
def test_which_names_are_never_bound(sources: tuple[str, ...], name: str, expected: bool) -> None:
    assert is_never_bound(notebook(*sources), name, len(sources) - 1) == expected


AFTER = [
    # the inputs by their numbers, a name, and whether it is not bound then
    ({}, "_1", True),
    ({}, "_i1", False),
    ({}, "_i2", True),
    ({1: "1"}, "_1", False),
    ({1: "x = 1"}, "_1", True),
    ({3: "1"}, "_2", False),
    ({3: "1"}, "_4", True),
    ({3: "1"}, "_i4", False),
    ({3: "1"}, "_", False),
    ({}, "x", False),
]


@pytest.mark.parametrize(("inputs", "name", "expected"), AFTER)
def test_which_names_are_not_bound_after_runs(
    inputs: dict[int, str], name: str, expected: bool
) -> None:
    assert is_unbound_after(name, inputs) == expected
    assert is_output_name(name) == (name not in {"_", "x"})
