"""What do lists, tuples and dicts hold, and which functions run that are called from there?

The rows are notebooks; the expected words are the names that the last cell lacks.
"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.analysis.calls.contents import (
    changed,
    each_of,
    item_of,
    result_of_method,
    sequence,
)
from jupyter_namespace_viz.core.analysis.calls.held_values import Contents, Literal, Several
from jupyter_namespace_viz.core.analysis.calls.origins import UNKNOWN
from tests.core.tools.notebooks import lacked_by_the_last

FUNCTIONS = "def f(): return x\ndef g(): return 1\n"

HELD = {
    "an item of a dict": ("d = {'a': f}\n---\nd['a']()", "x"),
    "another item": ("d = {'a': f, 'b': g}\n---\nd['b']()", ""),
    "an item that is not known": ("d = {'a': f, 'b': g}\nk = input()\n---\nd[k]()", "x?"),
    "an item of a list": ("l = [g, f]\n---\nl[1]()", "x"),
    "the last item": ("l = [g, f]\n---\nl[-1]()", "x"),
    "a tuple": ("t = (g, f)\n---\nt[1]()", "x"),
    "get": ("d = {'a': f}\n---\nd.get('a')()", "x"),
    "get with a default": ("d = {'a': f}\n---\nd.get('b', g)()", ""),
    "pop": ("l = [f]\n---\nl.pop()()", "x"),
    "dict()": ("d = dict(a=f)\n---\nd['a']()", "x"),
    "a loop over a list": ("---\nfor h in [f, g]: h()", "x"),
    "a loop over the items of a dict": ("d = {'a': f}\n---\nfor k, h in d.items(): h()", "x"),
    "a loop over its values": ("d = {'a': f}\n---\nfor h in d.values(): h()", "x"),
    "a loop over its keys": ("d = {'a': f}\n---\nfor k in d: d[k]()", "x"),
    "enumerate": ("l = [f]\n---\nfor i, h in enumerate(l): h()", "x"),
    "zip": ("l = [f]\n---\nfor h, n in zip(l, [1]): h()", "x"),
    "a comprehension": ("l = [f]\n---\n[h() for h in l]", "x"),
    "a loop that may stop before": ("---\nfor h in [g, f]:\n    if h(): break", "x?"),
    "the target after the loop": ("---\nfor h in [f, g]: pass\nh()", ""),
    "a target that is bound again": ("---\nfor h in [f]:\n    h = g\n    h()", ""),
    "items of an unpacked tuple": ("def two(): return f, g\na, b = two()\n---\nb()", ""),
    "the first of these": ("def two(): return f, g\na, b = two()\n---\na()", "x"),
    "objects": ("class A:\n    def go(self): x\nl = [A(), A()]\n---\nfor a in l: a.go()", "x"),
    "a list that is given": ("def run(l):\n    for h in l: h()\n---\nrun([f])", "x"),
    "a decorator": ("d = {'a': lambda h: h}\n@d['a']\ndef k(): return x\n---\nk()", "x"),
}  # fmt: skip

CHANGED = {
    "an item is replaced": ("d = {'a': f}\nd['a'] = g\n---\nd['a']()", ""),
    "in another cell": ("d = {'a': f}\n---\nd['a'] = g\n---\nd['a']()", ""),
    "in the same cell, later": ("d = {'a': f}\n---\nd['a']()\nd['a'] = g", "x"),
    "in a branch": ("d = {'a': g}\nif len(''): d['a'] = f\n---\nd['a']()", ""),
    "an item is added": ("d = {}\nd['a'] = f\n---\nd['a']()", "x"),
    "in the cell between": ("l = []\n---\nl.append(f)\n---\nfor h in l: h()", "x"),
    "under another name": ("d = {'a': f}\ne = d\ne['a'] = g\n---\nd['a']()", ""),
    "by a function that gets it": (
        "def fix(d): d['a'] = g\nd = {'a': f}\nfix(d)\n---\nd['a']()", ""
    ),
    "by a function that knows it": (
        "d = {'a': f}\ndef fix(): d['a'] = g\n---\nfix()\n---\nd['a']()", ""
    ),
    "by a library": ("import lib\nl = [f]\nlib.shuffle(l)\n---\nl[0]()", ""),
    "printed": ("d = {'a': f}\nprint(d, len(d))\n---\nd['a']()", "x"),
    "cleared": ("l = [f]\nl.clear()\nl.append(g)\n---\nl[0]()", ""),
    "deleted": ("d = {'a': f}\ndel d['a']\nd['a'] = g\n---\nd['a']()", ""),
    "updated": ("d = {'a': f}\nd.update(a=g)\n---\nd['a']()", ""),
    "a registry": (
        "HOOKS = {}\ndef hook(name):\n    def register(h):\n        HOOKS[name] = h\n"
        "        return h\n    return register\n@hook('a')\ndef k(): return x\n---\nHOOKS['a']()",
        "x",
    ),
    "a registry by names": (
        "HOOKS = {}\ndef hook(h):\n    HOOKS[h.__name__] = h\n    return h\n@hook\n"
        "def k(): return x\n---\nfor h in HOOKS.values(): h()",
        "x",
    ),
    "a registry in another cell": (
        "HOOKS = []\ndef hook(h):\n    HOOKS.append(h)\n    return h\n---\n@hook\n"
        "def k(): return x\n---\nfor h in HOOKS: h()",
        "x",
    ),
}  # fmt: skip

DEFAULTS = "from collections import defaultdict\nd = defaultdict(lambda: x)\n"
MADE = {
    "a missing item": ("---\nd['a']", "x"),
    "a missing item that is added to": ("---\nd['a'] += 1", "x"),
    "an item that is there": ("d['a'] = 1\n---\nd['a']", ""),
    "get": ("---\nd.get('a')", ""),
    "nothing": ("---\nd", ""),
}

GIVEN = {
    "a default": ("def run(h=lambda: x): return h()\n---\nrun()", "x"),
    "a default that is replaced": ("def run(h=lambda: x): return h()\n---\nrun(g)", ""),
    "by keyword": ("def run(n, h=lambda: x): return h()\n---\nrun(1, h=g)", ""),
    "only by keyword": ("def run(*, h=lambda: x): return h()\n---\nrun()", "x"),
    "by what is not known": ("def run(h=lambda: x): return h()\n---\nrun(*[g])", ""),
    "stars": ("def run(*hs): return [h() for h in hs]\n---\nrun(g, f)", "x"),
    "two stars": ("def run(**kw): return kw['h']()\n---\nrun(h=f)", "x"),
    "a key": ("d = {'a': f, 'b': g}\ndef run(k): return d[k]()\n---\nrun('a')", "x"),
    "another key": ("d = {'a': f, 'b': g}\ndef run(k): return d[k]()\n---\nrun('b')", ""),
    "composed": (
        "def both(*hs):\n    def run():\n        for h in hs: h()\n    return run\nr = both(g, f)\n"
        "---\nr()", "x"
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(f"{before}{text}", expected, id=title)
        for before, rows in [
            (FUNCTIONS, HELD), (FUNCTIONS, CHANGED), (DEFAULTS, MADE), (FUNCTIONS, GIVEN),
        ]
        for title, (text, expected) in rows.items()
    ],
)  # fmt: skip
def test_what_the_last_cell_lacks(text: str, expected: str) -> None:
    assert lacked_by_the_last(text) == expected


def test_the_item_of_a_key() -> None:
    held = Contents("dict", (("a", "f"), ("b", "g")))
    assert item_of(held, Literal("b")) == "g"
    assert item_of(held, Literal("c")) is None
    assert item_of(held, UNKNOWN) == Several(("f", "g"))


def test_a_loop_takes_each_item_or_surely_the_first() -> None:
    held = sequence(["f", "g"])
    assert each_of(held, every=True) == Several(("f", "g"), 2)
    assert each_of(held, every=False) == Several(("f", "g"), 1)
    assert each_of(sequence(["f"]), every=True) == "f"
    assert each_of(sequence([]), every=True) is None


def test_what_methods_return() -> None:
    held = Contents("dict", (("a", "f"),))
    assert result_of_method(held, "get", ((0, Literal("a")),)) == "f"
    assert result_of_method(held, "values", ()) == sequence(["f"])
    assert result_of_method(held, "copy", ()) is held
    assert result_of_method(held, "popitem", ()) is None


def test_what_is_held_after_a_change() -> None:
    empty = Contents("list")
    assert changed(empty, "append", ((0, "f"),)) == sequence(["f"])
    assert changed(empty, "__setitem__", ((0, UNKNOWN), (1, "f"))) is None
    assert changed(empty, "extend", ((0, "f"),)) is None
    replaced = changed(sequence(["f"]), "__setitem__", ((0, Literal(0)), (1, "g")))
    assert replaced == sequence(["g"])


def test_a_recursion_that_counts_is_followed_once() -> None:
    count = "def P(n, k=0): return x if n else P(n - 1, k + 1) * P(n, k - 1) + P(n + 1, k)\n"
    assert lacked_by_the_last(f"{count}---\nP(400, 200)") == "x"
    assert lacked_by_the_last(f"{count}---\nP(0, len(''))") == "x"


def test_a_decorator_with_a_number_is_known() -> None:
    cached = "from functools import lru_cache\n@lru_cache(None)\ndef f(n): return x\n"
    assert lacked_by_the_last(f"{cached}---\nf(1)") == "x"
    assert lacked_by_the_last(f"{cached.replace('None', '10')}---\nf(1)") == "x"
