"""Does an answer say where it is from, and how new that is?"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any
from unittest.mock import Mock

import pytest

from jupyter_namespace_viz.agents.wording.bases import basis
from tests.core.tools.notebooks import kernel

NOW = datetime(2026, 3, 1, 12, tzinfo=timezone.utc)
KERNEL = {"state": "idle", "namespace": kernel(), "as_of": NOW, "message": None}


def basis_of(saved_ago: float | None, view: dict[str, Any] | None) -> str:
    saved_at = None if saved_ago is None else NOW - timedelta(seconds=saved_ago)
    seen = None if view is None else Mock(**view)
    return basis(Mock(text=Mock(saved_at=saved_at), view=seen, at=NOW))


@pytest.mark.parametrize(
    ("ago", "expected"),
    [
        (-3, "0.0 s"),  # the clock of another machine is ahead
        (9.94, "9.9 s"),
        (12.2, "12 s"),
        (119, "119 s"),
        (130, "2 min"),
        (7199, "120 min"),
        (7200, "2 h"),
        (172_800, "2 days"),
    ],
)
def test_how_old_a_file_is(ago: float, expected: str) -> None:
    assert (
        basis_of(ago, None) == f"Text: file saved {expected} ago. Kernel: none runs this notebook."
    )


def test_a_shared_document() -> None:
    expected = "Text: shared document. Kernel: idle, generation 1, known 0.0 s ago."
    assert basis_of(None, KERNEL) == expected


def test_a_kernel_that_has_not_answered() -> None:
    view = KERNEL | {"state": "busy", "as_of": None, "message": "The kernel is busy."}
    assert basis_of(None, view) == (
        "Text: shared document. Kernel: busy, generation 1, nothing is known yet. "
        "The kernel is busy."
    )
