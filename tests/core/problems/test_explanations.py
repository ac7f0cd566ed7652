"""Are the sentences on problems of several names right?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.problems import explanations


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("a", "`a`"),
        ("a b", "`a` and `b`"),
        ("a b c", "`a`, `b` and `c`"),
        ("a b c d e f g", "`a`, `b`, `c`, `d`, `e` and 2 more"),
    ],
)
def test_names_are_listed(names: str, expected: str) -> None:
    assert explanations.listed(names.split()) == expected


def test_what_is_not_installed() -> None:
    assert explanations.not_installed(["a", "b"], None) == (
        "`a` and `b` are not installed in the kernel's environment."
    )


def test_which_package_is_not_known() -> None:
    assert explanations.packages_not_known(["a"]) == "The package that provides `a` is not known."
    assert explanations.packages_not_known(["a", "b"]) == (
        "The packages that provide `a` and `b` are not known."
    )
