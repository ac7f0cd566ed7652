"""Which names are missing only because the cell that provides them is blocked, or has failed?

Fixing the provider fixes these too, so one remedy serves all of them:

    c1: import numpy as np  (not installed)    c2: x = np.ones(3)    c3: x + 1

`np` blocks c2. That c3 lacks `x` is a consequence of that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jupyter_namespace_viz.core.frozen import altered
from jupyter_namespace_viz.core.verdicts.verdict_types import CellVerdict, Need
from jupyter_namespace_viz.core.vocabulary import NOT_RUN, CellStatus


def with_consequences(verdicts: Sequence[CellVerdict]) -> list[CellVerdict]:
    """Mark the needs that are consequences. A verdict without such needs stays the same object."""
    status_of = {verdict.id: verdict.status for verdict in verdicts}
    return [_marked(verdict, status_of) for verdict in verdicts]


def _marked(verdict: CellVerdict, status_of: Mapping[str, CellStatus]) -> CellVerdict:
    follows = [_follows(need, status_of.get(need.provider or "")) for need in verdict.needs]
    if not any(follows):
        return verdict
    marked = zip(verdict.needs, follows, strict=True)
    needs = tuple(altered(need, is_consequence=follows) for need, follows in marked)
    return altered(verdict, needs=needs)


def _follows(need: Need, provider_status: CellStatus | None) -> bool:
    """Whether the name is missing because its provider is blocked, or has failed."""
    if need.status != "missing" or provider_status not in {"blocked", "failed"}:
        return False
    if need.by_import:
        # An import can be restored by itself, unless it is the one that cannot run.
        return need.reason == "not_installed" or provider_status == "failed"
    return need.reason in NOT_RUN or need.reason in {"provider_failed", "one_of_cells"}
