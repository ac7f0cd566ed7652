"""Are messages refused that are too large or name cells twice, and in few steps and words?"""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from jupyter_namespace_viz.notebook.cell_texts import (
    TEXTS_PER_CELL,
    check_cells,
    check_size,
    check_targets,
    check_update,
)
from jupyter_namespace_viz.protocol.errors import MalformedMessage, OverLimit, ProtocolError
from jupyter_namespace_viz.protocol.panel_messages import Limits
from jupyter_namespace_viz.protocol.reports import CellText

LIMITS = Limits(1_000, 100_000, 1_000_000)
LONG_ID = "i" * 1_000_000


class CountedId(str):
    """An id that counts how often it is compared."""

    __slots__ = ()
    comparisons = 0

    def __eq__(self, other: object) -> bool:
        CountedId.comparisons += 1
        return str.__eq__(self, str(other))

    __hash__ = str.__hash__


def test_an_id_that_occurs_twice_is_found_at_once() -> None:
    ids = [CountedId(number) for number in range(1_000)]
    CountedId.comparisons = 0
    with pytest.raises(MalformedMessage, match="The cell id '998' occurs twice"):
        check_cells([*ids, CountedId("998")], 2_000, "$.order")
    assert CountedId.comparisons < 100


def _refusals() -> Iterator[ProtocolError]:
    with pytest.raises(ProtocolError) as twice:
        check_cells([LONG_ID, LONG_ID], 2, "$.order")
    yield twice.value
    with pytest.raises(ProtocolError) as unknown:
        check_update(["a"], [CellText(LONG_ID, "")], 2)
    yield unknown.value
    with pytest.raises(ProtocolError) as target:
        check_targets([LONG_ID], {"a": 1}.keys())
    yield target.value


def test_a_long_id_is_not_repeated_in_the_refusal() -> None:
    assert [len(str(it)) < 200 for it in _refusals()] == [True, True, True]


@pytest.mark.parametrize(
    ("message", "is_accepted"),
    [
        ("x" * 1_000_000, True),
        ("x" * 1_000_001, False),
        (json.dumps(["a"] * TEXTS_PER_CELL * 1_000), True),
        (json.dumps(["a"] * (TEXTS_PER_CELL * 1_000 + 1)), False),
        (json.dumps(['"', '","'] * 10_000), True),
    ],
)
def test_the_size_of_a_message(message: str, is_accepted: bool) -> None:
    for it in (message, message.encode()):
        if is_accepted:
            check_size(it, LIMITS)
        else:
            with pytest.raises(OverLimit):
                check_size(it, LIMITS)


def test_a_notebook_of_as_many_cells_as_are_allowed_has_not_too_many_texts() -> None:
    ids = [f"cell-{number}" for number in range(LIMITS.max_cells)]
    update = {
        "kind": "update",
        "order": ids,
        "in_flight": ids,
        "not_code": ids,
        "counts": dict.fromkeys(ids, 1),
        "changed": [{"id": it, "source": '"a", "b"'} for it in ids],
    }
    check_size(json.dumps(update), LIMITS)
