"""How does the kernel change the meaning of a cell's text?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from jupyter_namespace_viz.core.analysis.reader import read_cell
from jupyter_namespace_viz.core.syntax.dialect import PYTHON, Dialect
from jupyter_namespace_viz.core.syntax.known_magics import user_magics
from tests.core.tools.notebooks import described

SCALA = user_magics({"%%spark": "Scala"})
LATER = replace(PYTHON, annotations_run=False)

TEXTS: dict[str, tuple[str, Dialect, dict[str, str]]] = {
    # the text, how the kernel takes it, and what is read of it
    "a Python kernel": ("x = y", PYTHON, {"defines": "x=assignment", "uses": "y"}),
    "a kernel of another language": ("x = y", Dialect(language="julia"), {"language": "julia"}),
    "a magic of the user's own": ("%%spark\nx = y", Dialect(magics=SCALA), {"language": "Scala"}),
    "a magic that this user has not": ("%%spark\nx = y", PYTHON, {"language": "%%spark"}),
    "annotations run": ("x: T = y", PYTHON, {"defines": "x=assignment", "uses": "T y"}),
    "until a cell has imported that they do not": (
        "x: T = y", LATER, {"defines": "x=assignment", "uses": "y"},
    ),
    "those of functions as well": (
        "def f(a: T) -> R: pass", LATER, {"defines": "f=function"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", TEXTS)
def test_what_is_read_of(case: str) -> None:
    text, dialect, expected = TEXTS[case]
    assert described(read_cell(text, dialect)) == expected


AFTER: dict[str, tuple[str, Dialect, Dialect | None]] = {
    # a text, its dialect, and that of the cells below where it is another one
    "nothing": ("x = y", LATER, None),
    "annotations do not run": ("from __future__ import annotations", PYTHON, LATER),
    "what has been declared is kept": (
        "from __future__ import annotations", Dialect(magics=SCALA),
        Dialect(magics=SCALA, annotations_run=False),
    ),
    "another name of the namespace": (
        "import builtins\ng = globals()\nip = get_ipython()", PYTHON,
        Dialect(aliases=(("builtins", "builtins"), ("g", "namespace"), ("ip", "shell"))),
    ),
    "that is bound again": (
        "g = 1\nh = g", Dialect(aliases=(("g", "namespace"),)), PYTHON,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", AFTER)
def test_the_dialect_of_the_cells_below(case: str) -> None:
    text, dialect, expected = AFTER[case]
    assert read_cell(text, dialect).dialect_after == expected
