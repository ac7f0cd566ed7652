"""What does a call of a function do to global names?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from jupyter_namespace_viz.core.analysis.random_numbers import RandomNumbers


@dataclass(frozen=True, slots=True)
class BodyRead:
    """A global name that a function's body reads.

    `called` is True where the body calls it or passes it to a call. `is_consumed` is False where
    the result of each such call is only stored or discarded: the body of a generator runs only when
    its result is consumed. `guarded` is True where the body handles the NameError. `is_global` is
    True where a `global` statement holds for the name: it then is no name of an enclosing function.
    """

    name: str
    certain: bool
    called: bool
    is_consumed: bool = False
    guarded: bool = False
    is_global: bool = False


@dataclass(frozen=True, slots=True)
class BodyImport:
    """A module that a function's body imports, and the names that it takes from it. No handler in
    the body catches a failure."""

    module: str
    names: tuple[str, ...]
    certain: bool


@dataclass(frozen=True, slots=True)
class FunctionEffects:
    """What a call of a function (or class) of a cell does to global names.

    The call reads `uses`, binds `assigned_globals` through `global` statements, and may mutate
    `mutated_globals`. It may also mutate the arguments of `mutated_parameters`, which are listed by
    name and, for positional ones, by index. Methods of a class count as conditional, except those
    that creating an instance runs. `is_lazy` is True for a generator or coroutine: its body runs
    when the result of the call is consumed. `draws` are the random numbers that it draws from,
    `imports` what it imports. It certainly deletes `deleted_globals`.
    """

    name: str
    uses: tuple[BodyRead, ...]
    assigned_globals: tuple[str, ...] = ()
    mutated_globals: tuple[str, ...] = ()
    mutated_parameters: tuple[int | str, ...] = ()
    is_lazy: bool = False
    draws: frozenset[RandomNumbers] = frozenset()
    deleted_globals: tuple[str, ...] = ()
    imports: tuple[BodyImport, ...] = ()


def effects_of_either(one: FunctionEffects, other: FunctionEffects) -> FunctionEffects:
    """The effects of a name that is bound to one of two functions; which one is not known."""
    uses = tuple(
        BodyRead(use.name, False, use.called, is_global=use.is_global)
        for use in (*one.uses, *other.uses)
    )
    assigned = {*one.assigned_globals, *other.assigned_globals}
    mutated = {*one.mutated_globals, *other.mutated_globals}
    return FunctionEffects(
        one.name,
        uses,
        tuple(sorted(assigned)),
        tuple(sorted(mutated)),
        draws=one.draws | other.draws,
    )


def add_read(table: dict[str, BodyRead], use: BodyRead) -> bool:
    """Merge a read into a table; returns whether the table has changed.

    A name is certain or called as soon as one of its reads is.
    """
    old = table.get(use.name)
    if old is not None:
        certain, called = old.certain or use.certain, old.called or use.called
        is_consumed, is_global = old.is_consumed or use.is_consumed, old.is_global or use.is_global
        guarded = old.guarded and use.guarded
        use = BodyRead(use.name, certain, called, is_consumed, guarded, is_global)
        if use == old:
            return False
    table[use.name] = use
    return True


def follow_calls(
    reads: dict[str, BodyRead], functions: Mapping[str, FunctionEffects], start: Iterable[str]
) -> None:
    """Add to `reads` the reads of the `start` functions and of all functions that these use.

    Such a read is certain only where the call is.
    """
    pending = list(start)
    while pending:
        function = functions[pending.pop()]
        use = reads.get(function.name)
        called = use is not None and use.called and use.certain
        if function.is_lazy and use is not None:
            called = called and use.is_consumed
        for inner in function.uses:
            read = BodyRead(
                inner.name,
                inner.certain and called,
                inner.called and called,
                inner.is_consumed,
                inner.guarded,
                inner.is_global,
            )
            if add_read(reads, read) and inner.name in functions:
                pending.append(inner.name)


def with_callers(functions: Iterable[str], callers: Mapping[str, Iterable[str]]) -> set[str]:
    """The functions and all that call one of them, directly or indirectly."""
    found = set(functions)
    pending = list(found)
    while pending:
        for caller in callers.get(pending.pop(), ()):
            if caller not in found:
                found.add(caller)
                pending.append(caller)
    return found
