"""Are long texts read before a notebook is judged, where others need not wait for them?"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from jupyter_namespace_viz.core.analysis.cell_names import Cell, CellNames
from jupyter_namespace_viz.core.analysis.reader import MAX_SOURCE_CHARS, UNREAD, read_cell
from jupyter_namespace_viz.core.graph.leaks import first_leaks
from jupyter_namespace_viz.core.syntax.dialect import PYTHON, Dialect
from jupyter_namespace_viz.core.syntax.known_magics import user_magics
from jupyter_namespace_viz.core.syntax.text_cache import TextCache
from jupyter_namespace_viz.notebook.reading import long_texts
from jupyter_namespace_viz.notebook.reading.long_texts import LONG, LongTexts
from tests.core.tools.notebooks import run

FOUND = CellNames(empty=True)


@dataclass
class Process:
    """A process that finds `names` in each text."""

    names: Any = FOUND
    works: bool = True
    read_texts: list[tuple[Any, ...]] = field(default_factory=list)
    ends: int = 0

    def compute(self, function: TextCache[Any, Any, Any], source: str, *args: Any) -> Any:
        if not self.works:
            raise OSError
        self.read_texts.append((source, *args))
        return self.names

    def close(self) -> None:
        self.ends += 1

    stop = close


@pytest.fixture
def process(monkeypatch: pytest.MonkeyPatch) -> Iterator[Process]:
    one = Process()
    monkeypatch.setattr(long_texts, "ReadingProcess", lambda: one)
    monkeypatch.setattr(long_texts, "PROCESSES", 1)
    read_cell.cache_clear()
    yield one
    read_cell.cache_clear()


def text_of(length: int) -> str:
    return "x".ljust(length)


async def test_only_long_texts_are_read_and_only_once(process: Process) -> None:
    texts = LongTexts()
    long = text_of(LONG + 1)
    cells = [Cell("a", text_of(LONG)), Cell("b", long)]
    for _ in range(2):
        await texts.read(cells, PYTHON)
        assert process.read_texts == [(long, PYTHON)]
        assert read_cell(long) is read_cell(long, PYTHON) is FOUND
    texts.close()
    assert process.ends == 2


async def test_what_a_cell_has_run_is_read_too(process: Process) -> None:
    texts = LongTexts()
    long = text_of(LONG + 1)
    runs = [run(1, "a", "x"), run(2, "b", long)]
    dialect = Dialect(magics=user_magics({"%%sparks": "Scala"}))
    await texts.read([], dialect, runs)
    assert process.read_texts == [(long, dialect)]
    texts.close()


async def test_the_cells_above_decide_on_the_dialect(process: Process) -> None:
    texts = LongTexts()
    long = text_of(LONG + 1)
    await texts.read([Cell("a", "from __future__ import annotations"), Cell("b", long)], PYTHON)
    assert process.read_texts == [(long, replace(PYTHON, annotations_run=False))]
    texts.close()


async def test_a_text_that_takes_too_long_is_not_read_again(process: Process) -> None:
    texts = LongTexts()
    process.names = None
    long = text_of(LONG + 1)
    for _ in range(2):
        await texts.read([Cell("a", long)], PYTHON)
    assert len(process.read_texts) == 1
    assert [problem.message for problem in read_cell(long).problems] == [
        "This cell takes too long to read."
    ]
    texts.close()


async def test_without_a_process_the_text_is_read_here(process: Process) -> None:
    texts = LongTexts()
    process.works = False
    long = text_of(LONG + 1)
    await texts.read([Cell("a", long)], PYTHON)
    assert [use.name for use in read_cell(long).uses] == ["x"]
    texts.close()


async def test_what_was_read_is_forgotten_after_the_last_notebook(
    process: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(long_texts, "IDLE_SECONDS", 0)
    texts = LongTexts()
    texts.hold("one notebook")
    texts.hold("another")
    read_cell("x")
    texts.release("one notebook")
    texts.release("one notebook")
    await asyncio.sleep(0.01)
    assert read_cell.known("x", PYTHON) is not None
    texts.release("another")
    await asyncio.sleep(0.01)
    assert read_cell.known("x", PYTHON) is None
    assert read_cell.bytes == 0


async def test_a_text_is_long_too_that_becomes_long(process: Process) -> None:
    texts = LongTexts()
    await texts.read([Cell("a", "!a\n" * (LONG // 50)), Cell("b", "!b\n" * (LONG // 40))], PYTHON)
    assert [source[:2] for source, _ in process.read_texts] == ["!b"]
    texts.close()


@pytest.fixture
def elsewhere(process: Process) -> Iterator[LongTexts]:
    texts = TextCache.elsewhere = LongTexts()
    first_leaks.cache_clear()
    yield texts
    TextCache.elsewhere = None
    first_leaks.cache_clear()
    texts.close()


async def test_the_event_loop_waits_for_no_long_text(
    process: Process, elsewhere: LongTexts
) -> None:
    long = text_of(LONG + 1)
    assert read_cell(long) is UNREAD
    assert read_cell.known(long) is None
    read_cell.keep(FOUND, long)
    assert read_cell(long) is FOUND
    assert [use.name for use in read_cell("x").uses] == ["x"]
    assert process.read_texts == []


def test_other_functions_of_long_texts_are_computed_elsewhere_once(
    process: Process, elsewhere: LongTexts
) -> None:
    long = text_of(MAX_SOURCE_CHARS + 1)
    process.names = {"found": 1}
    for _ in range(2):
        assert first_leaks(long) == {"found": 1}
        assert first_leaks("f(x)") == {"x": 1}
    assert process.read_texts == [(long,)]


def test_a_function_that_takes_too_long_finds_nothing(
    process: Process, elsewhere: LongTexts
) -> None:
    process.names = None
    long = f"f(y){text_of(LONG)}"
    for _ in range(2):
        assert first_leaks(long) == {}
    assert process.read_texts == [(long,)]


def test_without_a_process_functions_are_computed_here(
    process: Process, elsewhere: LongTexts
) -> None:
    process.works = False
    assert first_leaks("f(y)".ljust(LONG + 1)) == {"y": 1}
