"""What do functions read for the arguments that a cell gives them?"""

from __future__ import annotations

import pickle

import pytest

from jupyter_namespace_viz.core.analysis.reader import read_cell
from jupyter_namespace_viz.core.forecast.restart_and_run_all import forecast
from tests.core.tools.notebooks import environment_without, notebook, words

GUARD = "def f(a=None):\n    if a is None: return 0\n    return x\n---\n"
FLAG = "def f(a, verbose=False):\n    if verbose: print(x)\n---\n"
LOOP = "def f(rows):\n    for row in rows: x\n---\n"
LOCAL = "def f(n):\n    for i in range(n): last = i\n    return last\n---\n"
METHOD = (
    "class A:\n    def __init__(self, n=0):\n        if n: x\n    def m(self, a): return a or x\n"
)

CALLBACK = "def f(a=None):\n    if a: a()\n---\n"

LACKED = {
    # the cells; what the last one lacks, with a ? where it is not certain
    "a default": (f"{GUARD}f()", ""),
    "an argument in its place": (f"{GUARD}f(1)", "x"),
    "the default by hand": (f"{GUARD}f(None)", ""),
    "a name with that value": (f"{GUARD}n = None\nf(n)", ""),
    "an argument that is not known": (f"{GUARD}f(len(''))", "x?"),
    "one that another name gives": (f"{GUARD}def g(b): return f(b)\ng(None)", ""),
    "by keyword": (f"{FLAG}f(1, verbose=True)", "x"),
    "by place": (f"{FLAG}f(1, True)", "x"),
    "left out": (f"{FLAG}f(1)", ""),
    "any keywords": (f"{FLAG}f(1, **dict())", "x?"),
    "any places": (f"{FLAG}f(*list())", "x?"),
    "a callback": (f"{GUARD}list(map(f, [1]))", "x?"),
    "a partial call": (f"{FLAG}from functools import partial\ng = partial(f, 1)\n---\ng()", "x?"),
    "no items": (f"{LOOP}f([])", ""),
    "items": (f"{LOOP}f([1])", "x"),
    "an empty name": (f"{LOOP}r = []\nf(r)", ""),
    "that is not empty by then": (f"{LOOP}r = []\nr.append(1)\nf(r)", "x"),
    "no rounds": (f"{LOCAL}f(0)", "last"),
    "some rounds": (f"{LOCAL}f(2)", ""),
    "a name that is bound again": (
        "def f(a=None):\n    if a is None: a = x\n    if a: return y\n---\nf()", "x y?"
    ),
    "a name that a loop may bind again": (
        "def f(a=0):\n    for i in range(3):\n        if a: x\n        a = 1\n---\nf()", "x?"
    ),
    "a name that an inner function binds": (
        "def f(a=0):\n    def g():\n        nonlocal a\n        a = 1\n    if a: x\n---\nf()",
        "x?",
    ),
    "a name that hides a builtin": (
        "def f(len, a=()):\n    if len(a): x\n---\nf(lambda it: 1)", "x?"
    ),
    "a recursion": ("def f(n): return 1 if n < 1 else f(n - 1) * x\n---\nf(0)", ""),
    "a recursion that goes on": ("def f(n): return 1 if n < 1 else f(n - 1) * x\n---\nf(2)", "x"),
    "a lambda": ("f = lambda a: a if a else x\n---\nf(1)", ""),
    "an indented function": ("if True:\n    def f(a):\n        if a: x\n---\nf(1)", "x"),
    "a method": (f"{METHOD}---\nA().m(1)", ""),
    "a method that goes on": (f"{METHOD}---\nA().m('')", "x"),
    "an object": (f"{METHOD}---\nA(1)", "x"),
    "an object by default": (f"{METHOD}---\nA()", ""),
    "a method without its object": ("class A:\n    def m(): x\n---\nA().m()", ""),
    "a case": (
        "def f(a):\n    match a:\n        case 1: r = 1\n    return r\n---\nf(2)", "r"
    ),
    "a case that matches": (
        "def f(a):\n    match a:\n        case 1: r = 1\n    return r\n---\nf(1)", ""
    ),
    "its own caller": ("def g(h, go):\n    if go: h()\n---\ng(lambda: x, False)", ""),
    "its own caller that calls": ("def g(h, go):\n    if go: h()\n---\ng(lambda: x, True)", "x"),
    "a function that is there": (f"{CALLBACK}f(lambda: x)", "x"),
    "none by default": (f"{CALLBACK}f()", ""),
    "a function that can be called": (
        "def f(a=None):\n    if callable(a): a()\n    if a == 1: y\n---\nf(lambda: x)", "x"
    ),
    "a method of an object": (f"class A:\n    def m(self): x\n{CALLBACK}f(A().m)", "x"),
    "a class that is there": (f"class A:\n    def __init__(self): x\n{CALLBACK}f(A)", "x"),
    "an object, which may be false": (
        f"class A:\n    def __bool__(self): return bool(len(''))\n{GUARD}f(A())", "x?"
    ),
    "a class whose metaclass tells": (
        "class M(type):\n    def __bool__(self): return False\nclass A(metaclass=M): pass\n"
        "def f(a):\n    if a: x\n---\nf(A)",
        "x?",
    ),
    "a factory": ("def g():\n    def f(a):\n        if a: x\n    return f\n---\ng()(0)", "x?"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), LACKED.values(), ids=LACKED)
def test_what_a_call_lacks(text: str, expected: str) -> None:
    sources = text.split("---\n")
    found = forecast(notebook(*sources), environment_without())
    last = (it for it in found if it.cell_id == f"c{len(sources)}")
    assert words(f"{it.name}{'?' * (not it.certain)}" for it in last) == expected


def test_a_function_can_be_read_in_another_process() -> None:
    names = pickle.loads(pickle.dumps(read_cell("def f(a):\n    if a: x")))
    (function,) = names.functions
    assert function.body.read(function.body, (("a", "1"),)).uses[0].certain
    assert function.body.read(function.body, (("a", "0"),)).uses == ()
