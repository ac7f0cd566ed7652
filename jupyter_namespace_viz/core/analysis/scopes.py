"""Which kinds of scopes are there, and what does each of them remember?"""

from __future__ import annotations

from dataclasses import dataclass, field

from jupyter_namespace_viz.core.analysis.calls.bodies import names_run_by
from jupyter_namespace_viz.core.analysis.calls.origins import Origin, Step, names_called_by
from jupyter_namespace_viz.core.analysis.calls.substitution import with_values
from jupyter_namespace_viz.core.analysis.flow import Flow
from jupyter_namespace_viz.core.analysis.function_effects import (
    BodyImport,
    BodyRead,
    FunctionEffects,
    ImplicitValues,
    add_read,
)
from jupyter_namespace_viz.core.analysis.random_numbers import RandomNumbers
from jupyter_namespace_viz.core.syntax.dialect import Alias

MAX_FOLLOWED_READS = 20_000
"""The most reads of called nested functions that are followed in one function. Real functions have
a few; a malicious text would take minutes."""


MAX_ORDERED_GLOBALS = 20
"""What a function has read before it binds further globals is not known: they count as bound."""


@dataclass(slots=True)
class CellScope:
    """The kernel's namespace, which all cells share.

    `functions` are the functions and classes by their names.
    """

    flow: Flow = field(default_factory=Flow)
    functions: dict[str, FunctionEffects] = field(default_factory=dict)


@dataclass(slots=True)
class ClassScope:
    """A class body: it runs at once and in order; scopes inside it do not see its names. `fields`
    are those that it annotates."""

    parent: Scope
    name: str
    flow: Flow = field(default_factory=Flow)
    global_names: set[str] = field(default_factory=set)
    functions: list[FunctionEffects] = field(default_factory=list)
    values: dict[str, Origin] = field(default_factory=dict)
    fields: list[str] = field(default_factory=list)

    def may_have_value(self, name: str) -> bool:
        """Whether anything may be known of the value of the name."""
        return name in self.values or self.flow.boundness(name) != "bound"

    def value_of(self, origin: Origin) -> Origin:
        """The origin, in which the values of the class stand for their names."""
        return with_values(origin, self.values)


@dataclass(slots=True)
class ComprehensionScope:
    """A comprehension or type parameters: the targets hide outer names everywhere in it.

    `sees_class` is True for type parameters: the annotations there see the names of a class body.
    """

    parent: Scope
    local_names: set[str] = field(default_factory=set)
    sees_class: bool = False

    def may_have_value(self, name: str) -> bool:
        """Whether anything may be known of the value of the name."""
        return name not in self.local_names


