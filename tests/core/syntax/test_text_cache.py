"""Are the last results kept, up to a size, whatever the number of texts?"""

from __future__ import annotations

import gc
import sys

import pytest

from jupyter_namespace_viz.core.analysis.cell_names import Cell
from jupyter_namespace_viz.core.analysis.reader import read_cell
from jupyter_namespace_viz.core.graph.builder import updated_graph
from jupyter_namespace_viz.core.graph.dependency_graph import EMPTY_GRAPH
from jupyter_namespace_viz.core.syntax.dialect import PYTHON
from jupyter_namespace_viz.core.syntax.text_cache import (
    MAX_BYTES,
    TextCache,
    cached_by,
    cached_by_text,
    forget_texts,
)


def upper(text: str, mark: str = "") -> str:
    return text.upper() + mark


def test_a_text_is_read_once() -> None:
    cache = TextCache(upper, len)
    first = cache("a text")
    assert cache("a text") is first
    assert (cache("a text", "!"), cache("another")) == ("A TEXT!", "ANOTHER")
    assert cache.misses == 3
    assert cache.known("a text", "!") == "A TEXT!"
    assert cache.known("unknown") is None


def test_defaults_are_other_arguments() -> None:
    @cached_by_text(len, "!")
    def marked(text: str, mark: str = "!") -> str:
        return text + mark

    assert marked("a") is marked("a", "!")
    assert marked.misses == 1
    assert read_cell("x = y") is read_cell("x = y", PYTHON)


def test_the_results_have_a_size() -> None:
    cache = TextCache(upper, len, max_bytes=50)
    for text in ("aaaaaaaaaa", "bbbbbbbbbb", "aaaaaaaaaa", "cccccccccc"):  # 20 bytes each
        cache(text)
    assert cache.bytes == 40
    assert [cache.known(text * 10) is not None for text in "abc"] == [True, False, True]
    cache("d" * 1_000)  # larger than all: it is kept until the next one
    assert (cache.bytes, cache("d" * 1_000)) == (2_000, "D" * 1_000)


def test_a_result_that_came_from_elsewhere_is_kept() -> None:
    cache = TextCache(upper, len)
    assert cache.keep("from elsewhere", "a") == "from elsewhere"
    assert cache.keep("again", "a") == "from elsewhere"
    assert cache("a") == "from elsewhere"
    assert cache.misses == 0


def test_typing_in_a_long_cell_costs_no_more_than_the_limit() -> None:
    forget_texts()
    cell = "".join(f"name{n} = f{n}(a{n}, b{n})\n" for n in range(200))
    for state in range(400):
        read_cell(cell + "#" * state)
    assert 0 < read_cell.bytes <= MAX_BYTES
    forget_texts()
    assert read_cell.bytes == 0


def test_what_follows_is_kept_and_forgotten_with_it() -> None:
    @cached_by(len)
    def with_more(words: tuple[str, ...], more: str) -> tuple[str, ...]:
        return (*words, more)

    first = with_more(("a", "b"), "c")
    assert with_more(("a", "b"), "c") is first
    assert with_more.bytes == 5
    forget_texts()
    assert with_more.bytes == 0


# A cell, and what other cells make of it.
ENRICHED = [
    ("an alias", ["a = []", "b = a\n", "b.append(1)"]),
    ("a call with effects", ["def f():\n    global a\n    a = 1", "f()", "f(); a"]),
    ("a cell that changes where imports look", ["import sys", "sys.path.append('x')", "import y"]),
]


@pytest.mark.parametrize(("what", "cells"), ENRICHED)
def test_states_of_a_typed_cell_are_given_back(what: str, cells: list[str]) -> None:
    def report(last: str) -> None:
        sources = [*cells[:-1], last]
        texts = [Cell(str(index), source) for index, source in enumerate(sources)]
        updated_graph(EMPTY_GRAPH, texts)

    report(cells[-1])
    forget_texts()
    gc.collect()
    before = sys.getallocatedblocks()
    for state in range(100):
        report(cells[-1] + "\n" + "".join(f"n{n} = g{n}(a{state})\n" for n in range(50)))
    forget_texts()
    gc.collect()
    assert sys.getallocatedblocks() < before + 2_000, what
