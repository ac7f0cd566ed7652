"""Which functions run when a cell does something with a value?

The rows are notebooks; the expected words are the names that the last cell lacks, `?` where it may
lack them.
"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.forecast.restart_and_run_all import forecast
from tests.core.tools.notebooks import environment_without, notebook, words

GIVEN = {
    "a table of functions": ("def h(): return x\nkept = {'a': h, 'b': [h]}", ""),
    "a signal handler": ("import signal\ndef h(): return x\nsignal.signal(2, h)", ""),
    "a default factory": ("from collections import defaultdict\ndefaultdict(lambda: x)", ""),
    "printed": ("def h(): return x\nprint(h)", ""),
    "sorted": ("sorted([1], key=lambda v: x)", "x"),
    "the key of another module": ("from m import sorted\nsorted([1], key=lambda v: x)", "x?"),
    "reduce": ("import functools as ft\nft.reduce(lambda a, b: x, [1, 2])", "x"),
    "a function of a library": ("import lib\nlib.minimize(lambda v: x)", "x?"),
    "a function of a library that keeps it": ("import lib\nlib.make_scorer(lambda v: x)", ""),
    "an object of a library": ("import lib\nlib.open().walk(lambda v: x)", "x?"),
    "a handler": ("import lib\nlib.button().on_click(lambda v: x)", ""),
    "a transformation": (
        "import pandas as pd\n---\npd.read_csv('a')['b'].transform(lambda v: x)", "x?"
    ),
    "a table of pandas": ("import pandas as pd\n---\npd.read_csv('a')['b'].map(lambda v: x)", "x"),
    "groups of a table": ("import pandas as pd\n---\npd.read_csv('a').groupby(lambda v: x)", "x"),
    "its columns by a function": (
        "import pandas as pd\n---\npd.read_csv('a', usecols=lambda v: x)", "x"
    ),
    "its rows by a function": ("import pandas as pd\n---\npd.read_csv('a').loc[lambda v: x]", "x"),
    "an item of a dict": ("d = {}\n---\nd[lambda v: x] = 1\nd[lambda v: x]", ""),
    "a list that is sorted": ("rows = [2, 1]\nrows.sort(key=lambda v: x)", "x"),
    "an empty list that is": ("rows = []\nrows.sort(key=lambda v: x)", ""),
    "a hook for objects": ("import json\njson.loads('{}', object_hook=lambda v: x)", "x"),
    "where there is none": ("import json\njson.loads('1', object_hook=lambda v: x)", ""),
    "of a text that is not known": (
        "import json\njson.loads(text, object_hook=lambda v: x)", "text"
    ),
    "no match": (r"import re; re.sub(r'\d', lambda m: x, 'ab')", ""),
    "one element": ("from functools import reduce\nreduce(lambda a, b: x, [1])", ""),
    "one and an initial value": (
        "from functools import reduce\nreduce(lambda a, b: x, [1], 2)", "x"
    ),
    "a table of something else": ("import lib\n---\nlib.read('a')['b'].map(lambda v: x)", "x?"),
    "partial": ("from functools import partial\ng = partial(lambda: x)", ""),
    "a called partial": ("from functools import partial\ng = partial(lambda: x)\n---\ng()", "x"),
    "map": ("m = map(lambda v: x, [1])", ""),
    "map that is consumed": ("m = map(lambda v: x, [1])\n---\nfor v in m: pass", "x"),
    "a registry": ("kept = []\ndef add(f): kept.append(f)\nadd(lambda: x)", ""),
    "a function that calls": ("def run(f): f()\n---\nrun(lambda: x)", "x"),
    "by keyword": ("def run(n, f=None): f()\n---\nrun(1, f=lambda: x)", "x"),
    "a function that may call": ("def run(n, f):\n    if n: f()\n---\nrun(id(1), lambda: x)", "x?"),
    "a class that keeps": (
        "class Job:\n    def __init__(self, f): self.f = f\nJob(lambda: x)", ""
    ),
    "a class that calls": ("class Job:\n    def __init__(self, f): f()\nJob(lambda: x)", "x"),
}  # fmt: skip

WRAPPER = """
import functools
def deco(f):
    @functools.wraps(f)
    def wrapper(*a):
        return f(*a)
    return wrapper
