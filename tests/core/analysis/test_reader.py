"""How does the text of a cell become its names?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.analysis.reader import MAX_SOURCE_CHARS, read_cell
from jupyter_namespace_viz.core.syntax.dialect import Dialect
from tests.core.tools.notebooks import described, table

CELLS = table("""
== nothing
-> is empty
== only blank lines
\n  \n
-> is empty
== a comment
# nothing
-> is empty
== pass is a statement, though one that does nothing
pass
== code and problems in one cell
x = a
y = = 1
-> defines x=assignment
-> uses a
-> problems 2 syntax Invalid syntax.
""")


@pytest.mark.parametrize(("source", "expected"), CELLS)
def test_a_cell_is_read(source: str, expected: dict[str, str]) -> None:
    assert described(read_cell(source)) == expected


def test_a_cell_of_another_language_is_not_read() -> None:
    assert described(read_cell("x <- y", Dialect(language="R"))) == {"language": "R"}
    assert described(read_cell(" ", Dialect(language="R"))) == {"is": "empty"}


def test_a_cell_of_5_megabytes_is_not_read() -> None:
    message = f"This cell is longer than {MAX_SOURCE_CHARS:,} characters and is not read."
    expected = {"problems": f"None too_large {message}"}
    assert described(read_cell("x = 1\n" * 900_000)) == expected


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("x\ny\nx", {"x": 1, "y": 2}),
        ("if c:\n    x\nx", {"c": 1, "x": 3}),
        ("def f():\n    return x\n\nf()", {"x": 4}),
        ("\n\n%time x", {"x": 3}),
        ("  \n\n%time x", {"x": 3}),
        ("%%time\nx\ny", {"x": 2, "y": 3}),
        ("\n%%timeit x\ny", {"x": 2, "y": 3}),
        ("\n\n%%R -i x\ny", {"x": 3}),
        ("y = (\n1 +\nx)", {"x": 3}),
    ],
)
def test_a_use_names_the_line_of_the_first_certain_reading(
    source: str, lines: dict[str, int]
) -> None:
    assert {use.name: use.line for use in read_cell(source).uses} == lines


def test_the_same_text_is_read_once() -> None:
    assert read_cell("a = b + 1") is read_cell("a = b + 1")
