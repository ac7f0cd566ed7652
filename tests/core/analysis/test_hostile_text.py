"""Is there a text that makes the reading raise?"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jupyter_namespace_viz.core.analysis.constant_bindings import binds_same_value
from jupyter_namespace_viz.core.analysis.reader import MAX_SOURCE_CHARS
from tests.core.tools.any_text import check
from tests.core.tools.long_cells import LONG

BOUNDED = settings(
    max_examples=150,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
SNIPPETS = [
    "import numpy as np\nfrom os import *\n",
    "def f(a, *b, c=d, **e) -> g:\n    global h\n    return [i for i in (yield a) if i]\n",
    "class A(B, metaclass=C):\n    x: int = 1\n    def m(self): return super().m()\n",
    "try:\n    a = b\nexcept (C, D) as e:\n    raise E from e\nelse:\n    g\nfinally:\n    del a\n",
    "for i, (j, *k) in enumerate(l):\n    while m: break\nelse:\n    continue_ = 1\n",
    "match p:\n    case {'a': [b, *c], **d} if e: pass\n    case F(g=h) | None: pass\n",
    "with a as b, c(d) as (e, f): g = lambda x, /, y=h: (z := x + y)\n",
    "%%time -x 'y\n", "%%R -i a,b -o c=\n", "%%timeit -n 3 x = 1\n", "%%bash --out o --err\n",
    "%time a = b\n", "x = !ls {y} $z ${w}\n", "a.b??\n", "?c\n", "!cmd \\\n  more\n", "%run f.py\n",
    "f'{a!r:{b}}' f\"{c['d']}\"\n", "async def f():\n    async with a: await b\n",
    "x = '''\n", "(\n", ">>> a = b\n... c\n", "In [1]: x = 1\n",
    "\\\n", "\t if a:\n\tb\n", "# coding: utf-8\n", "\f\n",
]  # fmt: skip


@BOUNDED
@given(st.text(max_size=200))
def test_any_text(source: str) -> None:
    check(source)


@BOUNDED
@given(st.text(alphabet="ab1 =:.,%!?$(){}[]'\"\\#@*\n\t\r\0", max_size=80))
def test_text_of_awkward_letters(source: str) -> None:
    check(source)


@BOUNDED
@given(st.lists(st.sampled_from(SNIPPETS), max_size=4).map("".join), st.data())
def test_mutated_snippets(source: str, data: st.DataObject) -> None:
    for _ in range(data.draw(st.integers(0, 4))):
        place = data.draw(st.integers(0, len(source)))
        length = data.draw(st.integers(0, 6))
        put = data.draw(st.sampled_from(["", "(", "'", '"""', "\n", "    ", "%", "!", "\0", "é"]))
        source = source[:place] + put + source[place + length :]
    check(source)


@pytest.mark.parametrize("source", SNIPPETS)
@pytest.mark.parametrize("before", ["", "\n", "  \n", "\ufeff", "\r\n"])
def test_every_beginning_of_a_snippet(source: str, before: str) -> None:
    for end in range(len(source) + 1):
        check(before + source[:end])


@pytest.mark.parametrize("kind", LONG)
def test_long_cells_are_read(kind: str) -> None:
    assert len(LONG[kind]) <= MAX_SOURCE_CHARS
    check(LONG[kind])


@pytest.mark.parametrize("terms", [300, 2_000, 5_000])
def test_deep_texts_are_compared(terms: int) -> None:
    """How deep Python itself goes differs; what is deeper counts as another thing."""
    source = "x = " + "+".join(["1"] * terms)
    assert binds_same_value("x", source, source) or terms > 300
