"""How are the parameters of a function replaced by what a call gives it?"""

from __future__ import annotations

import ast
import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from jupyter_namespace_viz.core.analysis.calls.held_values import Contents, Literal, Several
from jupyter_namespace_viz.core.analysis.calls.origins import (
    UNKNOWN,
    UNKNOWN_PLACE,
    Arguments,
    Bound,
    Caller,
    Origin,
    Parameter,
    Step,
    is_deeper_than,
    step_from,
)
from jupyter_namespace_viz.core.analysis.function_effects import (
    A_FUNCTION,
    ClassMembers,
    Constants,
    FunctionEffects,
    ImplicitValues,
)

MAX_ARGUMENT_DEPTH = 5
_LONG = 1_000
_NO_VALUE = object()

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
    """The arguments by the names of the parameters that they are given for, with the defaults of
    those that are not given."""
    found: dict[str, Origin] = {}
    for place, origin in arguments:
        names = function.parameters[place : place + 1] if isinstance(place, int) else (place,)
        is_known = not (_is_computed(origin) or is_deeper_than(origin, MAX_ARGUMENT_DEPTH))
        known = origin if is_known else None
        found.update(dict.fromkeys(names, known))
    if function.implicit is not None and "*" not in found:
        found = {**_others(function, function.implicit, arguments), **found}
    return {name: it for name, it in found.items() if it is not None and it is not UNKNOWN}


def is_plain(origin: Origin) -> bool:
    """Whether it is seen at once that nothing can be put in the place of any part of the value, as
    of most arguments."""
    return origin is UNKNOWN or type(origin) is Literal


def constants_given(
    function: FunctionEffects, arguments: Arguments, reduce: Callable[[Origin], Origin]
) -> Constants:
    """The values of those parameters that decide what the body of the function does, as far as this
    call shows them. `reduce` resolves the origin of an argument."""
    if function.body is None:
        return ()
    deciding = function.body.deciding
    tested, iterated = deciding.tested, deciding.iterated
    places = {place for place, _ in arguments}
    found = dict(deciding.defaults) if places.isdisjoint({"*", UNKNOWN_PLACE}) else {}
    for place, origin in arguments:
        names = function.parameters[place : place + 1] if isinstance(place, int) else (place,)
        for name in names:
            found.pop(name, None)
            text = _text_of(reduce(origin)) if name in tested | iterated else None
            if text is not None:
                found[name] = text
    matters = (it in tested or not ast.literal_eval(value) for it, value in found.items())
    return tuple(sorted(found.items())) if any(matters) else ()


def _text_of(origin: Origin) -> str | None:
    """The value as `Constants` have it, None where it is not known."""
    if isinstance(origin, FunctionEffects):
        if origin.members is not None and origin.members.metaclass is not None:
            return None
        return A_FUNCTION if origin.name or not origin.is_lazy else None  # else a generator
    if isinstance(origin, (Bound, Caller)):
        return A_FUNCTION
    value = _value_of(origin)
    return repr(value) if is_literal(value) else None


def _value_of(origin: Origin) -> Any:
    """The value of a literal, or of a display of literals; another object where it is none."""
    if isinstance(origin, Literal):
        return origin.value
    if not isinstance(origin, Contents) or not origin.is_whole or origin.factory is not None:
        return _NO_VALUE
    values = [_value_of(it) for _, it in origin.items]
    if origin.kind == "dict":
        return dict(zip((key for key, _ in origin.items), values, strict=True))
    return values if origin.kind == "list" else tuple(values)


def is_literal(value: Any) -> bool:
    """Whether the value is one that Python reads as it writes it, and not a long one."""
    if isinstance(value, dict):
        return all(map(is_literal, (*value, *value.values())))
    if isinstance(value, (list, tuple)):
        return all(map(is_literal, value))
    if isinstance(value, float):
        return math.isfinite(value)
    return value is None or (isinstance(value, (int, str)) and len(repr(value)) < _LONG)


