"""How does the kernel change the meaning of a cell's text?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.analysis.reader import read_cell
from jupyter_namespace_viz.core.syntax.dialect import PYTHON, Dialect
from jupyter_namespace_viz.core.syntax.known_magics import user_magics
from tests.core.tools.notebooks import described

SCALA = user_magics({"%%spark": "Scala"})

TEXTS: dict[str, tuple[str, Dialect, dict[str, str]]] = {
    # the text, how the kernel takes it, and what is read of it
    "a Python kernel": ("x = y", PYTHON, {"defines": "x=assignment", "uses": "y"}),
    "a kernel of another language": ("x = y", Dialect(language="julia"), {"language": "julia"}),
    "a magic of the user's own": ("%%spark\nx = y", Dialect(magics=SCALA), {"language": "Scala"}),
    "a magic that this user has not": ("%%spark\nx = y", PYTHON, {"language": "%%spark"}),
    "annotations run": ("x: T = y", PYTHON, {"defines": "x=assignment", "uses": "T y"}),
    "until a cell has imported that they do not": (
        "x: T = y", PYTHON.without_annotations(), {"defines": "x=assignment", "uses": "y"},
    ),
    "those of functions as well": (
        "def f(a: T) -> R: pass", PYTHON.without_annotations(), {"defines": "f=function"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", TEXTS)
def test_what_is_read_of(case: str) -> None:
    text, dialect, expected = TEXTS[case]
    assert described(read_cell(text, dialect)) == expected


def test_the_import_keeps_the_rest_of_a_dialect() -> None:
    after = Dialect(magics=SCALA).without_annotations()
    assert after == Dialect(magics=SCALA, annotations_run=False)
    assert PYTHON.annotations_run
