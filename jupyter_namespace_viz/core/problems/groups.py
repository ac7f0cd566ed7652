"""Which bad needs does one remedy mend, so that they are one problem?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from jupyter_namespace_viz.core.problems import explanations
from jupyter_namespace_viz.core.verdicts.verdict_types import Need
from jupyter_namespace_viz.core.vocabulary import AttentionKind

MOST_RUNS = 10
"""The most problems that runs of cells would mend, each by itself. Where there are more, the user
wants to run them all, and would not find anything else in the list.
"""


@dataclass(slots=True, eq=False)
class Group:
    """What one problem is about: cells, and their needs that are bad for the same reason."""

    key: str
    kind: AttentionKind
    message: str
    cells: dict[str, None] = field(default_factory=dict)
    needs: dict[str, Need] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """The names, in the order in which the cells need them."""
        return tuple(self.needs)

    @property
    def is_mended_by_runs(self) -> bool:
        """Whether runs of other cells bind all that is missing."""
        return self.kind == "missing" and all(it.is_fixable for it in self.needs.values())

    @property
    def providers(self) -> set[str | None]:
        """The cells that would bind the names."""
        return {need.provider for need in self.needs.values()}

    def add(self, other: Group) -> None:
        """Let the problem be about this group, too."""
        self.cells |= other.cells
        self.needs |= other.needs


def joined(groups: Iterable[Group]) -> list[Group]:
    """The groups, those joined that the same runs would mend: names that the same cells miss,
    though other cells provide them; names of cells that miss names themselves.

        c1: a = 1    c2: b = a    c3: c = b    c4: print(c)    only c4 ran

    A run of c2 alone would leave c4 without `c`, and bring out that c3 misses `b`.
    """
    found = list(groups)
    by_runs: list[Group] = []
    for group in [it for it in found if it.is_mended_by_runs]:
        related = [it for it in by_runs if _are_related(it, group)]
        by_runs.append(group)
        _join([*related, group], found, by_runs)
    if len(by_runs) > MOST_RUNS:
        _join([*by_runs], found, by_runs)
        by_runs[0].message = explanations.names_missing(len(by_runs[0].needs))
    return found


def _join(related: Iterable[Group], *lists: list[Group]) -> None:
    """Add all related groups to the first of them, and take the others from the lists."""
    first, *others = related
    for other in others:
        first.add(other)
        for groups in lists:
            groups.remove(other)


def _are_related(first: Group, second: Group) -> bool:
    return (
        first.cells == second.cells
        or not first.providers.isdisjoint(second.cells)
        or not second.providers.isdisjoint(first.cells)
    )
