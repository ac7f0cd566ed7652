"""How is a name represented that is unbound where the code reads it, whatever the kernel holds?

Two reads raise NameError although a name of that spelling may exist: that of a local variable
before its binding, and one after the cell's own `del`. No cell provides such a name and no kernel
holds it, so each gets a name that no text can bind, after Python's qualified names:

    total = 0
    def add(n): total += n    add.<locals>.total
    del total
    total                     <deleted>.total
"""

from __future__ import annotations

_DELETED = "<deleted>"
_LOCALS = "<locals>"


def unbound_local(function: str, name: str) -> str:
    """The local variable of a function that is read before the function binds it."""
    return f"{function}.{_LOCALS}.{name}"


def deleted_here(name: str) -> str:
    """A global name that the cell reads after it has deleted it."""
    return f"{_DELETED}.{name}"


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


def is_deleted_here(name: str) -> bool:
    """Whether the name stands for one that the cell has deleted."""
    return name.startswith(_DELETED)
