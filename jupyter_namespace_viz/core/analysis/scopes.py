"""Which scope does a name belong to?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from jupyter_namespace_viz.core.analysis.flow import Flow


@dataclass(frozen=True, slots=True)
class BodyRead:
    """A global name that a function's body reads; `called` when it calls it or passes it on,
    `is_consumed` unless what each such call gives is kept or dropped as it is.
    """

    name: str
    certain: bool
    called: bool
    is_consumed: bool = False


@dataclass(frozen=True, slots=True)
class FunctionEffects:
    """What happens to global names when a function (or class) of a cell is called.

    `uses` are read, `assigns` bound by its `global` statements, `touches` perhaps changed in
    place. `changes` are the parameters whose objects it may change in place, by name and position.
    The methods of a class count as conditional, but for those that its call runs. A generator or
    coroutine is `is_lazy`: its body runs when somebody goes through what its call gives.
    """

    name: str
    uses: tuple[BodyRead, ...]
    assigns: tuple[str, ...] = ()
    touches: tuple[str, ...] = ()
    changes: tuple[int | str, ...] = ()
    is_lazy: bool = False


def either(one: FunctionEffects, other: FunctionEffects) -> FunctionEffects:
    """Of two functions of one name nobody can tell which is called."""
    uses = tuple(BodyRead(use.name, False, use.called) for use in (*one.uses, *other.uses))
    assigns, touches = {*one.assigns, *other.assigns}, {*one.touches, *other.touches}
    return FunctionEffects(one.name, uses, tuple(sorted(assigns)), tuple(sorted(touches)))


@dataclass(slots=True)
class CellScope:
    """The kernel's one namespace, as the cell binds it from top to bottom."""

    flow: Flow = field(default_factory=Flow)
    functions: dict[str, FunctionEffects] = field(default_factory=dict)


@dataclass(slots=True)
class ClassScope:
    """A class body: runs at once, sees its own names in order, hides them from what it nests."""

    parent: Scope
    flow: Flow = field(default_factory=Flow)
    global_names: set[str] = field(default_factory=set)
    functions: dict[str, FunctionEffects] = field(default_factory=dict)


@dataclass(slots=True)
class ComprehensionScope:
    """A comprehension or a set of type parameters: its targets hide outer names, in any order."""

    parent: Scope
    local_names: set[str] = field(default_factory=set)


@dataclass(slots=True)
class FunctionScope:
    """A function's body: a name it binds anywhere is local everywhere in it.

    So reads are gathered first and told apart when the body has been read.
    """

    parent: Scope
    name: str
    is_lazy: bool = False
    local_names: set[str] = field(default_factory=set)
    global_names: set[str] = field(default_factory=set)
    outer_names: set[str] = field(default_factory=set)
    parameters: tuple[str, ...] = ()  # those that have a position first
    rebound: set[str] = field(default_factory=set)
    reads: dict[str, BodyRead] = field(default_factory=dict)
    assigns: set[str] = field(default_factory=set)
    assigned: set[str] = field(default_factory=set)  # so far, on every path
    touches: set[str] = field(default_factory=set)
    functions: dict[str, FunctionEffects] = field(default_factory=dict)
    flow: Flow = field(default_factory=Flow)  # which is empty: order does not matter here

    def read(self, name: str, certain: bool, called: bool, is_consumed: bool) -> None:
        """Remember that the body reads the name, unless it has just assigned it as a global."""
        if name in self.assigned:
            return
        add_read(self.reads, BodyRead(name, certain, called, is_consumed))

    def free_reads(self) -> list[BodyRead]:
        """The reads that this scope does not answer itself.

        A nested function's reads count as certain only when this body calls it.
        """
        reads = dict(self.reads)
        if self.functions:
            follow_calls(reads, self.functions, self.functions)
        hidden = self._hidden_names()
        return [use for name, use in reads.items() if name not in hidden]

    def free_mutations(self) -> set[str]:
        """What is changed in place here, or in a nested function, that is not of this scope."""
        touches = self.touches.union(*(inner.touches for inner in self.functions.values()))
        return touches - self._hidden_names()

    def mutated_parameters(self, positional: int) -> tuple[int | str, ...]:
        """The parameters whose objects are changed in place here, by name and by position, which
        the first ones have. One that is bound anew may be another object by then.
        """
        changed: list[int | str] = []
        for place, name in enumerate(self.parameters):
            if name in self.touches and name not in self.rebound:
                changed += [place, name] if place < positional else [name]
        return tuple(changed)

    def _hidden_names(self) -> set[str]:
        return self.local_names - self.outer_names | self._type_parameters()

    def _type_parameters(self) -> set[str]:
        """Those of the function itself, and of the classes around it."""
        names: set[str] = set()
        scope = self.parent
        while isinstance(scope, (ClassScope, ComprehensionScope)):
            if isinstance(scope, ComprehensionScope):
                names |= scope.local_names
            scope = scope.parent
        return names


Scope = CellScope | ClassScope | ComprehensionScope | FunctionScope


def add_read(table: dict[str, BodyRead], use: BodyRead) -> bool:
    """Merge a read into a table, certain or called once is enough; says whether it told more."""
    old = table.get(use.name)
    if old is not None:
        certain, called = old.certain or use.certain, old.called or use.called
        use = BodyRead(use.name, certain, called, old.is_consumed or use.is_consumed)
        if use == old:
            return False
    table[use.name] = use
    return True


def follow_calls(
    reads: dict[str, BodyRead], functions: Mapping[str, FunctionEffects], first: Iterable[str]
) -> None:
    """Add to `reads` what the `first` functions and those that they use read.

    Such a read is certain only where the call is.
    """
    waiting = list(first)
    while waiting:
        function = functions[waiting.pop()]
        use = reads.get(function.name)
        called = use is not None and use.called and use.certain
        if function.is_lazy and use is not None:
            called = called and use.is_consumed
        for inner in function.uses:
            read = BodyRead(
                inner.name, inner.certain and called, inner.called and called, inner.is_consumed
            )
            if add_read(reads, read) and inner.name in functions:
                waiting.append(inner.name)


def with_callers(functions: Iterable[str], callers: Mapping[str, Iterable[str]]) -> set[str]:
    """The functions, and all that call one of them, directly or by way of others."""
    found = set(functions)
    waiting = list(found)
    while waiting:
        for caller in callers.get(waiting.pop(), ()):
            if caller not in found:
                found.add(caller)
                waiting.append(caller)
    return found
