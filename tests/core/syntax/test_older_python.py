"""Is syntax found that is too new for the kernel's Python?"""

from __future__ import annotations

import sys

import pytest

from jupyter_namespace_viz.core.syntax.older_python import too_new_syntax

MATCH = "x = 1\nmatch x:\n    case 1: pass"
STARS = "try: pass\nexcept* ValueError: pass"


@pytest.mark.parametrize(
    ("source", "version", "line"),
    [
        (MATCH, (3, 9), 2),
        (MATCH, (3, 10), None),
        (MATCH, (2, 7), 2),
        ("%time y\n" + MATCH, (3, 8), 3),
        ("(x := 1)", (3, 7), 1),
        ("(x := 1)", (3, 8), None),
        ("x = = 1", (3, 8), None),
        ("x = 1\0", (3, 8), None),
        (MATCH, sys.version_info[:2], None),
        (MATCH + "\n" + "x = 1\n" * 4_000, (3, 9), None),
    ],
)
def test_too_new(source: str, version: tuple[int, int], line: int | None) -> None:
    found = too_new_syntax(source, version)
    assert [problem.line for problem in found] == ([] if line is None else [line])
    for problem in found:
        number = ".".join(map(str, version))
        assert problem.message == f"This syntax is newer than the kernel's Python {number}."
