"""Which functions run that objects hold in their attributes?

The rows are notebooks; the expected words are the names that the last cell lacks.
"""

from __future__ import annotations

import pytest

from tests.core.tools.notebooks import lacked_by_the_last

JOB = (
    "class Job:\n    def __init__(self, f): self.f = f\n    def run(self): return self.f()\n"
    "    def use(self, f): pass\ndef work(): return x\n"
)
HELD = {
    "what it is given": ("j = Job(work)\n---\nj.run()", "x"),
    "by keyword": ("j = Job(f=work)\n---\nj.f()", "x"),
    "one that is made at once": ("---\nJob(work).run()", "x"),
    "set from outside": ("j = Job(work)\nj.f = len\n---\nj.run()", ""),
    "set in another cell": ("j = Job(work)\n---\nj.f = len\n---\nj.run()", ""),
    "an inherited __init__": ("class Own(Job): pass\n---\nOwn(work).run()", "x"),
    "that is called": (
        "class Own(Job):\n    def __init__(self, f): super().__init__(f)\n---\nOwn(work).run()", "x"
    ),
    "set by another method": (
        "class Own(Job):\n    def use(self, f): self.f = f\nj = Own(work)\nj.use(len)\n---\n"
        "j.run()",
        "",
    ),
    "set by names that are computed": (
        "class Own(Job):\n    def use(self, n): setattr(self, n, len)\nj = Own(work)\nj.use('f')\n"
        "---\nj.run()",
        "",
    ),
    "an object in an object": (
        "class Out:\n    def __init__(self): self.inner = Job(work)\n---\nOut().inner.run()", "x"
    ),
    "a list of methods": (
        "class P:\n    def __init__(self): self.steps = [self.a]\n    def a(self): return x\n"
        "    def run(self): return [s() for s in self.steps]\n---\nP().run()", "x"
    ),
    "a list that a method changes": (
        "class P:\n    def __init__(self): self.steps = [self.a]\n    def a(self): return x\n"
        "    def no(self): self.steps.clear()\n"
        "    def run(self): return [s() for s in self.steps]\np = P()\np.no()\n---\np.run()", ""
    ),
    "a dataclass": (
        "from dataclasses import dataclass\n@dataclass\nclass D:\n    f: object\n"
        "    def run(self): return self.f()\n---\nD(work).run()", "x"
    ),
    "a namespace": (
        "from types import SimpleNamespace\nns = SimpleNamespace()\nns.f = work\n---\nns.f()", "x"
    ),
    "a decorator that keeps and calls": ("@Job\ndef k(): return y\n---\nk.run()", "y"),
    "getattr": ("class A:\n    def go(self): return x\n---\ngetattr(A(), 'go')()", "x"),
    "a table of a class": (
        "class A:\n    def go(self): return x\n    t = {'a': go}\n---\nA.t['a'](1)", "x"
    ),
    "a property that is called": (
        "class A:\n    def go(self): return x\n    v = property(go)\n---\nA().v", "x"
    ),
    "another name of a method": (
        "class A:\n    @staticmethod\n    def go(): return x\n    m = go\n---\nA.m()", "x"
    ),
    "a function in a context": (
        "from contextlib import ContextDecorator\nclass C(ContextDecorator):\n"
        "    def __enter__(self): x\n    def __exit__(self, *e): pass\n@C()\ndef k(): return y\n"
        "---\nk()", "x y"
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), HELD.values(), ids=HELD)
def test_what_the_last_cell_lacks(text: str, expected: str) -> None:
    assert lacked_by_the_last(JOB + text) == expected
