"""Which cells of a notebook does a session read?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.notebook.session import with_queued


@pytest.mark.parametrize(
    ("order", "before", "in_flight", "expected"),
    [
        ("a b c", "a b c", "", "a b c"),
        ("a c", "a b c", "", "a c"),
        ("a c", "a b c", "a b", "a b c"),
        ("b c", "a b c", "a", "a b c"),
        ("c a", "a b c", "b", "c a b"),  # below the cell that was above it
        ("a d", "a b c", "c b", "a b c d"),
        ("a", "a", "b", "a"),  # a cell that was never there
        ("", "a b", "b", "b"),
    ],
)
def test_the_order(order: str, before: str, in_flight: str, expected: str) -> None:
    found = with_queued(order.split(), before.split(), in_flight.split())
    assert found == expected.split()
