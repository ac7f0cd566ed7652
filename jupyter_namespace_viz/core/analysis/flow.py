"""Which names are bound at this point of the text?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

Boundness = Literal["free", "assumed", "present", "maybe", "bound", "deleted"]
"""Nothing above binds it · the same, but it is known to be there · there, on some path because it
was bound · bound on some path only · bound on every path to here · deleted on every path after it
was bound."""

BOUND_ON_SOME_PATH = frozenset({"present", "maybe", "bound"})
CERTAINLY_PRESENT = frozenset({"assumed", "present", "bound"})

Changes = Mapping[str, Boundness]


class Flow:
    """The names bound so far, in the order in which the text runs.

    A branch is walked between `begin_branch` and `take_back_branch`, and what the branches did is
    put together by `join`: they cost what they change, however much was bound before them.
    """

    __slots__ = ("_names", "_undo")

    def __init__(self) -> None:
        self._names: dict[str, Boundness] = {}
        self._undo: list[dict[str, Boundness]] = []

    def boundness(self, name: str) -> Boundness:
        """Whether the name is bound here."""
        return self._names.get(name, "free")

    def names(self) -> list[str]:
        """All names that were bound or deleted so far."""
        return list(self._names)

    def bind(self, name: str) -> None:
        """From here on the name is bound."""
        self._set(name, "bound")

    def assume(self, name: str) -> None:
        """From here on the name is known to be there, whoever bound it."""
        boundness = self.boundness(name)
        if boundness not in CERTAINLY_PRESENT:
            self._set(name, "present" if boundness == "maybe" else "assumed")

    def unbind(self, name: str) -> None:
        """From here on the name is not bound any more."""
        self._set(name, "deleted")

    def begin_branch(self) -> int:
        """What follows may not run; branches may be nested. Returns the depth of the new one."""
        self._undo.append({})
        return len(self._undo)

    def changes_above(self, depth: int) -> Changes:
        """How the names stand here that were changed in the branches inside that depth."""
        changed = (name for before in self._undo[depth:] for name in before)
        return {name: self._names[name] for name in changed}

    def take_back_branch(self) -> Changes:
        """Forget what the innermost branch did; returns how it left the names that it changed."""
        before = self._undo.pop()
        changes = {name: self._names[name] for name in before}
        self._names.update(before)
        return changes

    def apply(self, changes: Changes) -> None:
        """Do what a branch that was taken back did."""
        for name, boundness in changes.items():
            self._set(name, boundness)

    def apply_partly(self, changes: Changes) -> None:
        """Do what that branch did up to some unknown point."""
        self.join([changes, {}])

    def join(self, branches: Sequence[Changes]) -> None:
        """Do what any one of several branches did."""
        changed: dict[str, list[Boundness]] = {}
        for branch in branches:
            for name, boundness in branch.items():
                changed.setdefault(name, []).append(boundness)
        for name, found in changed.items():
            unchanged = {self.boundness(name)} if len(found) < len(branches) else set()
            self._set(name, _joined(unchanged.union(found)))

    def _set(self, name: str, boundness: Boundness) -> None:
        if self._undo:
            self._undo[-1].setdefault(name, self.boundness(name))
        self._names[name] = boundness


def _joined(ways: set[Boundness]) -> Boundness:
    if len(ways) == 1:
        return ways.pop()
    if ways <= CERTAINLY_PRESENT:
        return "present"
    return "maybe" if ways & BOUND_ON_SOME_PATH else "free"
