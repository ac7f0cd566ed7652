"""Are there words for every status and state that the server may report?"""

from __future__ import annotations

from jupyter_namespace_viz.cli.live import rows
from jupyter_namespace_viz.core.vocabulary import CellStatus, KernelState


def test_every_status_and_state_has_words() -> None:
    assert set(rows.STATUS_STYLES) == set(CellStatus.__args__)
    assert set(rows.KERNEL_STATES) == set(KernelState.__args__)
