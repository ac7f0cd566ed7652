"""Which odd facts about a cell's text are reported, and what do they mean for its run?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.analysis.reader import MAX_SOURCE_CHARS, read_cell
from jupyter_namespace_viz.core.syntax.diagnostics import UNPARSED, UNREAD, Problem
from jupyter_namespace_viz.core.vocabulary import ProblemKind

KINDS: list[tuple[str, ProblemKind | None]] = [
    ("x = 1", None),
    ("return x", "syntax"),  # it parses, but the compiler refuses it outside a function
    ("x = = 1", "syntax"),
    ("print 'a'", "python2"),
    ("-" * 50_000 + "x", "too_deep"),
    ("x = 1\n" * (MAX_SOURCE_CHARS // 6 + 1), "too_large"),
]


@pytest.mark.parametrize(("source", "kind"), KINDS, ids=[str(kind) for _, kind in KINDS])
def test_the_kind_of_a_problem(source: str, kind: ProblemKind | None) -> None:
    assert [problem.kind for problem in read_cell(source).problems] == ([kind] if kind else [])


@pytest.mark.parametrize(("source", "kind"), KINDS, ids=[str(kind) for _, kind in KINDS])
def test_an_unparsed_cell_would_raise(source: str, kind: ProblemKind | None) -> None:
    if kind in UNREAD:
        return  # what it would do is not known
    try:
        compile(source, "cell", "exec")
    except SyntaxError:
        assert kind in UNPARSED
    else:
        assert kind not in UNPARSED


def test_problems_are_sorted_by_line() -> None:
    problems = [
        Problem(3, "python2", "b."),
        Problem(1, "syntax", "c."),
        Problem(1, "python2", "d."),
    ]
    assert sorted(problems) == [problems[2], problems[1], problems[0]]
