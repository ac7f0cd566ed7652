"""Which cells mutate an object under another of its names?"""

from __future__ import annotations

import pytest

from tests.core.tools.notebooks import notebook

NOTEBOOKS = {
    # the cells; the names that the last one mutates
    ("a = []", "b = a", "a.append(1)"): "a b",
    ("a = []", "b = a", "b.append(1)"): "a b",
    ("a = []", "b = a", "c = b", "a.append(1)"): "a b c",
    ("a = []", "b = a; b.append(1)"): "a b",
    ("a = []", "b = c = a", "c.append(1)"): "a b c",
    ("a = []", "if d: b = a", "a.append(1)"): "a b",
    ("a = []", "b = a", "def f(x): x.append(1)", "f(b)"): "a b",
    ("b = a.rows", "b.append(1)"): "a b",
    ("a.rows = b", "b.append(1)"): "a b",
    # not, as far as the text tells
    ("b = a.rows", "a['x'] = 1"): "a",
    ("a.rows = b", "a['x'] = 1"): "a",
    ("a = []", "b = a", "b = []", "a.append(1)"): "a",
    ("a = []", "b = a", "a = []", "a.append(1)"): "a",
    ("a.append(1)",): "a",
    ("b = list(a)", "a.append(1)"): "a",
    ("b = a[0]", "b.append(1)"): "b",
    ("def f(): b = a", "a.append(1)"): "a",
    ("a.append(1)", "b = a"): "",
}


@pytest.mark.parametrize("sources", NOTEBOOKS)
def test_what_the_last_cell_mutates(sources: tuple[str, ...]) -> None:
    names = notebook(*sources).names_at(len(sources) - 1)
    assert " ".join(sorted(names.mutated)) == NOTEBOOKS[sources]


def test_a_cell_that_is_the_same_has_the_same_names() -> None:
    one, other = (notebook("b = a", "a.append(1)", third) for third in "xy")
    assert one.names_at(1) is other.names_at(1)
