"""Is a cell walked in the order in which it runs?"""

from __future__ import annotations

import ast

import pytest

from jupyter_namespace_viz.core.analysis.reader import RULES
from jupyter_namespace_viz.core.analysis.walker import Walker
from jupyter_namespace_viz.core.syntax.dialect import PYTHON


def walked(text: str) -> Walker:
    """The walker after the text."""
    walker = Walker(RULES, PYTHON)
    walker.text(text)
    return walker


ENDS = [
    # a text, and whether its end is reached on no path
    ("x", False),
    ("raise E", True),
    ("if a: raise E", False),
    ("if a: raise E\nelse: raise E", True),
    ("if a: raise E\nelif b: raise E\nelse: x", False),
    ("try: raise E\nfinally: x", True),
    ("try: x\nexcept E: raise", False),
    ("with a: raise E", True),
    ("for a in b: raise E", False),
    ("1 / 0", True),
    ("print(1 / 0)", True),
    ("1 / x", False),
    ("assert False", True),
    ("assert 1 > 0", False),
    ("sys.exit(1)", True),
    ("os._exit(1)", True),
    ("quit()", True),
    ("from sys import exit\nexit()", True),
    ("from m import exit\nexit()", False),
    ("while True: pass", True),
    ("while True:\n  if a: break", False),
    ("while False: raise E", False),
    ("with suppress(E): raise E", False),
]


@pytest.mark.parametrize(("text", "ended"), ENDS)
def test_the_end_of_a_path(text: str, ended: bool) -> None:
    assert walked(text).is_unreachable == ended


def test_lines_count_from_the_first_line_of_the_text() -> None:
    walker = Walker(RULES, PYTHON)
    assert walker.text("a\nb", first_line=3)
    assert {name: use.line for name, use in walker.record.uses.items()} == {"a": 3, "b": 4}
    (statement,) = ast.parse("c").body
    assert walker.line_of(statement) == 1


def test_what_a_discarded_text_binds_is_lost_behind_it() -> None:
    walker = Walker(RULES, PYTHON)
    walker.text("x = a\nx", discard=True)
    assert list(walker.record.uses) == ["a"]
    walker.text("x")
    assert list(walker.record.uses) == ["a", "x"]
    assert walker.record.bindings == {}


@pytest.mark.parametrize(("text", "there"), [("x", True), ("x = = 1", True), ("# x", False)])
def test_whether_there_is_anything_in_the_text(text: str, there: bool) -> None:
    assert Walker(RULES, PYTHON).text(text) == there
