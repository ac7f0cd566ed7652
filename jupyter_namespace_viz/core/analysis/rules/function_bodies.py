"""What does a call of a function do, judging by all that its body does?"""

from __future__ import annotations

import ast
from collections.abc import Mapping, Set
from dataclasses import replace

from jupyter_namespace_viz.core.analysis.calls.held_values import Contents, Literal
from jupyter_namespace_viz.core.analysis.calls.origins import (
    Origin,
    Parameter,
    Step,
    names_called_by,
)
from jupyter_namespace_viz.core.analysis.calls.substitution import (
    Replacement,
    is_literal,
    replaced,
)
from jupyter_namespace_viz.core.analysis.flow import unbound_local
from jupyter_namespace_viz.core.analysis.function_effects import (
    BodyRead,
    Constants,
    DecidingParameters,
    FunctionEffects,
    add_read,
)
from jupyter_namespace_viz.core.analysis.rules.constant_values import FUNCTIONS, constant_value
from jupyter_namespace_viz.core.analysis.scopes import (
    CellScope,
    ClassScope,
    ComprehensionScope,
    FunctionScope,
    Scope,
    running_scope,
)

MAX_NESTED_FUNCTIONS = 6
"""What functions do with values is not followed where they are nested deeper: a malicious text
would take for ever."""

MAX_NESTED_VALUES = 4
"""The values of local names are followed through this many other local names."""


def effects_of_body(scope: FunctionScope, always_returns: bool = False) -> FunctionEffects:
    """What a call of the function with this scope does, once its body has been walked."""
    hidden = _hidden_names(scope)
    free = _Freeing(scope, hidden).replacement
    is_deep = _nesting(scope) > MAX_NESTED_FUNCTIONS
    returned = set(scope.returns) if always_returns and not is_deep else set()
    steps, handled = ((), frozenset()) if is_deep else _free_steps(scope, hidden, free)
    functions = scope.functions
    return FunctionEffects(
        scope.name,
        _as_outside(scope, _free_reads(scope, hidden)),
        tuple(sorted(scope.assigned_globals.union(*[it.assigned_globals for it in functions]))),
        tuple(sorted(scope.mutated.union(*[it.mutated_globals for it in functions]) - hidden)),
        _mutated_parameters(scope),
        scope.is_lazy,
        frozenset(scope.draws.union(*[it.draws for it in functions])),
        tuple(sorted(scope.deleted_globals - scope.assigned_globals)),
        tuple(scope.imports),
        steps=steps,
        returns=replaced(returned.pop(), free) if len(returned) == 1 else None,
        parameters=scope.parameters[: scope.positional],
        implicit=scope.implicit,
        owner=scope.owner,
        begun=_without_reads(scope.begun, hidden),
        swallows=scope.swallows,
        handled=handled,
        certainly_assigned=frozenset(scope.certainly_assigned),
        read_before=tuple(scope.read_before.items()),
    )


def deciding_parameters(
    scope: FunctionScope, effects: FunctionEffects, arguments: ast.arguments
) -> DecidingParameters | None:
    """The parameters that decide what the body with this scope does, None where none does."""
    parent = scope.parent
    is_method = isinstance(parent, ClassScope) and isinstance(parent.parent, CellScope)
    if not (is_method or isinstance(parent, CellScope)):
        return None  # what it reads belongs to the function around it
    named = {it.arg for it in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)}
    tested, iterated = named & scope.tested, named & scope.iterated
    if not (tested or iterated) or not FUNCTIONS.isdisjoint(scope.local_names):
        return None
    if not (iterated or scope.has_doubtful_reads or _may_do_more(effects)):
        return None
    return DecidingParameters(
        frozenset(tested),
        frozenset(iterated),
        frozenset(named & scope.rebound),
        _constant_defaults(arguments, tested | iterated),
    )


def _may_do_more(effects: FunctionEffects) -> bool:
    """Whether the body does anything that it need not do."""
    return not (
        all(it.certain for it in effects.uses)
        and all(it.certain for it in effects.imports)
        and all(certain for _, certain in effects.steps)
    )


def _constant_defaults(arguments: ast.arguments, names: Set[str]) -> Constants:
    positional = [*arguments.posonlyargs, *arguments.args]
    first = len(positional) - len(arguments.defaults)
    pairs = [
        *zip(positional[first:], arguments.defaults, strict=True),
        *zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True),
    ]
    values = ((it.arg, constant_value(value)) for it, value in pairs if value is not None)
    return tuple((name, repr(it)) for name, it in values if name in names and is_literal(it))


