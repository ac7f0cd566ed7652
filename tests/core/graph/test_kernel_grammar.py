"""Which cells are no Python of the kernel's version?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.graph.kernel_grammar import too_new_for, unparsed_problems
from tests.core.tools.notebooks import notebook

MATCH = "x = 1\nmatch x:\n    case 1: pass"
CASES: dict[str, tuple[str, tuple[int, int] | None, int | None]] = {
    # a cell, the kernel's version, the line that is too new for it
    "older than the kernel": (MATCH, (3, 10), None),
    "newer": (MATCH, (3, 9), 2),
    "not known": (MATCH, None, None),
    "in another language": (f"%%bash\n{MATCH}", (3, 9), None),
    "no Python at all": ("x = = 1", (3, 9), None),
    "newer than all": ("x = 1\ntype X = int", (3, 11), 2),
    "newer than ours": ("x = 1\ntype X = int", (3, 12), None),
}


@pytest.mark.parametrize("case", CASES)
def test_a_cell(case: str) -> None:
    source, version, line = CASES[case]
    found = too_new_for(notebook(source), 0, version)
    assert [problem.line for problem in found] == ([] if line is None else [line])


def test_what_no_python_parses() -> None:
    graph = notebook("x = = 1", "return", "%%bash\nx = = 1", "x = 1")
    found = [unparsed_problems(graph, index) for index in range(4)]
    assert [[problem.kind for problem in problems] for problems in found] == [
        ["syntax"], ["syntax"], [], [],
    ]  # fmt: skip
