"""Which kinds of scopes are there, and what does each of them remember?"""

from __future__ import annotations

from dataclasses import dataclass, field

from jupyter_namespace_viz.core.analysis.flow import Flow
from jupyter_namespace_viz.core.analysis.function_effects import (
    BodyImport,
    BodyRead,
    FunctionEffects,
    add_read,
    follow_calls,
)
from jupyter_namespace_viz.core.analysis.random_numbers import RandomNumbers


@dataclass(slots=True)
class CellScope:
    """The kernel's namespace, which all cells share."""

    flow: Flow = field(default_factory=Flow)
    functions: dict[str, FunctionEffects] = field(default_factory=dict)


@dataclass(slots=True)
class ClassScope:
    """A class body: it runs at once and in order; scopes inside it do not see its names."""

    parent: Scope
    flow: Flow = field(default_factory=Flow)
    global_names: set[str] = field(default_factory=set)
    functions: dict[str, FunctionEffects] = field(default_factory=dict)


@dataclass(slots=True)
class ComprehensionScope:
    """A comprehension or type parameters: the targets hide outer names everywhere in it."""

    parent: Scope
    local_names: set[str] = field(default_factory=set)


@dataclass(slots=True)
class FunctionScope:
    """A function's body: a name that it binds anywhere is local everywhere in it.

    So reads are collected first, and resolved after the whole body has been walked.
    """

    parent: Scope
    name: str
    is_lazy: bool = False
    local_names: set[str] = field(default_factory=set)
    global_names: set[str] = field(default_factory=set)
    outer_names: set[str] = field(default_factory=set)
    parameters: tuple[str, ...] = ()  # positional ones first
    rebound: set[str] = field(default_factory=set)
    reads: dict[str, BodyRead] = field(default_factory=dict)
    assigned_globals: set[str] = field(default_factory=set)
    certainly_assigned: set[str] = field(default_factory=set)  # so far, on every path
    mutated: set[str] = field(default_factory=set)
    draws: set[RandomNumbers] = field(default_factory=set)
    imports: list[BodyImport] = field(default_factory=list)
    functions: dict[str, FunctionEffects] = field(default_factory=dict)
    flow: Flow = field(default_factory=Flow)  # always empty: order does not matter here

    def read(self, name: str, certain: bool, called: bool, is_consumed: bool) -> None:
        """Record that the body reads the name, unless it has just assigned it as a global."""
        if name in self.certainly_assigned:
            return
        add_read(self.reads, BodyRead(name, certain, called, is_consumed))

    def free_reads(self) -> list[BodyRead]:
        """The reads of names that this scope does not bind.

        A nested function's reads count as certain only where this body calls it.
        """
        reads = dict(self.reads)
        if self.functions:
            follow_calls(reads, self.functions, self.functions)
        hidden = self._hidden_names()
        return [use for name, use in reads.items() if name not in hidden]

    def free_mutations(self) -> set[str]:
        """The names of outer scopes whose objects this body, or a nested function, may mutate."""
        nested = (function.mutated_globals for function in self.functions.values())
        return self.mutated.union(*nested) - self._hidden_names()

    def all_draws(self) -> set[RandomNumbers]:
        """The random numbers that this body, or a nested function, draws from."""
        return self.draws.union(*(function.draws for function in self.functions.values()))

    def all_imports(self) -> list[BodyImport]:
        """What this body imports, and the nested functions that it certainly calls."""
        found = list(self.imports)
        for name, function in self.functions.items():
            read = self.reads.get(name)
            if read is not None and read.certain and read.called and not function.is_lazy:
                found += function.imports
        return found

    def mutated_parameters(self, positional: int) -> tuple[int | str, ...]:
        """The parameters whose objects this body may mutate, by name and, for the first
        `positional` ones, by index.

        A parameter that the body binds again is left out: it may be another object by then.
        """
        mutated: list[int | str] = []
        for index, name in enumerate(self.parameters):
            if name in self.mutated and name not in self.rebound:
                mutated += [index, name] if index < positional else [name]
        return tuple(mutated)

    def _hidden_names(self) -> set[str]:
        return self.local_names - self.outer_names | self._type_parameters()

    def _type_parameters(self) -> set[str]:
        """The type parameters of the function and of the classes around it."""
        names: set[str] = set()
        scope = self.parent
        while isinstance(scope, (ClassScope, ComprehensionScope)):
            if isinstance(scope, ComprehensionScope):
                names |= scope.local_names
            scope = scope.parent
        return names


Scope = CellScope | ClassScope | ComprehensionScope | FunctionScope
