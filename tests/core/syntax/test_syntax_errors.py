"""What is reported of statements that do not parse?"""

from __future__ import annotations

import ast

import pytest

from jupyter_namespace_viz.core.syntax.diagnostics import Problem
from jupyter_namespace_viz.core.syntax.syntax_errors import (
    BrokenStatements,
    intended_names,
    is_python_2,
    message_of_python,
)

STATEMENTS = [
    # written for Python 2
    ("print 'a'", True),
    ("exec 'x = 1'", True),
    ("raise E, 'a'", True),
    ("try:\n    a\nexcept E, e:\n    b", True),
    ("x = 0777", True),
    ("x = 10L", True),
    ("x = ur'a'", True),
    ("if a <> b: pass", True),
    # a mistake in any Python
    ("x = = 1", False),
    ("x = (", False),
    ("def f(:", False),
    ("for x in y", False),
    ("raise E from", False),
    ("print('a'", False),
]


@pytest.mark.parametrize(("statement", "expected"), STATEMENTS)
def test_a_statement_for_python_2_is_recognised(statement: str, expected: bool) -> None:
    with pytest.raises(SyntaxError) as error:
        ast.parse(statement)
    assert is_python_2(statement, error.value.msg) == expected


MEANT = [
    ("x = ", "x"),
    ("x = # your code here", "x"),
    ("a, b = ", "a b"),
    ("x: int = ", "x"),
    ("  x = (1 +", "x"),
    ("x = 1 +\ny = ", "x y"),
    ("def f(:", "f"),
    ("async def f(:\n    y = ", "f y"),
    ("class C(", "C"),
    ("x == ", ""),
    ("f(x = ", ""),
    ("x.y = ", ""),
    ("x[0] = ", ""),
    ("print x", ""),
    ("größe = ", "größe"),
]


@pytest.mark.parametrize(("text", "names"), MEANT)
def test_the_names_that_a_broken_text_would_bind(text: str, names: str) -> None:
    assert " ".join(sorted(intended_names(text))) == names


def test_one_problem_of_a_kind_names_all_its_lines() -> None:
    broken = BrokenStatements(first_line=3)
    broken.add(7, "x = = 1", "invalid syntax")
    broken.add(0, "y = (", "'(' was never closed")
    broken.add(2, "print 'a'", "Missing parentheses in call to 'print'")
    broken.add(4, "z = = 1", "invalid syntax")
    assert broken.problems() == (
        Problem(3, "syntax", "Invalid syntax. The same goes for lines 7 and 10."),
        Problem(5, "python2", "This is written for Python 2."),
    )
    assert (broken.count, sorted(intended_names(broken.source))) == (4, ["x", "y", "z"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("invalid syntax", "Invalid syntax."),
        ("'(' was never closed", "'(' was never closed."),
        ("did you mean print(...)?", "Did you mean print(...)?"),
    ],
)
def test_a_message_of_python_becomes_a_sentence(text: str, expected: str) -> None:
    assert message_of_python(text) == expected
