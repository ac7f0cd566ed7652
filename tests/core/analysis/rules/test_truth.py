"""Is a test always true, or always false?"""

from __future__ import annotations

import ast

import pytest

from jupyter_namespace_viz.core.analysis.rules.truth import constant_truth

CONSTANTS = [
    ("True", True),
    ("False", False),
    ("0", False),
    ("1", True),
    ("''", False),
    ("'text'", True),
    ("None", False),
    ("...", True),
    ("__name__ == '__main__'", True),  # in a notebook
    ("__name__ != '__main__'", False),
    ("__name__ == 'm'", False),
    ("x", None),
    ("not x", None),
    ("x == 1", None),
    ("x == '__main__'", None),
    ("__name__ == x", None),
    ("not 1", False),
    ("not x", None),
    ("1 < 2 < 3", True),
    ("1 > 2 > x", False),
    ("1 < 2 < x", None),
    ("1 < 'a'", None),
    ("x and 0", False),
    ("x and 1", None),
    ("1 and 2", True),
    ("x or 1", True),
    ("0 or ''", False),
]


@pytest.mark.parametrize(("test", "expected"), CONSTANTS)
def test_a_condition_that_is_always_the_same(test: str, expected: bool | None) -> None:
    assert constant_truth(ast.parse(test, mode="eval").body) is expected
    if expected is not None:
        assert bool(eval(test, {"__name__": "__main__", "x": [0]})) == expected


def test_a_condition_on_names_whose_values_are_known() -> None:
    def truth(test: str) -> bool | None:
        return constant_truth(ast.parse(test, mode="eval").body, {"a": 0, "b": None, "c": "x"})

    assert [truth(test) for test in ("a", "not b", "c == 'x'", "a < 1 and c")] == [
        False, True, True, True,
    ]  # fmt: skip
    assert [truth(test) for test in ("d", "a < d", "c or d", "c and d")] == [
        None, None, True, None,
    ]  # fmt: skip
