"""Which member of a class does an attribute find?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from jupyter_namespace_viz.core.analysis.calls.callees import is_standard
from jupyter_namespace_viz.core.analysis.calls.origins import (
    Caller,
    Instance,
    Known,
    Origin,
    Step,
    is_unresolved,
    may_be_own,
)
from jupyter_namespace_viz.core.analysis.function_effects import FunctionEffects

MOST_CLASSES = 50


@dataclass(frozen=True, slots=True)
class Found:
    """The member that was found: its origin, None where it is not known or there is none.

    `is_missing` is True where no class has it, `is_open` where a base class may have it that is not
    known, `is_unresolved` where that is one of another cell.
    """

    origin: Origin = None
    is_missing: bool = False
    is_open: bool = False
    is_unresolved: bool = False


def classes_of(
    cls: FunctionEffects, reduce: Callable[[Origin], Origin]
) -> tuple[list[FunctionEffects], list[Origin]]:
    """The class and its base classes in the order in which members are looked up, and the bases
    that are no classes of the notebook. `reduce` resolves the origin of a base.
    """
    found: list[FunctionEffects] = []
    others: list[Origin] = []
    pending = [cls]
    while pending and len(found) < MOST_CLASSES:
        one = pending.pop(0)
        if one.members is None:
            continue
        if one in found:  # a base of several classes comes after all of them
            found.remove(one)
        found.append(one)
        for base in map(reduce, one.members.bases):
            if isinstance(base, FunctionEffects):
                pending.append(base)
            elif not (isinstance(base, Known) and is_standard(base.path)):
                others.append(base)
    return found, others


def may_swallow(value: Origin, reduce: Callable[[Origin], Origin]) -> bool:
    """Whether this context manager may handle the errors of its block."""
    if isinstance(value, Instance):
        exits = (find_member(value.cls, it, reduce) for it in ("__exit__", "__aexit__"))
        return any(getattr(it.origin, "swallows", False) for it in exits)
    if isinstance(value, Caller) and value.is_lazy:
        return isinstance(value.function, FunctionEffects) and value.function.swallows
    return False


def has_own_base(cls: FunctionEffects, reduce: Callable[[Origin], Origin]) -> bool:
    """Whether a base class may be one of a module of the user's own."""
    return any(map(may_be_own, classes_of(cls, reduce)[1]))


def find_member(
    cls: FunctionEffects,
    name: str,
    reduce: Callable[[Origin], Origin],
    after: str | None = None,
) -> Found:
    """The member that the class, or a base class, has under this name; with `after` only the
    classes after the one of that name are searched, as `super()` does.
    """
    classes, others = classes_of(cls, reduce)
    names = [one.name for one in classes]
    start = names.index(after) + 1 if after in names else 0
    for one in classes[start:]:
        if one.members is None:
            continue
        for member, origin in one.members.values:
            if member == name:
                is_decorated = isinstance(origin, Step) and origin.kind == "@"
                value = reduce(origin) if is_decorated else origin
                if is_decorated and is_unresolved(value):
                    return Found(is_unresolved=True)
                return Found(value, is_open=bool(others) and one is not cls)
    if any(map(is_unresolved, others)):
        return Found(is_unresolved=True)
    is_open = bool(others) or any(one.members and not one.members.is_plain for one in classes)
    return Found(is_missing=True, is_open=is_open)


def with_member(cls: FunctionEffects, name: str, origin: Origin) -> FunctionEffects:
    """The class after `cls.name = …`; a property stays, as its setter is called instead."""
    if cls.members is None:
        return cls
    values = dict(cls.members.values)
    if getattr(values.get(name), "kind", None) == "property":
        return cls
    values[name] = origin
    return replace(cls, members=replace(cls.members, values=tuple(values.items())))
