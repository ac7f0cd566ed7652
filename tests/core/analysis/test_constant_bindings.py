"""Does a text bind a name to the same thing whenever it runs?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.analysis.constant_bindings import binds_same_value

SAME_AGAIN = [
    # a text that runs twice, and whether `x` is the same thing then
    ("x = 1", True),
    ("x = -2.5", True),
    ("x = 'a' 'b'", True),
    ("x = None", True),
    ("x = 2**10", True),
    ("x = ('a', (1, 2))", True),
    ("x: int = 1", True),
    ("x = 1; y = [x]", True),
    ("def x(n, m=2): return n ** m", True),
    ("async def x(): pass", True),
    ("x = lambda n=1: n", True),
    # things that can change, or differ from run to run
    ("x = []", False),
    ("x = {}", False),
    ("x = y", False),
    ("x = f(1)", False),
    ("x = f'{y}'", False),
    ("class x: pass", False),
    ("def x(n=[]): return n", False),
    ("@decorate\ndef x(): pass", False),
    ("x = lambda n=y: n", False),
    ("import x", False),
    # bound more than once, or not always
    ("x = 1\nx = 1", False),
    ("x = 1\nx += 1", False),
    ("if y: x = 1", False),
    ("x = 1\nif y: x = 2", False),
    ("for x in y: pass\nx = 1", False),
    ("try: y\nexcept E as x: pass\nx = 1", False),
    ("match y:\n    case [x]: pass\nx = 1", False),
    ("x, y = 1, 2", False),  # of several targets nothing is known
    ("x = y = 1", False),
    ("x = 1\ndef f():\n    global x\n    x = 2", False),
    ("def x(): pass\nx.hits = 1", False),
    ("x = 1\ndel x", False),
    ("x = 1\n%time x = y", False),
    ("x = 1\nfrom m import *", False),
    ("x = 1\nexec(t)", False),
    ("x = 1\n%run a.py", False),
    ("x = 1\n%store -r x", False),
    ("x = 1\nglobals()['x'] = y", False),
    ("x = 1\nget_ipython().push({'x': y})", False),
    ("x = 1\nif 0: x = 2", True),
    ("x = 1\nraise E\nx = 2", False),  # the first one, but that is not looked for
    ("y = 1", False),
    ("x = = 1", False),
    ("", False),
]


@pytest.mark.parametrize(("source", "expected"), SAME_AGAIN)
def test_the_same_text_twice(source: str, expected: bool) -> None:
    assert binds_same_value("x", source, source) == expected


TWO_TEXTS = [
    ("x = 1", "x = 1  # metres", True),
    ("x = 1", "y = 2\nx = 1", True),
    ("x = 1", "x: int = 1", True),
    ("x = 1", "x = 2", False),
    ("x = 1", "x = 1.0", False),
    ("x = 1", "x = True", False),
    ("x = 1", "def x(): return 1", False),
    ("def x(): return 1", "def x():\n    return 1", True),
    ("def x(): return 1", "def x(): return 2", False),
    ("def x(a): return 1", "def x(b): return 1", False),
    ("x = 1", "", False),
    ("x = []", "x = []", False),
]


@pytest.mark.parametrize(("one", "other", "expected"), TWO_TEXTS)
def test_two_texts(one: str, other: str, expected: bool) -> None:
    assert binds_same_value("x", one, other) == expected
    assert binds_same_value("x", other, one) == expected
