"""Which names are bound at this point of the text?

Two reads raise NameError although a name of that spelling may exist: that of a local variable
before its binding, and one after the cell's own `del`. No cell provides such a name and no kernel
holds it, so each gets a name that no text can bind, after Python's qualified names:

    total = 0
    def add(n): total += n    add.<locals>.total
    del total
    total                     <deleted>.total
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

Boundness = Literal["free", "assumed", "present", "maybe", "bound", "deleted"]
"""Not bound before · the same, but known to be present · present, and bound on some path · bound on
some path only · bound on every path to here · deleted on every path after it was bound."""

MAX_EXIT_CHANGES = 100_000
"""The most changes that are recorded at the exits of one loop. Real loops have a few; a malicious
text would take minutes."""

BOUND_ON_SOME_PATH = frozenset({"present", "maybe", "bound"})
CERTAINLY_PRESENT = frozenset({"assumed", "present", "bound"})

Changes = Mapping[str, Boundness]


class Flow:
    """The names bound so far, in the order in which the code runs.

    A branch is walked between `begin_branch` and `undo_branch`; `join` then merges the changes of
    the branches. The cost depends on the number of changes, not on the number of names bound
    before.
    """

    __slots__ = ("_names", "_undo")

    def __init__(self) -> None:
        self._names: dict[str, Boundness] = {}
        self._undo: list[dict[str, Boundness]] = []

    def boundness(self, name: str) -> Boundness:
        """How the name is bound here."""
        return self._names.get(name, "free")

    @property
    def is_in_branch(self) -> bool:
        """Whether the code at this point may not run."""
        return bool(self._undo)

    def names(self) -> list[str]:
        """All names that have been bound or deleted so far."""
        return list(self._names)

    def bind(self, name: str) -> None:
        """Mark the name as bound."""
        if self._undo:
            self._set(name, "bound")
        else:
            self._names[name] = "bound"

    def assume(self, name: str) -> None:
        """Mark the name as present, whichever cell has bound it."""
        boundness = self.boundness(name)
        if boundness not in CERTAINLY_PRESENT:
            self._set(name, "present" if boundness == "maybe" else "assumed")

    def unbind(self, name: str) -> None:
        """Mark the name as deleted."""
        self._set(name, "deleted")

    def begin_branch(self) -> int:
        """Begin code that may not run; returns its depth, as branches can be nested."""
        self._undo.append({})
        return len(self._undo)

    def changes_inside(self, depth: int) -> Changes:
        """The names that branches deeper than `depth` have changed, as they are here."""
        changed = (name for before in self._undo[depth:] for name in before)
        return {name: self._names[name] for name in changed}

    def undo_branch(self) -> Changes:
        """Undo the changes of the innermost branch, and return them."""
        before = self._undo.pop()
        changes = {name: self._names[name] for name in before}
        self._names.update(before)
        return changes

    def apply(self, changes: Changes) -> None:
        """Apply the changes of a branch that was undone."""
        for name, boundness in changes.items():
            self._set(name, boundness)

    def apply_partly(self, changes: Changes) -> None:
        """Apply the changes of a branch that may have stopped at any point."""
        self.join([changes, {}])

    def join(self, branches: Sequence[Changes]) -> None:
        """Apply the changes of exactly one of several branches; which one is not known."""
        changed: dict[str, list[Boundness]] = {}
        for branch in branches:
            for name, boundness in branch.items():
                changed.setdefault(name, []).append(boundness)
        for name, states in changed.items():
            unchanged = {self.boundness(name)} if len(states) < len(branches) else set()
            self._set(name, _joined(unchanged.union(states)))

    def _set(self, name: str, boundness: Boundness) -> None:
        if self._undo:
            self._undo[-1].setdefault(name, self.boundness(name))
        self._names[name] = boundness


def _joined(states: set[Boundness]) -> Boundness:
    if len(states) == 1:
        return states.pop()
    if states <= CERTAINLY_PRESENT:
        return "present"
    return "maybe" if states & BOUND_ON_SOME_PATH else "free"


# Names that are unbound where the code reads them

_DELETED = "<deleted>"
_LOCALS = "<locals>"
_OWN = "<own>"


def unbound_local(function: str, name: str) -> str:
    """The local variable of a function that is read before the function binds it."""
    return f"{function}.{_LOCALS}.{name}"


def deleted_here(name: str) -> str:
    """A global name that the cell reads after it has deleted it."""
    return f"{_DELETED}.{name}"


def missing_in_text(name: str) -> str:
    """A name that a text reads which runs in a namespace of its own: `eval("x", {})`."""
    return f"{_OWN}.{name}"


def is_unbound(name: str) -> bool:
    """Whether the name stands for one that is unbound where it is read."""
    return "<" in name


def spelling(name: str) -> str:
    """The name as the text spells it."""
    return name.rpartition(".")[2] if is_unbound(name) else name


def owner(name: str) -> str | None:
    """The function whose local variable it is; None for a global name."""
    function, found, _ = name.partition(f".{_LOCALS}.")
    return function if found else None


def is_missing_in_text(name: str) -> bool:
    """Whether the name stands for one that a text lacks in a namespace of its own."""
    return name.startswith(_OWN)


def is_deleted_here(name: str) -> bool:
    """Whether the name stands for one that the cell has deleted."""
    return name.startswith(_DELETED)


@dataclass(slots=True)
class Loop:
    """A loop that is being walked, with the changes of names in its body up to each `break` and
    `continue`; for `continue` only those that its body has not made for all that follows.

    `depth` is the depth of the branch that is the loop's body. `tries` counts the `try` statements
    with handlers in the body that the walk is in.
    """

    depth: int
    breaks: list[Changes] = field(default_factory=list)
    continues: list[Changes] = field(default_factory=list)
    tries: int = 0
    _breaks_outside_try: int = 0
    _recorded_changes: int = 0

    @property
    def has_exits(self) -> bool:
        """Whether a `break` or `continue` may skip the code that follows in the body."""
        return bool(self.breaks or self.continues)

    @property
    def is_retry(self) -> bool:
        """Whether it goes on only after an error: `for … in …: try: x = f(); break except E: …`."""
        return bool(self.breaks) and not self._breaks_outside_try

    def record_exit(self, flow: Flow, by_break: bool) -> None:
        """Record the changes at a `break` or `continue`."""
        changes: Changes = {}
        if self._recorded_changes < MAX_EXIT_CHANGES:
            changes = flow.changes_inside(self.depth - by_break)
        self._recorded_changes += len(changes)
        (self.breaks if by_break else self.continues).append(changes)
        self._breaks_outside_try += by_break and not self.tries
