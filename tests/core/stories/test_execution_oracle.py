"""Do cells without side effects do, when they run, what was read of them?

Each cell is run in a dict that remembers what was bound. Then:

- without one of its certain immediate needs a cell raises NameError;
- with all of its immediate needs it raises none, for it was judged ready;
- it binds what it certainly defines, binds nothing that it does not define, and deletes only what
  it says.
"""

from __future__ import annotations

import builtins
import textwrap
from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from jupyter_namespace_viz.core.analysis.reader import read_cell
from jupyter_namespace_viz.core.graph.needs import needs_at
from jupyter_namespace_viz.core.kernel_state.namespace import Namespace
from tests.core.tools.notebooks import judged, notebook, value


class Anything:
    """An object that supports every operation of the generated cells."""

    items = (1, 2)

    def __call__(self, *arguments: object, **_: object) -> object:
        for argument in arguments:
            if callable(argument) and not isinstance(argument, (Anything, type)):
                argument(ANYTHING)
        return ANYTHING

    def __iter__(self) -> object:
        return iter((ANYTHING, ANYTHING))

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        return ANYTHING

    def __getitem__(self, _: object) -> object:
        return ANYTHING

    def __setitem__(self, _: object, __: object) -> None:
        pass

    def __enter__(self) -> object:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def __add__(self, _: object) -> object:
        return self

    def __format__(self, _: str) -> str:
        return "anything"

    __radd__ = __iadd__ = __gt__ = __lt__ = __add__


ANYTHING = Anything()


class Kernel(dict[str, object]):
    """A namespace that remembers what cells bind."""

    def __init__(self, names: Iterable[str]) -> None:
        super().__init__(dict.fromkeys(names, ANYTHING), __name__="__main__")
        self.bound: set[str] = set()

    def __setitem__(self, name: str, held: object) -> None:
        if name != "__annotations__":
            self.bound.add(name)
        super().__setitem__(name, held)

    def raises(self, source: str) -> str | None:
        """The name whose lack stops the cell; None when it runs to its end."""
        try:
            exec(compile(source, "cell", "exec", dont_inherit=True), self)
        except NameError as error:
            return error.name or "?"
        return None


def given_names(names: Iterable[str]) -> Namespace:
    """A namespace that holds them from the start, as those of a startup file."""
    return Namespace(1, names={name: replace(value(name), initial=True) for name in names})


def compare(source: str) -> None:
    graph = notebook(source)
    needs = [use for use in needs_at(graph, 0) if use.phase == "immediate"]
    names = {use.name for use in needs} - set(dir(builtins))
    verdict = judged(graph, given_names(names)).cells[0]
    assert verdict.status == "ready"
    kernel = Kernel(names)
    read = read_cell(source)
    stopped_by = kernel.raises(source)
    if f"del {stopped_by}" in source:
        return  # the cell uses a name after deleting it: no need, no kernel can help
    assert stopped_by is None, (source, names)
    certain = {definition.name for definition in read.definitions if definition.certain}
    assert certain <= kernel.keys()
    assert kernel.bound & kernel.keys() <= {definition.name for definition in read.definitions}
    assert names - kernel.keys() <= set(read.deletions)
    for use in needs:
        if use.certain and use.name in names:
            held = given_names(names - {use.name})
            assert judged(graph, held).cells[0].status == "blocked"
            assert Kernel(names - {use.name}).raises(source) == use.name, (source, use)


