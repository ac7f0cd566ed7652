"""What does a function of a library do with the functions that it is given?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.analysis.calls.callees import (
    Behaviour,
    behaviour_of,
    is_standard,
    may_call,
)

KNOWN = [
    ("builtins.sorted", Behaviour(("key",), (0,))),
    ("builtins.filter", Behaviour((0,), (1,), "lazy")),
    ("functools.partial", Behaviour((), (), "caller")),
    ("builtins.len", Behaviour((), (), None, ("__len__",))),
    # a function of Python's own modules that is not in the table calls nothing
    ("signal.signal", Behaviour()),
    ("collections.defaultdict", Behaviour()),
    # of other libraries nothing is known
    ("somewhere.sorted", None),
    ("pandas.DataFrame", None),
]


@pytest.mark.parametrize(("path", "expected"), KNOWN)
def test_what_a_function_does(path: str, expected: Behaviour | None) -> None:
    assert behaviour_of(path) == expected


def test_pythons_own_modules() -> None:
    assert is_standard("builtins.map")
    assert is_standard("collections.abc.Iterable")
    assert not is_standard("numpy.linalg")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("minimize", True),
        ("optimize", True),
        ("fit", True),
        ("onset", True),  # no `on`
        ("address", True),  # no `add`
        ("", True),
        ("on_click", False),
        ("append", False),
        ("make_scorer", False),
        ("addFilter", False),
        ("FunctionTransformer", False),
        ("delayed", False),
    ],
)
def test_a_name_that_says_that_a_function_is_kept(name: str, expected: bool) -> None:
    assert may_call(name) == expected
