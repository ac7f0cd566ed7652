"""What is remembered of the generations of a kernel that have ended?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from types import MappingProxyType

from jupyter_namespace_viz.core.analysis.cell_names import CellNames
from jupyter_namespace_viz.core.graph.enrichment.observed_names import (
    NOTHING_OBSERVED,
    ObservedNames,
    observed_names,
)
from jupyter_namespace_viz.core.kernel_state.namespace import HeldName

MOST_LOST = 20_000
"""Names of a process that has ended which are remembered: a notebook mentions few of a million."""


def _nothing() -> Mapping[str, frozenset[str]]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class FormerGenerations:
    """The facts of earlier generations that `Namespace` has under these names."""

    lost: frozenset[str] = frozenset()
    lost_modules: frozenset[str] = frozenset()
    observed: ObservedNames = field(default_factory=lambda: NOTHING_OBSERVED)
    former_star_names: Mapping[str, frozenset[str]] = field(default_factory=_nothing)

    def with_ended(
        self,
        names: Mapping[str, HeldName],
        star_names: Mapping[str, frozenset[str]],
        read: Callable[[str], CellNames],
    ) -> FormerGenerations:
        """With what another generation held when it ended.

        What was lost before and has not been bound since stays lost.
        """
        held = list(islice(names.values(), MOST_LOST))
        bound = [(it.name, it.cell_text) for it in held if it.cell_text is not None]
        modules = {it.name for it in held if it.kind == "module"}
        return FormerGenerations(
            self.lost.union(it.name for it in held),
            self.lost_modules.difference(names).union(modules),
            observed_names(self.observed, bound, read),
            MappingProxyType({**self.former_star_names, **star_names}),
        )

    def with_bound(self, names: Iterable[str]) -> FormerGenerations:
        """Without the loss of these names, which are bound again."""
        if self.lost.isdisjoint(names):
            return self
        return replace(
            self,
            lost=self.lost.difference(names),
            lost_modules=self.lost_modules.difference(names),
        )