@dataclass(slots=True)
class FunctionScope:
    """A function's body: a name that it binds anywhere is local everywhere in it.

    So reads are collected first, and resolved after the whole body has been walked. `values` are
    the origins of local names; None for one that is bound more than once. `flow` tells which names
    the body has bound so far; `unbound_reads` are those that it certainly reads where it has not
    bound them on any path. Where such a name is local, that read raises; `has_doubtful_reads` where
    a path has bound one. `tested` are the names whose values would decide which branches run,
    `iterated` those that are only asked for their items.
    """

    parent: Scope
    name: str
    owner: str = ""
    is_lazy: bool = False
    local_names: set[str] = field(default_factory=set)
    global_names: set[str] = field(default_factory=set)
    outer_names: set[str] = field(default_factory=set)
    parameters: tuple[str, ...] = ()  # positional ones first
    positional: int = 0  # how many of them can be given by position
    implicit: ImplicitValues | None = None
    begun: FunctionEffects | None = None
    swallows: bool = False
    rebound: set[str] = field(default_factory=set)
    reads: dict[str, BodyRead] = field(default_factory=dict)
    steps: dict[Step, bool] = field(default_factory=dict)
    handled_steps: set[Step] = field(default_factory=set)  # every error of which is handled
    guarded_calls: set[str] = field(default_factory=set)
    returns: list[Origin] = field(default_factory=list)
    assigned_globals: set[str] = field(default_factory=set)
    read_before: dict[str, frozenset[str]] = field(default_factory=dict)
    deleted_globals: set[str] = field(default_factory=set)  # on every path
    certainly_assigned: set[str] = field(default_factory=set)  # so far, on every path
    mutated: set[str] = field(default_factory=set)
    draws: set[RandomNumbers] = field(default_factory=set)
    imports: list[BodyImport] = field(default_factory=list)
    functions: list[FunctionEffects] = field(default_factory=list)
    values: dict[str, Origin] = field(default_factory=dict)
    aliases: dict[str, Alias] = field(default_factory=dict)
    unbound_reads: set[str] = field(default_factory=set)
    has_doubtful_reads: bool = False
    tested: set[str] = field(default_factory=set)
    iterated: set[str] = field(default_factory=set)
    flow: Flow = field(default_factory=Flow)
    _followed_reads: int = 0

    def may_have_value(self, name: str) -> bool:
        """Whether anything may be known of the value of the name."""
        return name not in self.local_names or name in self.values or name in self.parameters

    def bind(self, name: str) -> None:
        """Record that the body binds the name, as a local one."""
        if name in self.local_names:
            self.values[name] = None
        self.local_names.add(name)
        self.flow.bind(name)

    def assign_global(self, name: str, certain: bool) -> None:
        """Record that the body binds the name as a global one."""
        self.assigned_globals.add(name)
        if name not in self.read_before and len(self.read_before) < MAX_ORDERED_GLOBALS:
            self.read_before[name] = self.certain_reads()
        if certain:
            self.certainly_assigned.add(name)

    def certain_reads(self) -> frozenset[str]:
        """The names that the body has certainly read so far, where a NameError is not handled."""
        return frozenset(it.name for it in self.reads.values() if it.certain and not it.guarded)

    def unbind(self, name: str) -> None:
        """Record that the body deletes the name, which makes it local."""
        self.local_names.add(name)
        self.flow.unbind(name)

    def read(self, read: BodyRead) -> None:
        """Record that the body reads the name, unless it has just assigned it as a global."""
        name = read.name
        if name in self.certainly_assigned:
            return
        if name in self.global_names:
            read = read._replace(is_global=True)
        add_read(self.reads, read)
        if read.certain and not read.is_global and not read.guarded:
            boundness = self.flow.boundness(name)
            if boundness in {"free", "deleted"}:
                self.unbound_reads.add(name)
            elif boundness == "maybe":
                self.has_doubtful_reads = True

    def add_statements_of(self, unreachable: FunctionScope) -> None:
        """Add what code that never runs says of the names of the body."""
        self.local_names |= unreachable.local_names
        self.global_names |= unreachable.global_names
        self.outer_names |= unreachable.outer_names
        self.is_lazy |= unreachable.is_lazy

    def take(self, step: Step, certain: bool, guarded: bool = False, handled: bool = False) -> None:
        """Record that the body takes the step. Where it handles a NameError, what is missing in a
        function that runs then is no error."""
        if guarded:
            self.guarded_calls.update(names_called_by(step))
            return
        if not handled:
            self.handled_steps.discard(step)
        elif step not in self.steps:
            self.handled_steps.add(step)
        self.steps[step] = certain or self.steps.get(step, False)
        if certain:
            self._follow(step)

    def _is_unbound(self, name: str) -> bool:
        return self.flow.boundness(name) in {"free", "deleted"}

    def _follow(self, step: Step) -> None:
        """The body calls a nested function, which may read what this body has not bound yet."""
        for name, is_consumed in names_run_by(step):
            function = self.values.get(name)
            if not isinstance(function, FunctionEffects) or function.is_lazy != is_consumed:
                continue
            if self._followed_reads > MAX_FOLLOWED_READS:
                return
            self._followed_reads += len(function.uses)
            for use in function.uses:
                if use.certain and self._is_unbound(use.name) and not use.is_global:
                    self.unbound_reads.add(use.name)


Scope = CellScope | ClassScope | ComprehensionScope | FunctionScope


def binding_scope(scope: Scope) -> CellScope | ClassScope | FunctionScope:
    """The scope in which code in this scope binds names: a walrus in a comprehension binds outside
    of it.
    """
    while isinstance(scope, ComprehensionScope):
        scope = scope.parent
    return scope


def running_scope(scope: Scope) -> CellScope | FunctionScope:
    """The scope whose code runs as a unit: class bodies and comprehensions run as part of the scope
    around them.
    """
    while not isinstance(scope, (CellScope, FunctionScope)):
        scope = scope.parent
    return scope


def mangled(name: str, scope: Scope) -> str:
    """The name as Python stores it: in a class, `__x` is private to the class."""
    if not name.startswith("__") or name.endswith("__"):
        return name
    while not isinstance(scope, CellScope):
        if isinstance(scope, ClassScope):
            owner = scope.name.lstrip("_")
            return f"_{owner}{name}" if owner else name
        scope = scope.parent
    return name


def scope_of_object(name: str, scope: Scope) -> CellScope | FunctionScope | None:
    """The cell or function whose object code in this scope mutates by the name; None where it is
    one of a class body or comprehension.
    """
    while not isinstance(scope, (CellScope, FunctionScope)):
        if isinstance(scope, ComprehensionScope):
            is_local = name in scope.local_names
        else:
            is_local = scope.flow.boundness(name) == "bound"
        if is_local:
            return None
        scope = scope.parent
    return scope
