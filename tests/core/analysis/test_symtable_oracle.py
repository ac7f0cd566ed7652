"""Does the reading agree with Python's own symbol table on which names are global?

The compiler knows the scope of each name, though nothing of the order in which text runs. So for
the whole cell it must hold:

- what the compiler sees bound in the namespace is defined, unless it is deleted again;
- what it sees read there and never bound is used, and nothing else but names that are bound too.

Generators stand for all comprehensions: since Python 3.12 the others leak into the table around.
"""

from __future__ import annotations

import symtable
import textwrap
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jupyter_namespace_viz.core.analysis.flow import owner, spelling
from jupyter_namespace_viz.core.analysis.reader import read_cell

NAMES = st.sampled_from(["a", "b", "c", "d", "e"])
BOUNDED = settings(
    max_examples=200,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def indented(lines: str) -> str:
    return textwrap.indent(lines, "    ")


def expressions() -> st.SearchStrategy[str]:
    def larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        pairs = st.tuples(inner, inner)
        return st.one_of(
            pairs.map("({0[0]} + {0[1]})".format),
            pairs.map("{0[0]}[{0[1]}]".format),
            pairs.map("f({0[0]}, k={0[1]})".format),
            pairs.map("([{0[0]}] and {0[1]})".format),
            inner.map("{0}.x".format),
            st.tuples(NAMES, inner, inner).map("({0[1]} for {0[0]} in {0[2]})".format),
            st.tuples(NAMES, inner, inner).map("(lambda {0[0]}, k={0[2]}: {0[1]})".format),
            st.tuples(inner, inner, inner).map("({0[0]} if [{0[1]}] else {0[2]})".format),
            inner.map("f'{{{0}}}'".format).filter(lambda text: text.count("'") == 2),
        )

    return st.recursive(NAMES | st.just("0"), larger, max_leaves=5)


def statements() -> st.SearchStrategy[str]:
    value = expressions()
    simple = st.one_of(
        st.tuples(NAMES, value).map("{0[0]} = {0[1]}".format),
        st.tuples(NAMES, value).map("{0[0]} += {0[1]}".format),
        st.tuples(NAMES, NAMES, value).map("{0[0]}, *{0[1]} = {0[2]}".format),
        st.tuples(NAMES, value).map("{0[0]}: 0 = {0[1]}".format),  # never evaluated in bodies
        st.tuples(NAMES, value).map("({0[0]} := {0[1]})".format),
        st.tuples(value, value).map("{0[0]}.x = {0[1]}".format).filter(lambda s: s[0] != "0"),
        NAMES.map("import {0}.x".format),
        NAMES.map("from m import x as {0}".format),
        NAMES.map("del {0}".format),
        value,
    )

    def compound(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        body = st.lists(inner, min_size=1, max_size=3).map("\n".join).map(indented)
        return st.one_of(
            st.tuples(value, body, body).map("if [{0[0]}]:\n{0[1]}\nelse:\n{0[2]}".format),
            st.tuples(NAMES, value, body).map("for {0[0]} in {0[1]}:\n{0[2]}".format),
            st.tuples(value, NAMES, body).map("with {0[0]} as {0[1]}:\n{0[2]}".format),
            st.tuples(body, NAMES, NAMES, body).map(
                "try:\n{0[0]}\nexcept {0[1]} as {0[2]}:\n{0[3]}".format
            ),
            st.tuples(NAMES, NAMES, value, body).map(
                "def {0[0]}({0[1]}, k={0[2]}):\n{0[3]}".format
            ),
            st.tuples(NAMES, value, body).map("class {0[0]}({0[1]}):\n{0[2]}".format),
            st.tuples(value, NAMES, body).map("match {0[0]}:\n  case [{0[1]}]:\n{0[2]}".format),
        )

    return st.recursive(simple, compound, max_leaves=6)


def programs() -> st.SearchStrategy[str]:
    return st.lists(statements(), min_size=1, max_size=5).map("\n".join)


def tables(table: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
    yield table
    for child in table.get_children():
        yield from tables(child)


def compare(source: str) -> None:
    """Nothing to compare where the text does not compile."""
    try:
        top = symtable.symtable(source, "cell", "exec")
    except SyntaxError:
        return
    bound, read, by_classes = set(), set(), set()
    for table in tables(top):
        for symbol in table.get_symbols():
            name = symbol.get_name()
            if table is top or symbol.is_global():
                if symbol.is_assigned() or symbol.is_imported():
                    bound.add(name)
                if symbol.is_referenced():
                    read.add(name)
            elif table.get_type() == "class":
                by_classes.add(name)  # a class body reads the global until it has bound the name
    names = read_cell(source)
    defined = {definition.name for definition in names.definitions}
    used = {spelling(use.name) for use in names.uses if owner(use.name) is None}
    assert names.problems == ()
    assert defined <= bound <= defined | set(names.deletions)
    assert read - bound <= used <= read | bound | by_classes


@BOUNDED
@given(programs())
def test_names_agree_with_the_compiler(source: str) -> None:
    compare(source)


@pytest.mark.parametrize(
    "source",
    [
        "def f():\n    global g\n    g = 1\nf()",
        "class C:\n    global g\n    g = 1",
        "def f(x):\n    def g():\n        nonlocal x\n        x = y\n    return g",
        "class C:\n    def a(self):\n        b\n    def a(self):\n        c\n    a = 0\n    del a",
        "class C:\n    x = x\n    def m(self):\n        return x, z",
        "any((y := x) for x in z)",
        "def f():\n    return [x for x in x for w in x if (v := w)]",
        "lambda *a, **k: (a, k, b)",
        "async def f():\n    async with a as b: return [c async for c in b]",
        "def f(a, /, b, *, c=d): return lambda: (a, b, c, e)",
        "import os.path as p, sys\nfrom .a import b as c",
        "try:\n    a\nexcept (E, F) as e:\n    e\nelse:\n    b\nfinally:\n    c",
        "match a:\n    case {'k': b, **c} | D(b, c):\n        e",
        "for a, (b, *c) in d:\n    pass\nelse:\n    e",
    ],
)
def test_chosen_snippets_agree_with_the_compiler(source: str) -> None:
    compare(source)
