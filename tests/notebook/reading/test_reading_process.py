"""Is a long text read in another process, and is a reading that takes too long abandoned?"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from jupyter_namespace_viz.core.analysis.reader import read_cell
from jupyter_namespace_viz.core.graph.leaks import first_leaks
from jupyter_namespace_viz.core.imports import search_changes
from jupyter_namespace_viz.core.imports.change_types import SearchChange
from jupyter_namespace_viz.core.syntax.dialect import PYTHON, Dialect
from jupyter_namespace_viz.core.syntax.known_magics import user_magics
from jupyter_namespace_viz.core.syntax.text_cache import TextCache
from jupyter_namespace_viz.notebook.reading.reading_process import ReadingProcess

IMPORTS = (
    "import sys; sys.path[:] = sys.argv[1:]; from jupyter_namespace_viz.notebook.reading import "
)
NEVER_ANSWERS = (
    f"{IMPORTS}reading_process as it; receive = it.receive; "
    "it.receive = lambda _: (lambda *_: __import__('time').sleep(1_000), '', receive(_)[2]); "
    "it.answer()"
)
DIES = f"{IMPORTS}reading_process as it; it.receive = lambda _: 1 / 0; it.answer()"


def program(text: str) -> list[str]:
    return [sys.executable, "-I", "-c", text, *sys.path]


@pytest.fixture
def process() -> Iterator[ReadingProcess]:
    one = ReadingProcess()
    yield one
    one.close()


@pytest.mark.parametrize(
    ("source", "dialect"),
    [
        ("x = 1\nprint(y)", PYTHON),
        ("x = 'é\ud800\0'", PYTHON),
        ("%%spark\nx", Dialect(magics=user_magics({"%%spark": "Scala"}))),
        ("from __future__ import annotations\nx: y", replace(PYTHON, annotations_run=False)),
        ("def f(a): return b\nf(*c)\n" * 2_000, PYTHON),
    ],
)
def test_the_same_is_read(process: ReadingProcess, source: str, dialect: Dialect) -> None:
    assert process.compute(read_cell, source, dialect) == read_cell(source, dialect)
    assert process.compute(read_cell, "later", PYTHON) == read_cell("later")


@pytest.mark.parametrize(
    ("function", "args", "expected"),
    [
        (search_changes._search_changes, ((),), ((SearchChange(2, "after", "lib"),), {})),
        (first_leaks, (), {"sys": 2}),
    ],
)
def test_any_function_of_a_text_is_computed(
    process: ReadingProcess,
    function: TextCache[Any, Any, Any],
    args: tuple[Any, ...],
    expected: Any,
) -> None:
    text = "import sys\nsys.path.append('lib')"
    assert process.compute(function, text, *args) == function(text, *args) == expected


@pytest.mark.parametrize("text", [NEVER_ANSWERS, DIES])
def test_a_reading_that_does_not_end_is_abandoned(text: str) -> None:
    process = ReadingProcess(seconds=0.01, program=program(text))
    assert process.compute(read_cell, "x", PYTHON) is None
    assert process.compute(read_cell, "x", PYTHON) is None
    process.close()
    process.close()


def test_a_process_that_was_ended_is_started_again(process: ReadingProcess) -> None:
    assert process.compute(read_cell, "x", PYTHON) == read_cell("x")
    process.stop()
    assert process._process is not None
    process._process.wait()
    assert process.compute(read_cell, "x", PYTHON) == read_cell("x")


@pytest.mark.parametrize("python", ["/nowhere/python", sys.executable])
def test_a_process_that_does_not_start(python: str) -> None:
    process = ReadingProcess(program=[python, "-c", "pass"])
    with pytest.raises(OSError, match=r"start|No such file"):
        process.compute(read_cell, "x", PYTHON)
