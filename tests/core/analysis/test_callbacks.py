"""Which calls call the functions that they are given, and when?"""

from __future__ import annotations

import ast

import pytest

from jupyter_namespace_viz.core.analysis.callbacks import (
    calls_its_arguments,
    is_lazy,
    name_of_callee,
)


def call(source: str) -> ast.Call:
    """The call that the text is."""
    node = ast.parse(source, mode="eval").body
    assert isinstance(node, ast.Call)
    return node


@pytest.mark.parametrize(
    ("source", "name"),
    [("f()", "f"), ("a.f()", "f"), ("a.b().f()", "f"), ("f()()", None), ("a[0]()", None)],
)
def test_the_name_of_a_callee(source: str, name: str | None) -> None:
    assert name_of_callee(call(source)) == name


CALLS = [
    ("sorted(z, key=f)", True),
    ("df.apply(f)", True),
    ("functools.reduce(f, z)", True),
    ("anything(f)", True),
    ("(lambda g: g())(f)", True),
    # callees that only look at the function
    ("print(f)", False),
    ("callable(f)", False),
    ("inspect.getsource(f)", False),
    # that keep it for later
    ("button.on_click(f)", False),
    ("Thread(target=f)", False),
    ("handlers.append(f)", False),
    # that make another function of it
    ("partial(f, 1)", False),
    ("np.vectorize(f)", False),
    # that show its errors instead of raising them
    ("interact(f)", False),
    # that call it when their result is iterated over
    ("map(f, z)", False),
    ("itertools.starmap(f, z)", False),
]


@pytest.mark.parametrize(("source", "expected"), CALLS)
def test_a_call_that_calls_what_it_is_given(source: str, expected: bool) -> None:
    assert calls_its_arguments(call(source)) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("map(f, z)", True),
        ("filter(f, z)", True),
        ("itertools.takewhile(f, z)", True),
        ("it.starmap(f, z)", True),
        ("df.x.map(f)", False),  # of pandas: calls at once
        ("pool.map(f, z)", False),
        ("sorted(z, key=f)", False),
        ("f()()", False),
    ],
)
def test_a_call_that_waits_until_it_is_iterated(source: str, expected: bool) -> None:
    assert is_lazy(call(source)) == expected


def test_what_is_no_call_is_not_lazy() -> None:
    assert not is_lazy(ast.parse("map", mode="eval").body)


def test_python_agrees_on_which_of_its_own_calls_wait() -> None:
    called: list[int] = []
    lazy = [map(called.append, [1]), filter(called.append, [1])]
    assert called == []
    assert [list(one) for one in lazy] == [[None], []]
    sorted([1], key=called.append)
    assert called == [1, 1, 1]