def _free_reads(scope: FunctionScope, hidden: set[str]) -> list[BodyRead]:
    """The reads of names that the scope does not bind, with those of its nested functions.

    The local names that it reads before it binds them count too, see `unbound_local`.
    """
    reads = {name: use for name, use in scope.reads.items() if name not in hidden or use.is_global}
    called = {**dict.fromkeys(scope.guarded_calls, False), **_called_by(scope.steps)}
    names = [function.name for function in scope.functions]
    for function in scope.functions:
        is_called = called.get(function.name, False) and names.count(function.name) == 1
        for use in function.uses:
            name, certain = use.name, use.certain and is_called
            is_global = use.is_global or name in scope.global_names
            if name not in hidden or is_global:
                new = use._replace(certain=certain, is_nested=True, is_global=is_global)
                add_read(reads, new)
    free = [it._replace(called=True) if it.name in called else it for it in reads.values()]
    local = scope.unbound_reads & (scope.local_names - scope.outer_names - scope.global_names)
    free += [BodyRead(unbound_local(scope.name, name), True) for name in sorted(local)]
    return free


def _without_reads(begun: FunctionEffects | None, hidden: set[str]) -> FunctionEffects | None:
    """What a generator does until its first `yield`, without the reads of names that turn out to be
    bound further down."""
    if begun is None:
        return None
    return replace(begun, uses=tuple(it for it in begun.uses if it.name not in hidden))


def _as_outside(scope: FunctionScope, reads: list[BodyRead]) -> tuple[BodyRead, ...]:
    """The reads of a body, in which a `global` of the function around it holds too."""
    outer = running_scope(scope.parent)
    names = outer.global_names if isinstance(outer, FunctionScope) else ()
    if names:
        reads = [it._replace(is_global=True) if it.name in names else it for it in reads]
    return tuple(reads)


def _free_steps(
    scope: FunctionScope, hidden: set[str], free: Replacement
) -> tuple[tuple[tuple[Step, bool], ...], frozenset[Step]]:
    """What the body does with values that come from elsewhere, and what of that it handles every
    error of."""
    found: dict[Step, bool] = {}
    unhandled: set[Step] = set()
    known: dict[int, Origin] = {}
    for step, certain in scope.steps.items():
        new = replaced(step, free, known) if mentions(step, hidden) else step
        if isinstance(new, Step):
            found[new] = certain or found.get(new, False)
            if step not in scope.handled_steps:
                unhandled.add(new)
    handled = found.keys() - unhandled if scope.handled_steps else ()
    return tuple(found.items()), frozenset(handled)


class _Freeing:
    """Frees what the body does of the names that only the body knows: a parameter becomes a
    `Parameter`, a local name the origin of its value, None where that is not known.
    """

    def __init__(self, scope: FunctionScope, hidden: set[str]) -> None:
        self._scope = scope
        self._hidden = hidden
        self._pending: list[str] = []
        self._known: dict[str, Origin] = {}

    def replacement(self, root: str | Parameter) -> Origin:
        """What to put in the place of this name or parameter."""
        if type(root) is Parameter or root not in self._hidden:
            return root
        if self._pending:
            return self._value_of(root)
        if root not in self._known:
            self._known[root] = self._value_of(root)
        return self._known[root]

    def _value_of(self, root: str) -> Origin:
        scope, pending = self._scope, self._pending
        if root in scope.parameters and root not in scope.rebound:
            return Parameter(root, scope.owner)
        value = scope.values.get(root)
        if value is None or root in pending or len(pending) >= MAX_NESTED_VALUES:
            return None
        pending.append(root)
        try:
            return replaced(value, self.replacement)
        finally:
            pending.pop()


def _mutated_parameters(scope: FunctionScope) -> tuple[int | str, ...]:
    """The parameters whose objects the body may mutate, by name and, for positional ones, by
    index.

    A parameter that the body binds again is left out: it may be another object by then.
    """
    mutated: list[int | str] = []
    for index, name in enumerate(scope.parameters):
        if name in scope.mutated and name not in scope.rebound:
            mutated += [index, name] if index < scope.positional else [name]
    return tuple(mutated)


def _hidden_names(scope: FunctionScope) -> set[str]:
    """The names that are the scope's own: its local ones, the type parameters of the function and
    of the classes around it, and `__class__`.
    """
    names = scope.local_names - scope.outer_names
    outer = scope.parent
    while isinstance(outer, (ClassScope, ComprehensionScope)):
        if isinstance(outer, ComprehensionScope):
            names |= outer.local_names
        else:
            names.add("__class__")
        outer = outer.parent
    return names


def _nesting(scope: Scope) -> int:
    """How many functions the code in this scope is in."""
    depth = 0
    while not isinstance(scope, CellScope):
        depth += isinstance(scope, FunctionScope)
        scope = scope.parent
    return depth


def _called_by(steps: Mapping[Step, bool]) -> dict[str, bool]:
    """The names that the steps call, or pass to a call, each with whether one certainly does."""
    called: dict[str, bool] = {}
    for step, certain in steps.items():
        for name in names_called_by(step):
            called[name] = called.get(name, False) or certain
    return called


def mentions(origin: Origin, names: Set[str]) -> bool:
    """Whether the origin starts at one of the names, or a function in it may use one."""
    while type(origin) is Step:
        for _, argument in origin.arguments:
            if mentions(argument, names):
                return True
        origin = origin.of
    if type(origin) is Contents:
        return any(mentions(value, names) for value in origin.values)
    return origin in names if type(origin) is str else type(origin) is not Literal
