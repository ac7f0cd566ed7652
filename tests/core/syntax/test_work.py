"""Is what would take too long counted before it is done, and is real code far below the limits?"""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from jupyter_namespace_viz.core.analysis.reader import MAX_SOURCE_CHARS, read_cell
from jupyter_namespace_viz.core.syntax import parser
from jupyter_namespace_viz.core.syntax.parser import parse
from jupyter_namespace_viz.core.syntax.work import (
    MAX_TOKENS,
    MAX_WORK,
    TooMuchWork,
    Work,
    tokens_in,
    work_of_tokenizing,
)
from tests.core.tools.notebooks import described

CODE = Path(parser.__file__).read_text(encoding="utf-8")
TOO_LONG = {"problems": "None too_large This cell takes too long to read."}


def test_work_is_spent_until_nothing_is_left() -> None:
    work = Work()
    work.spend(MAX_WORK)
    with pytest.raises(TooMuchWork):
        work.spend(1)


def test_code_as_long_as_a_cell_may_be_is_read_in_spite_of_magics_and_mistakes() -> None:
    code = CODE * (MAX_SOURCE_CHARS // len(CODE) - 1)
    source = f"!ls\n{code}\nx = = 1\ny = %time z"
    assert tokens_in(source) < MAX_TOKENS
    names = read_cell(source)
    assert [problem.kind for problem in names.problems] == ["syntax"]
    assert {"parse", "y"} <= {definition.name for definition in names.definitions}


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("a," * 95_000, id="too many tokens"),
        pytest.param("f'" + "{a}" * 60_000 + "'", id="too many fields in an f-string"),
        pytest.param("!ls\n" + "a + b\n" * 20_000, id="too many tokens to be transformed"),
        pytest.param("x" + " " * 20_000 + "?\n", id="a character after many blanks"),
        pytest.param("a * " * 5_000 + "b ?", id="the name in a question, from each character"),
        pytest.param("%time " * 30_000 + "x", id="magics in magics"),
        pytest.param("exec('%a')\n" * 15_000, id="many texts"),
        pytest.param("from m import a\n" * 10_000, id="many imports of one module"),
        pytest.param("type A[T] = T\n" * 10_000, id="many statements in newer grammar"),
        pytest.param("var('x:100')\n" * 10_000, id="many symbols"),
    ],
)
def test_a_text_that_would_take_too_long(source: str) -> None:
    assert described(read_cell(source)) == TOO_LONG


def test_a_long_dotted_name_is_nested_too_deeply() -> None:
    for source in ("import a" + ".b" * 20_000, "from a" + " . b" * 20_000 + " import *"):
        (problem,) = read_cell(source).problems
        assert (problem.line, problem.kind) == (1, "too_deep")
    assert tokens_in("x = [" + "1. " * 20_000 + "]") == 40_004


def test_a_text_of_its_own_has_a_problem() -> None:
    assert [problem.kind for problem in parse("a," * 95_000, 7).problems] == ["too_large"]
    with pytest.raises(TooMuchWork):
        parse("a," * 95_000, 7, Work())


def test_runs_of_blanks_cost_their_square() -> None:
    text = "x = 1\n" * 1_000
    plain = work_of_tokenizing(text)
    assert plain < work_of_tokenizing(text + " " * 1_000) < work_of_tokenizing(text + " " * 2_000)
    assert work_of_tokenizing(text.replace(" ", " " * 40)) == plain


@pytest.mark.parametrize("part", ["a,", "(", "''", "{a:"])
def test_few_of_millions_of_tokens_are_looked_at(part: str) -> None:
    text = part * (2_000_000 // len(part))
    tracemalloc.start()
    try:
        with pytest.raises(TooMuchWork):
            tokens_in(text)
        assert tracemalloc.get_traced_memory()[1] < 6_000_000
    finally:
        tracemalloc.stop()
