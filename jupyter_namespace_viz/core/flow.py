"""Which names are bound at this point of the text?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

Boundness = Literal["free", "maybe", "bound", "deleted"]


class Flow:
    """The names bound so far, in the order in which the text runs.

    A name is in one of three sets: bound on every path to here, on some path only, or deleted on
    every path after it was bound here. Loops are taken to run at least once.
    """

    __slots__ = ("bound", "deleted", "maybe")

    def __init__(self) -> None:
        self.bound: set[str] = set()
        self.maybe: set[str] = set()
        self.deleted: set[str] = set()

    def copy(self) -> Flow:
        """An independent copy, for one branch."""
        other = Flow()
        other.bound = self.bound.copy()
        other.maybe = self.maybe.copy()
        other.deleted = self.deleted.copy()
        return other

    def bind(self, name: str) -> None:
        """From here on the name is bound."""
        self.bound.add(name)
        self.maybe.discard(name)
        self.deleted.discard(name)

    def unbind(self, name: str) -> None:
        """From here on the name is not bound any more."""
        self.bound.discard(name)
        self.maybe.discard(name)
        self.deleted.add(name)

    def boundness(self, name: str) -> Boundness:
        """Whether the name is bound here; `free` when nothing above binds or deletes it."""
        if name in self.bound:
            return "bound"
        if name in self.maybe:
            return "maybe"
        return "deleted" if name in self.deleted else "free"


def joined(ends: Sequence[Flow]) -> Flow:
    """What holds after any one of several branches."""
    if len(ends) == 1:
        return ends[0]
    flow = Flow()
    flow.bound = set.intersection(*(end.bound for end in ends))
    flow.deleted = set.intersection(*(end.deleted for end in ends))
    flow.maybe = set().union(*(end.bound | end.maybe for end in ends)) - flow.bound - flow.deleted
    return flow
