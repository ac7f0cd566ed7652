"""Which names does a cell that raises leave unbound?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from jupyter_namespace_viz.core.analysis.reader import read_cell
from jupyter_namespace_viz.core.forecast.failed_cells import first_error, unbound_by
from jupyter_namespace_viz.core.forecast.findings import Finding
from jupyter_namespace_viz.core.sentences import verbatim


def error(
    kind: str, line: int | None, name: str = "x", imported: str | None = None, certain: bool = True
) -> Finding:
    """A finding; what it says does not matter."""
    return Finding("c1", name, kind, None, certain, None, verbatim(""), line, imported)


NO_PYTHON = replace(error("SyntaxError", 2), before_run=True)
UNBOUND: dict[str, tuple[str, Finding, str]] = {
    "its own line": ("a = x", error("NameError", 1), "a"),
    "above and below": ("a = 1\nb = x\nc = 2", error("NameError", 2), "b c"),
    "several on its line": ("a = 1; b = x\nc = 2", error("NameError", 1), "c"),
    "in a branch below": ("x\nif y: a = 1", error("NameError", 1), ""),
    "an import": (
        "import a\nimport m.b\nimport c", error("ModuleNotFoundError", 2, "m", "m.b"), "c m",
    ),
    "beside another": ("import a, m", error("ModuleNotFoundError", 1, "m", "m"), "m"),
    "all names": ("from m import a, b", error("ModuleNotFoundError", 1, "m", "m"), "a b"),
    "from the name on": ("from m import a, x, b", error("ImportError", 1, "x", "m"), "b x"),
    "under another name": ("from m import a, x as y", error("ImportError", 1, "x", "m"), "y"),
    "relative": ("from .m import a", error("ImportError", 1, ".m", ".m"), "a"),
    "no Python": ("a = 1\nb = = 2\nc = 3", NO_PYTHON, "a b c"),
    "refused by the compiler": ("a = 1\nreturn\nc = 3", error("SyntaxError", 2), "c"),
}  # fmt: skip


@pytest.mark.parametrize("case", UNBOUND)
def test_what_is_left_unbound(case: str) -> None:
    source, found, expected = UNBOUND[case]
    assert " ".join(sorted(unbound_by(read_cell(source), found))) == expected


def test_the_error_with_which_a_cell_ends() -> None:
    first, second = error("NameError", 1), error("NameError", 2)
    text = error("SyntaxError", 3)
    assert first_error([second, first]) is first
    assert first_error([first, text]) is text
    assert first_error([error("NameError", 1, certain=False), second]) is second
    assert first_error([error("NameError", None), first]) is None
    assert first_error([error("NameError", 1, certain=False)]) is None
    assert first_error([]) is None