"""
DECORATED = {
    "a decorator that registers": ("def d(f): return f\n@d\ndef h(): return x", ""),
    "a decorator that calls": ("def d(f):\n    f()\n    return f\n@d\ndef h(): return x", "x"),
    "a wrapper": (f"{WRAPPER}@deco\ndef h(): return x", ""),
    "a called wrapper": (f"{WRAPPER}---\n@deco\ndef h(): return x\n---\nh()", "x"),
    "a wrapper that does not call": (
        "def off(f):\n    def w(): return 1\n    return w\n@off\ndef h(): return x\n---\nh()", ""
    ),
    "a decorator with an argument": (
        "def d(n):\n    def deco(f):\n        return f\n    return deco\n"
        "@d(1)\ndef h(): return x\n---\nh()", "x"
    ),
    "more decorators than are followed": (
        "from typing import final\n" + "@final\n" * 7 + "class A:\n    size = 1\nA().size\nx", "x"
    ),
    "a decorator of a library runs nothing": ("import lib\n@lib.task\ndef h(): return x", ""),
    "a decorator of a library": ("import lib\n@lib.task\ndef h(): return x\nh()", "x?"),
    "a cache": ("import functools\n@functools.cache\ndef h(): return x\n---\nh()", "x"),
    "a context manager": (
        "from contextlib import contextmanager\n@contextmanager\ndef cm(): yield x\n---\n"
        "with cm(): pass", "x"
    ),
    "what a context manager does at the end": (
        "from contextlib import contextmanager\n@contextmanager\ndef cm():\n    yield\n    x\n"
        "---\nwith cm(): pass", "x"
    ),
}  # fmt: skip

LAZY = {
    "a generator": ("g = (x for v in [1])", ""),
    "its first iterable": ("g = (v for v in x)", "x"),
    "only one level of it": ("g = (v for v in (x for w in [1]))", ""),
    "a consumed generator": ("g = (x for v in [1])\n---\nlist(g)", "x"),
    "a generator function": ("def g(): yield x\ng()", ""),
    "its first item": ("def g(): yield x\n---\nit = g()\n---\nnext(it)", "x"),
    "only the first item": ("def g():\n    yield 1\n    yield x\n---\nnext(g())", ""),
    "all items": ("def g():\n    yield 1\n    yield x\n---\nlist(g())", "x"),
    "perhaps all items": ("def g():\n    yield 1\n    yield x\n---\nany(g())", "x?"),
    "until a break": (
        "def g():\n    yield 1\n    yield x\n---\nfor v in g():\n    if v: break", "x?"
    ),
    "a loop with a function that returns": (
        "def g():\n    yield 1\n    yield x\n---\nfor v in g():\n    def f(): return v", "x"
    ),
    "a slice": (
        "from itertools import islice\ndef g():\n    yield 1\n    yield x\n---\n"
        "for v in islice(g(), 1): pass", "x?"
    ),
    "the first item, of a function in a function": (
        "def outer(n):\n    def g():\n        yield n\n        yield x\n    return next(g())\n---\n"
        "outer(1)", ""
    ),
    "an item of no items": ("next((x for v in []), None)", ""),
    "an iterator that calls": ("list(iter(lambda: x, 1))", "x"),
    "a heap": ("import heapq\nheapq.nsmallest(1, [1], key=lambda v: x)", "x"),
    "threads": (
        "from concurrent.futures import ThreadPoolExecutor\npool = ThreadPoolExecutor()\n---\n"
        "list(pool.map(lambda v: x, [1]))", "x"
    ),
    "a future": (
        "from concurrent.futures import ThreadPoolExecutor\npool = ThreadPoolExecutor()\n"
        "f = pool.submit(lambda: x)", ""
    ),
    "the result of a future": (
        "from concurrent.futures import ThreadPoolExecutor\npool = ThreadPoolExecutor()\n"
        "f = pool.submit(lambda: x)\n---\nf.result()", "x"
    ),
    "gathered": (
        "import asyncio\nasync def job(): return x\n---\nawait asyncio.gather(job())", "x"
    ),
    "gathered with errors": (
        "import asyncio\nasync def job(): return x\n---\n"
        "await asyncio.gather(job(), return_exceptions=True)", ""
    ),
    "a task": ("import asyncio\nasync def job(): return x\n---\nasyncio.create_task(job())", ""),
    "a thread": ("import asyncio\nawait asyncio.to_thread(lambda: x)", "x"),
    "yield from": ("def g(): yield x\ndef h(): yield from g()\n---\nlist(h())", "x"),
    "a joined generator": ("','.join(x for v in [1])", "x"),
    "a generator given to what keeps it": (
        "kept = []\ndef keep(it): kept.append(it)\nkeep(x for v in [1])", ""
    ),
    "a coroutine": ("async def job(): return x\nj = job()", ""),
    "an awaited coroutine": ("async def job(): return x\n---\nj = job()\n---\nawait j", "x"),
}  # fmt: skip

KINDS = """
class Base:
    def __init__(self): self.n = 1
    @property
    def size(self): return x
    @size.setter
    def size(self, v): return y
    @classmethod
    def make(cls): return cls()
    @staticmethod
    def helper(): return x
    def run(self): return self.step()
    def step(self): return x
    def __enter__(self): return self
    def __exit__(self, *a): return x
    def __iter__(self): return self
    def __next__(self): return x
    def __getitem__(self, i): return x
    def __add__(self, o): return x
    def __len__(self): return x
    def __call__(self): return x
class Kid(Base):
    def step(self): return 1
