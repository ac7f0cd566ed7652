"""How are the parameters of a function replaced by what a call gives it?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from jupyter_namespace_viz.core.analysis.calls.origins import (
    Arguments,
    Origin,
    Parameter,
    Step,
    is_deeper_than,
)
from jupyter_namespace_viz.core.analysis.function_effects import ClassMembers, FunctionEffects

MAX_ARGUMENT_DEPTH = 5

Replacement = Callable[[str | Parameter], Origin]
"""Takes a name or a parameter; returns what to put in its place, None for what is not known.

A body says what it does in terms of its own names: `f(a)` in `def g(a)` is a step with the
parameter `a` of `g`. Whoever uses that outside of the body puts in its place what `g` is given."""


def with_arguments(origin: Origin, function: FunctionEffects, arguments: Arguments) -> Origin:
    """The origin in which the parameters of `function` are those `arguments`."""
    return replaced(origin, giving(function, arguments_by_name(function, arguments)))


def giving(function: FunctionEffects, given: Mapping[str, Origin]) -> Replacement:
    """Replaces the parameters of `function` by what is `given` for them."""

    def replacement(root: str | Parameter) -> Origin:
        if isinstance(root, str) or root.owner != function.owner:
            return root
        return given.get(root.name)

    return replacement


def arguments_by_name(function: FunctionEffects, arguments: Arguments) -> Mapping[str, Origin]:
    """The arguments by the names of the parameters that they are given for."""
    found: dict[str, Origin] = {}
    for place, origin in arguments:
        names = function.parameters[place : place + 1] if isinstance(place, int) else (place,)
        if not is_deeper_than(origin, MAX_ARGUMENT_DEPTH):
            found.update(dict.fromkeys(names, origin))
    return found


def replaced(
    origin: Origin, replacement: Replacement, known: dict[int, Origin] | None = None
) -> Origin:
    """The origin with other names and parameters; None where it starts at one that is not known.

    `known` are the results so far, by the ids of the steps: most steps begin with another one.
    """
    if type(origin) is Step:
        if known is None:
            return _step_replaced(origin, replacement, None)
        if id(origin) not in known:
            known[id(origin)] = _step_replaced(origin, replacement, known)
        return known[id(origin)]
    if type(origin) is str or type(origin) is Parameter:
        return replacement(origin)
    if isinstance(origin, FunctionEffects):
        return _function_replaced(origin, replacement)
    return origin


def _step_replaced(
    step: Step, replacement: Replacement, known: dict[int, Origin] | None
) -> Step | None:
    of = replaced(step.of, replacement, known)
    if of is None:
        return None
    if not step.arguments:
        return step if of is step.of else Step(of, step.kind)
    arguments = []
    for place, argument in step.arguments:
        value = replaced(argument, replacement, known)
        if value is not None:
            arguments.append((place, value))
    return Step(of, step.kind, tuple(arguments))


def _function_replaced(function: FunctionEffects, replacement: Replacement) -> FunctionEffects:
    """A nested function whose body refers to names and parameters of the functions around it."""
    if not (function.steps or function.uses or function.members):
        return function
    members = function.members
    new_members = members
    if members is not None:
        new_members = ClassMembers(
            tuple((name, replaced(value, replacement)) for name, value in members.values),
            tuple(replaced(base, replacement) for base in members.bases),
            members.is_dataclass,
            members.is_plain,
        )
    steps = tuple(
        (step, certain)
        for old, certain in function.steps
        if (step := replaced(old, replacement)) is not None
    )
    uses = tuple(use for use in function.uses if use.is_global or replacement(use.name) == use.name)
    returns = replaced(function.returns, replacement) if function.returns is not None else None
    begun = None if function.begun is None else _function_replaced(function.begun, replacement)
    new = (new_members, steps, uses, returns, begun)
    if new == (members, function.steps, function.uses, function.returns, function.begun):
        return function
    return replace(
        function, members=new_members, steps=steps, uses=uses, returns=returns, begun=begun
    )
