"""Which names are missing only because the cell that provides them is blocked itself?

Fixing the provider fixes these too, so one remedy serves all of them:

    c1: import numpy as np  (not installed)    c2: x = np.ones(3)    c3: x + 1

`np` blocks c2. That c3 lacks `x` is a consequence of that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from jupyter_namespace_viz.core.verdicts.verdict_types import CellVerdict, Need
from jupyter_namespace_viz.core.vocabulary import NOT_RUN


def with_consequences(verdicts: Sequence[CellVerdict]) -> list[CellVerdict]:
    """Mark the needs that are consequences. A verdict without such needs stays the same object."""
    blocked = {verdict.id for verdict in verdicts if verdict.status == "blocked"}
    return [_marked(verdict, blocked) for verdict in verdicts]


def _marked(verdict: CellVerdict, blocked: set[str]) -> CellVerdict:
    if not any(need.provider in blocked and _follows(need) for need in verdict.needs):
        return verdict
    needs = tuple(
        replace(need, is_consequence=need.provider in blocked and _follows(need))
        for need in verdict.needs
    )
    return replace(verdict, needs=needs)


def _follows(need: Need) -> bool:
    """Whether the name is missing because its provider, a blocked cell, could not run."""
    if need.status != "missing":
        return False
    if need.by_import:
        # An import can be restored by itself, unless it is the one that blocks its cell.
        return need.reason == "not_installed"
    return need.reason in NOT_RUN or need.reason == "provider_failed"