---
b, k = Base(), Kid()
a = Base()
kid = Kid()
---
"""
OBJECTS = {
    "made": ("Base()", ""),
    "only mentioned": ("isinstance(3, Base), Base.make, [Base]", ""),
    "a base class": ("class Other(Base): pass", ""),
    "a property": ("a.size", "x"),
    "a property that is set": ("a.size = 3", "y"),
    "a class method": ("Base.make().size", "x"),
    "a static method": ("a.helper()", "x"),
    "a method that is not called": ("a.run", ""),
    "a method that calls another": ("a.run()", "x"),
    "an overridden method": ("kid.run()", ""),
    "an inherited one": ("kid.size", "x"),
    "with": ("with a: pass", "x"),
    "for": ("for v in a: pass", "x"),
    "of two": ("a, c = Base(), 1\na.size", "x"),
    "a consumer": ("list(kid)", "x"),
    "an item": ("a[0]", "x"),
    "an operator": ("a + 1", "x"),
    "another operator": ("a - 1", ""),
    "len": ("len(a)", "x"),
    "a call": ("a()", "x"),
    "another name": ("other = a\nother.size", "x"),
    "bound again": ("a = 3\na.size", ""),
    "one of several": ("b.size", "x"),
    "given to a library": ("import lib\nlib.walk(a)", "x? y?"),
}

CLASSES = {
    "made in a branch": ("if print:\n    class A:\n        f = lambda self: x\n---\nA().f()", "x"),
    "a member of a branch": (
        "class A:\n    f = lambda self: x\n    if print(): f = lambda self: 1\n---\nA().f()", ""
    ),
    "an inherited __init__": (
        "class A:\n    def __init__(self): x\n---\nclass B(A): pass\n---\nB()", "x"
    ),
    "an overridden __init__": (
        "class A:\n    def __init__(self): x\nclass B(A):\n    def __init__(self): 1\n---\nB()", ""
    ),
    "super": (
        "class A:\n    def __init__(self): x\nclass B(A):\n"
        "    def __init__(self): super().__init__()\n---\nB()", "x"
    ),
    "__init_subclass__": (
        "class A:\n    def __init_subclass__(cls): x\n---\nclass B(A): pass", "x"
    ),
    "__post_init__": (
        "from dataclasses import dataclass\n@dataclass\nclass A:\n    def __post_init__(self): x\n"
        "---\nA()", "x"
    ),
    "a default factory": (
        "from dataclasses import dataclass, field\n@dataclass\nclass A:\n"
        "    v: list = field(default_factory=lambda: x)\n---\nA()", "x"
    ),
    "a default factory that is not needed": (
        "from dataclasses import dataclass, field\n@dataclass\nclass A:\n"
        "    v: list = field(default_factory=lambda: x)\n---\nA([1])", ""
    ),
    "another conversion": ("class A:\n    def __str__(self): x\n---\nf'{A()!r}'", ""),
    "a method that is replaced": (
        "class A:\n    def f(self): return x\ndef g(self): return y\nA.f = g\n---\nA().f()", "y"
    ),
    "a method that another cell replaces": (
        "class A:\n    def f(self): return x\n---\nA.f = len\n---\nA().f()", ""
    ),
    "before another cell replaces it": (
        "class A:\n    def f(self): return x\n---\n1\n---\nA().f()", "x"
    ),
    "a method of one object": (
        "class A:\n    def f(self): return x\na = A()\na.f = len\n---\na.f()", ""
    ),
    "async with": (
        "class A:\n    async def __aenter__(self): x\n    async def __aexit__(self, *a): y\n---\n"
        "async with A(): pass", "x y"
    ),
    "what async with binds": (
        "class A:\n    async def __aenter__(self): return self\n"
        "    async def __aexit__(self, *a): pass\n    def f(self): x\n---\n"
        "async with A() as a: a.f()", "x"
    ),
    "a call that is handled": (
        "def g(): return x\ndef f():\n    try: g()\n    except NameError: pass\n---\nf()", ""
    ),
    "a base class of a library": (
        "import lib\nclass Net(lib.Module):\n    def forward(self): x\n---\nn = Net()\nn(1)", "x?"
    ),
    "what a function makes": (
        "class A:\n    def go(self): x\ndef make(): return A()\n---\na = make()\n---\na.go()", "x"
    ),
    "one of two classes": (
        "class A:\n    def go(self): x\nclass B:\n    def go(self): pass\n"
        "a = A()\nif a: a = B()\n---\na.go()", ""
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(f"{before}{text}", expected, id=title)
        for before, rows in [
            ("", GIVEN), ("", DECORATED), ("", LAZY), ("", CLASSES), (KINDS, OBJECTS),
        ]
        for title, (text, expected) in rows.items()
    ],
)  # fmt: skip
def test_what_the_last_cell_lacks(text: str, expected: str) -> None:
    sources = text.split("---\n")
    found = forecast(notebook(*sources), environment_without())
    last = (it for it in found if it.cell_id == f"c{len(sources)}")
    assert words(f"{it.name}{'?' * (not it.certain)}" for it in last) == expected
