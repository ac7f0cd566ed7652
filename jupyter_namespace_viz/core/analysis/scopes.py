"""Which scope does a name belong to?"""

from __future__ import annotations

from dataclasses import dataclass, field

from jupyter_namespace_viz.core.analysis.flow import Flow
from jupyter_namespace_viz.core.analysis.function_effects import (
    BodyRead,
    FunctionEffects,
    add_read,
    follow_calls,
)
from jupyter_namespace_viz.core.analysis.random_numbers import RandomNumbers


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
    assigned_globals: set[str] = field(default_factory=set)
    certainly_assigned: set[str] = field(default_factory=set)  # so far, on every path
    mutated: set[str] = field(default_factory=set)
    draws: set[RandomNumbers] = field(default_factory=set)
    functions: dict[str, FunctionEffects] = field(default_factory=dict)
    flow: Flow = field(default_factory=Flow)  # which is empty: order does not matter here

    def read(self, name: str, certain: bool, called: bool, is_consumed: bool) -> None:
        """Remember that the body reads the name, unless it has just assigned it as a global."""
        if name in self.certainly_assigned:
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
        nested = (function.mutated_globals for function in self.functions.values())
        return self.mutated.union(*nested) - self._hidden_names()

    def all_draws(self) -> set[RandomNumbers]:
        """The random numbers that this body, or a nested function, draws from."""
        return self.draws.union(*(function.draws for function in self.functions.values()))

    def mutated_parameters(self, positional: int) -> tuple[int | str, ...]:
        """The parameters whose objects are changed in place here, by name and by position, which
        the first ones have. One that is bound anew may be another object by then.
        """
        changed: list[int | str] = []
        for place, name in enumerate(self.parameters):
            if name in self.mutated and name not in self.rebound:
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