def _is_computed(origin: Origin) -> bool:
    """Whether operators have made the value of numbers or of each other's results: what a recursion
    counts with would have no end."""
    if not isinstance(origin, Step) or origin.kind not in OPERATORS:
        return False
    return type(origin.of) is Literal or isinstance(origin.of, Step)


OPERATORS = frozenset(
    f"__{it}__"
    for it in "add sub mul matmul truediv floordiv mod pow lshift rshift and or xor".split()
)


def _others(
    function: FunctionEffects, implicit: ImplicitValues, arguments: Arguments
) -> Mapping[str, Origin]:
    """The defaults, and what `*args` and `**kwargs` hold."""
    found = dict(implicit.defaults)
    if implicit.variadic is not None:
        first = len(function.parameters)
        rest = [it for place, it in arguments if isinstance(place, int) and place >= first]
        found[implicit.variadic] = Contents("tuple", tuple(enumerate(rest)))
    if implicit.keywords is not None:
        own = {*function.parameters, *implicit.keyword_only, UNKNOWN_PLACE}
        more = ((at, it) for at, it in arguments if isinstance(at, str) and at not in own)
        found[implicit.keywords] = Contents("dict", tuple(more))
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
    if isinstance(origin, (Contents, Several)):
        return _contents_replaced(origin, replacement)
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
        return step if of is step.of else step_from(of, step.kind)
    arguments = []
    for place, argument in step.arguments:
        value = argument if is_plain(argument) else replaced(argument, replacement, known)
        arguments.append((place, UNKNOWN if value is None else value))
    return step_from(of, step.kind, tuple(arguments))


def with_values(origin: Origin, values: Mapping[str, Origin]) -> Origin:
    """The origin as a class body knows it that has bound these values. Functions and generators in
    it do not see them."""
    if isinstance(origin, str):
        return values.get(origin, origin)
    if isinstance(origin, Step):
        of = with_values(origin.of, values)
        given = ((place, with_values(it, values)) for place, it in origin.arguments)
        arguments = tuple((place, UNKNOWN if it is None else it) for place, it in given)
        return None if of is None else Step(of, origin.kind, arguments)
    if isinstance(origin, Contents):
        items = tuple((key, with_values(it, values)) for key, it in origin.items)
        return replace(origin, items=items)
    return origin


def _contents_replaced(origin: Contents | Several, replacement: Replacement) -> Origin:
    if isinstance(origin, Several):
        return Several(tuple(replaced(it, replacement) for it in origin.values), origin.certain)
    items = tuple((key, replaced(value, replacement)) for key, value in origin.items)
    factory = None if origin.factory is None else replaced(origin.factory, replacement)
    return replace(origin, items=items, factory=factory)


def _function_replaced(function: FunctionEffects, replacement: Replacement) -> FunctionEffects:
    """A nested function whose body refers to names and parameters of the functions around it."""
    if not (function.steps or function.uses or function.members or function.implicit):
        return function
    members = function.members
    new_members = members
    if members is not None:
        new_members = ClassMembers(
            tuple((name, replaced(value, replacement)) for name, value in members.values),
            tuple(replaced(base, replacement) for base in members.bases),
            members.is_dataclass,
            members.is_plain,
            replaced(members.metaclass, replacement),
            members.fields,
        )
    new_steps = {old: replaced(old, replacement) for old, _ in function.steps}
    steps = tuple(
        (step, certain) for old, certain in function.steps if (step := new_steps[old]) is not None
    )
    handled = frozenset(new_steps[old] for old in function.handled)
    uses = tuple(use for use in function.uses if use.is_global or replacement(use.name) == use.name)
    returns = replaced(function.returns, replacement) if function.returns is not None else None
    begun = None if function.begun is None else _function_replaced(function.begun, replacement)
    implicit = function.implicit
    if implicit is not None and implicit.defaults:
        defaults = ((name, replaced(value, replacement)) for name, value in implicit.defaults)
        implicit = replace(implicit, defaults=tuple(defaults))
    new = replace(
        function,
        members=new_members,
        steps=steps,
        handled=handled,
        uses=uses,
        returns=returns,
        begun=begun,
        implicit=implicit,
    )
    return function if new == function else new
