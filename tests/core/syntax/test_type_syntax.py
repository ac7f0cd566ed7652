"""Are type parameters and `type` statements read by a Python that does not know them?"""

from __future__ import annotations

import ast

import pytest

from jupyter_namespace_viz.core.syntax.type_syntax import without_type_defaults, without_type_syntax

TEXTS: dict[str, tuple[str, str]] = {
    # what is new, and the same for Python 3.10
    "a bound with brackets in brackets": (
        "def f[T: Callable[[], list[int]]](x: T): return x",
        "def f(x: object): return x",
    ),
    "several lines": (
        "def f[\n    T,  # the type\n    *Ts,\n](\n    x: T,\n): pass",
        "def f\\\n\\\n\\\n(\n    x: object,\n): pass",
    ),
    "stars": (
        "class C[*Ts, **P](B[*Ts, P]): a: P",
        "class C(B[*object, object]): a: object",
    ),
    "defaults do not see them": (
        "def f[T](a: T=list[T](), *, b=(T, 1), c: T = T): return T",
        "def f(a: object=list[T](), *, b=(T, 1), c: object = T): return object",
    ),
    "only in the block": (
        "class C:\n    def f[T](self) -> T:\n        return T\n    x = T\ndef g[U](): return U\nU",
        "class C:\n    def f(self) -> object:\n        return object\n    x = T\n"
        "def g(): return object\nU",
    ),
    "attributes and strings": (
        "def f[T](): return a.T, f'{T} {a}', 'T'",
        "def f(): return a.T, f'{object} {a}', 'T'",
    ),
    "one within another": (
        "def f[T]():\n    def g[U: T](x: U, y: T): pass",
        "def f():\n    def g(x: object, y: object): pass",
    ),
    "async": ("async def f[T](x: T): pass", "async def f(x: object): pass"),
    "an alias on several lines": (
        "type P = (\n    A\n    | B\n)\nx",
        "P = (None\n\n\n)\nx",
    ),
    "with parameters": ("if a: type P[T: (A, B), *Ts] = dict[T, P]", "if a: P = (None)"),
    "between others": ("x = 1; type P = A; y = P", "x = 1; P = (None); y = P"),
    "names that are no keywords": (
        "type = 1\ntype(x)\ntype[x] = 2\nx = type",
        "type = 1\ntype(x)\ntype[x] = 2\nx = type",
    ),
    "what is not closed": ("def f[T(", "def f[T("),
    "an alias without a value": ("type P =", "type P ="),
}


@pytest.mark.parametrize("case", TEXTS)
def test_the_text_for_an_older_python(case: str) -> None:
    text, expected = TEXTS[case]
    assert without_type_syntax(text) == expected
    assert text.count("\n") == expected.count("\n")
    if "not closed" not in case and "without a value" not in case:
        ast.parse(expected.replace("B[*object, object]", "B"))


def test_type_parameters_with_defaults() -> None:
    assert without_type_defaults("def f[T = int](x: T): pass") == "def f(x: object): pass"
    assert without_type_defaults("def f[T](x: T = 1): pass") == "def f[T](x: T = 1): pass"
    assert without_type_defaults("type P = X") == "type P = X"
