"""What does a cell need, with what the functions read that it calls?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.graph.needs import needs_at
from tests.core.tools.notebooks import described_use, notebook, words

BINDS = "def f(b):\n  global a\n  a = b"


@pytest.mark.parametrize(
    ("sources", "needs"),
    [
        pytest.param(("a + b.c",), "a b", id="free names"),
        pytest.param(("try: a\nexcept NameError: b",), "NameError? b?", id="guarded is no need"),
        pytest.param(("def f(): return a", "f"), "f", id="a mention is no call"),
        pytest.param(("def f(): return a", "f()"), "a<f f", id="across cells"),
        pytest.param(("def f(): return g()", "def g(): return a", "f()"), "a<f f g<f",
                     id="functions that call functions"),
        pytest.param(("def f():\n  f()\n  g()", "def g(): f(a)", "g()"), "a<g f<g g",
                     id="recursion"),
        pytest.param(("def f():\n  if a: return b", "f()"), "a<f b?<f f", id="a branch of it"),
        pytest.param(("def f(): return a", "if b: f()"), "a?<f b f?", id="a call in a branch"),
        pytest.param(("def f(): return a", "def g(): return f()\ng()"), "a<g f<g",
                     id="by way of the cell's own function"),
        pytest.param(("def f(): return a", "f()\na"), "a f", id="its own reading leads"),
        pytest.param(("def f(): return a", "a = 1\nf()"), "f", id="bound before the call"),
        pytest.param(("def f(): return a", "f()\na = 1"), "a<f f", id="bound after the call"),
        pytest.param(("def f(): return a", "if b: a = 1\nf()"), "a<f b f",
                     id="bound perhaps before the call"),
        pytest.param((BINDS, "f(1)\na"), "f", id="bound by the call"),
        pytest.param((BINDS, "f(1); a"), "f", id="in one line"),
        pytest.param((BINDS, "a\nf(1)"), "a f", id="read before it is bound by the call"),
        pytest.param((BINDS, "f(a)"), "a f", id="given to the call that binds it"),
        pytest.param((BINDS, "if c: f(1)\na"), "a? c f?", id="bound by a call in a branch"),
        pytest.param(("def f():\n  global a\n  if c: a = 1", "f()\na"), "a? c<f f",
                     id="bound by the call in a branch"),
        pytest.param((BINDS, "def g(): return a", "f(1); g()"), "f g",
                     id="bound by a call, and read by another"),
        pytest.param((BINDS, "def g(): return a", "g(); f(1)"), "a<g f g",
                     id="read by a call, and bound by another"),
        pytest.param(("def f():\n  global a\n  a += 1", "f()"), "a<f f",
                     id="read by the call that binds it"),
        pytest.param((BINDS, "def g(): f(1)", "g()\na"), "f<g g", id="bound by way of another"),
        pytest.param(("def f(): return a", "for a in b:\n    f()"), "b f", id="bound by the loop"),
        pytest.param(("class C:\n  def __init__(self): a\n  def m(self): b", "C()"), "C a<C",
                     id="making an object runs __init__"),
        pytest.param(("def f(): return a", "f = len", "f()"), "f", id="a rebound function"),
        pytest.param(("from m import *", "from n import *\na"), "a*", id="its own star import"),
        pytest.param(("def f(): return a",), "~a", id="deferred"),
    ],
)  # fmt: skip
def test_needs_of_the_last_cell(sources: tuple[str, ...], needs: str) -> None:
    assert words(map(described_use, needs_at(notebook(*sources), len(sources) - 1))) == needs
