"""Which value does an expression have, judging by the values of names that the text shows?"""

from __future__ import annotations

import ast

import pytest

from jupyter_namespace_viz.core.analysis.reader import read_cell
from jupyter_namespace_viz.core.analysis.rules.constant_values import (
    UNKNOWN_VALUE,
    Members,
    Returns,
    constant_value,
    constants_of_class,
    is_empty,
)
from tests.core.tools.notebooks import described, table

KNOWN = {
    "n": 3, "text": "ab", "rows": [], "pair": (1, 2), "of": {"a": 1, "b": []},
    "C": Members({"debug": False}), "on": Returns(True),
}  # fmt: skip
VALUES = [
    "1", "n", "-n", "n + 1", "n % 2", "n // 2 * 3", "text", "rows", "pair[0]", "pair[-1]",
    "of['a']", "of.get('a')", "of.get('c')", "of.get('c', 5)", "[1, n]", "(1, 'b')", "{'a': n}",
    "C.debug", "on()", "len(text)", "len(rows)", "isinstance(n, int)", "isinstance(n, str)",
    "callable(n)", "bool(rows)", "range(n)", "range(0, n, 2)",
]  # fmt: skip
UNKNOWN = [
    "x", "x + 1", "n / 2", "n + 'a'", "n ** 9", "text * 9", "n % 0", "pair[2]", "of['c']",
    "of[rows]", "of[x]", "C", "C.other", "on", "on(1)", "text.upper()", "len('')",
    "len(x)", "list(rows)",
    "isinstance(n, X)", "range('a')", "range(0, 1, 0)", "[*rows]", "{**of}", "{rows: 1}",
    "zip(rows)", "10000000 * n",
]  # fmt: skip


@pytest.mark.parametrize("text", VALUES)
def test_what_is_known(text: str) -> None:
    class C:
        debug = False

    names = {**KNOWN, "C": C, "on": lambda: True}
    assert constant_value(ast.parse(text, mode="eval").body, KNOWN) == eval(text, names)


@pytest.mark.parametrize("text", UNKNOWN)
def test_what_is_not(text: str) -> None:
    assert constant_value(ast.parse(text, mode="eval").body, KNOWN) is UNKNOWN_VALUE


EMPTY = [
    ("[]", True),
    ("''", True),
    ("rows", True),
    ("of['b']", True),
    ("range(0)", True),
    ("enumerate(rows)", True),
    ("zip(x, rows)", True),
    ("map(f, rows)", True),
    ("filter(f, rows)", True),
    ("of['b']", True),
    ("{}.items()", True),
    ("x", False),
    ("of", False),
    ("of.items()", False),
    ("map(rows, x)", False),
    ("zip(*rows)", False),
    ("n", False),
]


@pytest.mark.parametrize(("text", "expected"), EMPTY)
def test_what_has_no_items(text: str, expected: bool) -> None:
    assert is_empty(ast.parse(text, mode="eval").body, KNOWN) == expected


CLASSES = [
    ("class A:\n  a = 1\n  a = b = 2", {"a": 2, "b": 2}),
    ("class A:\n  'text'\n  a = 1\n  c = d\n  def f(self): pass", None),
    ("class A:\n  a = f = 1\n  def f(self): pass", {"a": 1}),
    ("class A(B):\n  a = 1", None),
    ("@b\nclass A:\n  a = 1", None),
]


@pytest.mark.parametrize(("text", "expected"), CLASSES)
def test_the_constants_of_a_class(text: str, expected: dict[str, int] | None) -> None:
    node = ast.parse(text).body[0]
    assert isinstance(node, ast.ClassDef)
    found = constants_of_class(node)
    assert (None if found is None else found.values) == expected


BRANCHES = table("""
== a list that is empty
rows = []
if rows or len(rows) > 0: a
for row in rows: b
[c for row in rows]
-> defines rows=assignment
-> uses len
== that may have items by now
rows = []
rows.append(1)
if rows: a
for row in rows: b
-> defines row=loop rows=assignment
-> uses a? b
== another name of it
rows = others = []
others.append(1)
for row in rows: b
-> defines others=assignment row=loop rows=assignment
-> uses b
== an item
flags = {"debug": False, "log": True}
if flags["debug"]: a
if flags["log"]: b
flags["debug"] = 1
if flags["debug"]: c
-> defines flags=assignment
-> uses b c?
== an attribute
class A:
    debug = False
if A.debug: a
A.debug = True
if A.debug: b
-> defines A=class
-> uses b?
== a function that returns a constant
def on(): return False
if on(): a
if not on(): b
def on(): return f()
if on(): c
-> defines on=function
-> uses b c? f<on
== a number that changes
n = 1
n += 1
if n == 2: a
for i in x: n += 1
if n == 2: b
-> defines i=loop n=assignment
-> uses a b? x
== builtins that the cell binds
def len(a): return 1
rows = []
if len(rows): a
-> defines len=function rows=assignment
-> uses a?
== callbacks that have nothing to be called with
rows = []
sorted(rows, key=lambda it: a)
min([], key=lambda it: b, default=0)
list(map(lambda it: c, ""))
-> defines rows=assignment
-> uses ~a ~b ~c list map min sorted
""")


@pytest.mark.parametrize(("source", "expected"), BRANCHES)
def test_what_the_values_decide(source: str, expected: dict[str, str]) -> None:
    assert described(read_cell(source)) == expected
