"""Does the work of reading a cell grow with its length only?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.analysis.reader import MAX_SOURCE_CHARS, read_cell
from tests.core.tools.long_cells import MAGIC_LINES, OF_LENGTH
from tests.core.tools.work import calls_made

COUNT = 203
"""The number of things in the shorter cell. Neither this many quotes nor twice as many close a
string."""

COUNTS = {
    "generators in generators": 40,  # more are nested too deeply for Python
    "magics, and code below": 20,
    # What is followed in one cell has a limit, which these cells reach: below it the work grows
    # with the square.
    "breaks": 800,
    "calls of a chain of functions": 800,
    "calls of a class with many methods": 600,
}


def reading(source: str) -> int:
    """The work of reading a cell that was not read before."""
    read_cell.cache_clear()
    return calls_made(lambda: read_cell(source))


@pytest.fixture(scope="module", autouse=True)
def _first_reading() -> None:
    """Does what happens once per process, such as compiling regular expressions."""
    reading("%time x\n!ls\ny = = z?\n  f'{a}'")


@pytest.mark.parametrize("kind", OF_LENGTH)
def test_a_cell_of_twice_the_length_is_twice_the_work(kind: str) -> None:
    _, of_length = OF_LENGTH[kind]
    count = COUNTS.get(kind, COUNT)
    assert reading(of_length(2 * count)) <= 2.2 * reading(of_length(count))


@pytest.mark.parametrize("line", MAGIC_LINES)
def test_twice_as_many_magics_are_twice_the_work(line: str) -> None:
    assert read_cell(f"{line}\n" * 2_000).problems == ()
    assert reading(f"{line}\n" * 400) <= 2.2 * reading(f"{line}\n" * 200)


def test_a_cell_that_is_too_long_is_no_work() -> None:
    assert reading("x = 1\n" * MAX_SOURCE_CHARS) < 50
