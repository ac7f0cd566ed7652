"""Is a long text read in another process, and is a reading that takes too long abandoned?"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace

import pytest

from jupyter_namespace_viz.core.analysis.reader import read_cell
from jupyter_namespace_viz.core.syntax.dialect import PYTHON, Dialect
from jupyter_namespace_viz.core.syntax.known_magics import user_magics
from jupyter_namespace_viz.notebook.reading_process import ReadingProcess

IMPORTS = "import sys; sys.path[:] = sys.argv[1:]; from jupyter_namespace_viz.notebook import "
NEVER_ANSWERS = (
    f"{IMPORTS}reading_process as it; "
    "it.read_cell = lambda *_: __import__('time').sleep(1_000); it.answer()"
)
DIES = f"{IMPORTS}reading_process as it; it.read_cell = lambda *_: 1 / 0; it.answer()"


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
    assert process.read(source, dialect) == read_cell(source, dialect)
    assert process.read("later", PYTHON) == read_cell("later")


@pytest.mark.parametrize("text", [NEVER_ANSWERS, DIES])
def test_a_reading_that_does_not_end_is_abandoned(text: str) -> None:
    process = ReadingProcess(seconds=0.01, program=program(text))
    assert process.read("x", PYTHON) is None
    assert process.read("x", PYTHON) is None
    process.close()
    process.close()


def test_a_process_that_was_ended_is_started_again(process: ReadingProcess) -> None:
    assert process.read("x", PYTHON) == read_cell("x")
    process.stop()
    assert process._process is not None
    process._process.wait()
    assert process.read("x", PYTHON) == read_cell("x")


@pytest.mark.parametrize("python", ["/nowhere/python", sys.executable])
def test_a_process_that_does_not_start(python: str) -> None:
    process = ReadingProcess(program=[python, "-c", "pass"])
    with pytest.raises(OSError, match=r"start|No such file"):
        process.read("x", PYTHON)