@pytest.mark.parametrize(
    "source",
    [
        "x = x + 1",
        "x = 1\ndel x",
        "del x\nx = 2",
        "import os.path as p, sys\nfrom os import sep as s, path",
        "for i in xs:\n    y = i\nelse:\n    z = y",
        "for i in xs:\n    if i:\n        break\nelse:\n    z = w",
        "while n > 0:\n    n = 0\n    break",
        "if c:\n    x = a\nelse:\n    x = b\nx",
        "if not c:\n    x = a\ny",
        "with a as b, b.c as (d, e):\n    f = d",
        "try:\n    x = f()\nexcept ValueError:\n    x = g\nelse:\n    y = h\nfinally:\n    z = k",
        "try:\n    raise ValueError\nexcept ValueError as e:\n    x = str(e)",
        "try:\n    undefined\nexcept NameError:\n    x = 1",
        "[last := x + y for x in xs if x]\nlast",
        "{k: v for k in ks for v in k}, {s + t for s in ks}",
        "sum_ = [a for a in (b for b in bs)]",
        "def f(a=d, *b: c) -> e:\n    return a, later",
        "def f():\n    return x\nf()",
        "def f():\n    return g()\ndef g():\n    return x + f.y\nf = f or f()",
        "def f():\n    def g():\n        return x\n    return g()\nf()",
        "def f():\n    global made\n    made = x\nf()\nmade",
        "def f(n):\n    return n if n < 1 else f(n - 1) + x\nf(1)",
        "@d(e)\ndef f(*a):\n    return 1",
        "def d(f):\n    return w(f)\n@d\ndef f(*a):\n    return 1",
        "f = lambda a, b=c: a + x",
        "f = lambda: x\nf()",
        "apply(lambda a: a + x)",
        "def f(a):\n    return a + x\napply(f)",
        "class C(object):\n    a = x\n    b = a if c else 0\n    def m(self):\n        return y",
        "class C:\n    x = x\nC.x",
        "class C:\n    def __init__(self):\n        self.a = x\nC()",
        "match [1, p]:\n    case [a, b]:\n        c = a\n    case other:\n        c = other\n",
        "x: t = v\ny: u",
        "f'{a:{w}} {b!r}'",
        "a.b = c\na[i] = d\na[j] += e",
        "p, (q, *r) = s, s\n",
        "f(*a, **{'k': b})",
        "assert a, b",
        "x = a if b else c\ny = d or e",
        "if __name__ == '__main__':\n    x = y",
        "try:\n    import nowhere_at_all as n\nexcept ImportError:\n    n = None\nn",
        "if c:\n    pass\nelse:\n    raise ValueError(e)\nx = y",
    ],
)  # fmt: skip
def test_chosen_cells(source: str) -> None:
    compare(source)


PHASES = (Phase.explicit, Phase.generate, Phase.shrink)

# Straight programs, where each branch that is written can run.

NAMES = st.sampled_from(["a", "b", "c", "d"])


def indented(lines: str) -> str:
    return textwrap.indent(lines, "    ")


def expressions() -> st.SearchStrategy[str]:
    def larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        return st.one_of(
            st.tuples(inner, inner).map("({0[0]} is not {0[1]})".format),
            st.tuples(NAMES, inner, NAMES).map("[{0[1]} for {0[0]} in [{0[2]}]]".format),
            st.tuples(inner, inner).map("[{0[0]}, {0[1]}]".format),
            inner.map("(lambda q: {0})(None)".format),
        )

    return st.recursive(NAMES | st.just("None"), larger, max_leaves=3)


def statements() -> st.SearchStrategy[str]:
    value_of = expressions()
    simple = st.one_of(
        st.tuples(NAMES, value_of).map("{0[0]} = [{0[1]}]".format),
        st.tuples(NAMES, NAMES).map("{0[0]}, {0[1]} = [0], [0]".format),
        NAMES.map("del {0}".format),
        NAMES.map("import os as {0}".format),
        value_of.map("[{0}]".format),
    )

    def compound(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        body = st.lists(inner, min_size=1, max_size=3).map("\n".join).map(indented)
        return st.one_of(
            st.tuples(value_of, body, body).map("if [{0[0]}]:\n{0[1]}\nelse:\n{0[2]}".format),
            st.tuples(value_of, body).map("if not [{0[0]}]:\n{0[1]}".format),
            st.tuples(NAMES, value_of, body).map("for {0[0]} in [[{0[1]}]]:\n{0[2]}".format),
            body.map("try:\n{0}\nfinally:\n    pass".format),
        )

    return st.recursive(simple, compound, max_leaves=4)


def functions() -> st.SearchStrategy[str]:
    return st.tuples(st.sampled_from(["f", "g"]), NAMES, expressions()).map(
        "def {0[0]}({0[1]}=[0]):\n    return [{0[2]}]".format
    )


def cell_texts() -> st.SearchStrategy[str]:
    calls = st.sampled_from(["f", "g"]).map("if '{0}' in dir(): [{0}]".format)
    parts = st.one_of(statements(), functions(), calls)
    return st.lists(parts, min_size=1, max_size=6).map("\n".join)


@settings(max_examples=300, derandomize=True, deadline=None, database=None, phases=PHASES)
@given(cell_texts())
def test_generated_cells(source: str) -> None:
    compare(source)
