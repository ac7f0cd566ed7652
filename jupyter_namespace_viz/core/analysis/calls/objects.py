"""Which attributes does an object of a class of the notebook hold itself?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from jupyter_namespace_viz.core.analysis.calls.classes import classes_of, find_member
from jupyter_namespace_viz.core.analysis.calls.contents import READING_METHODS
from jupyter_namespace_viz.core.analysis.calls.held_values import (
    Contents,
)
from jupyter_namespace_viz.core.analysis.calls.origins import (
    UNKNOWN,
    Arguments,
    Instance,
    Known,
    Origin,
    Parameter,
    Step,
    as_method,
)
from jupyter_namespace_viz.core.analysis.calls.substitution import with_arguments
from jupyter_namespace_viz.core.analysis.function_effects import ClassMembers, FunctionEffects

MOST_BASES = 5
"""The `__init__` of further base classes are not followed."""

Reduce = Callable[[Origin], Origin]

NAMESPACE = FunctionEffects("SimpleNamespace", (), owner="types", members=ClassMembers())
"""The class of objects that only hold attributes."""


def attributes_of(
    cls: FunctionEffects, arguments: Arguments, reduce: Reduce
) -> tuple[tuple[str, Origin], ...]:
    """The attributes that a call of the class gives to the object, as far as they are known: those
    that its `__init__` certainly sets, and no other method does.
    """
    if cls.members is None:
        return ()
    if cls.members.is_dataclass and cls.members.fields:
        return _of_dataclass(cls.members.fields, arguments, reduce)
    found = _set_by_init(cls, find_member(cls, "__init__", reduce).origin, arguments, reduce)
    classes = classes_of(cls, reduce)[0] if found else []
    members = [it for one in classes if one.members is not None for it in one.members.values]
    for name, method in members:
        writes = _writes_of(method)
        if writes.any_name:
            return ()
        for attribute in writes.names if name != "__init__" else ():
            found.pop(attribute, None)
        for attribute in writes.changed:
            if _is_display(found.get(attribute)):
                del found[attribute]
    return tuple((name, value) for name, value in found.items() if value is not None)


def _of_dataclass(
    fields: tuple[str, ...], arguments: Arguments, reduce: Reduce
) -> tuple[tuple[str, Origin], ...]:
    given = (
        (fields[at] if isinstance(at, int) and at < len(fields) else at, it) for at, it in arguments
    )
    values = ((str(name), reduce(origin)) for name, origin in given if name in fields)
    return tuple((name, value) for name, value in values if value is not None)


def _set_by_init(
    cls: FunctionEffects, init: Origin, arguments: Arguments, reduce: Reduce, depth: int = 0
) -> dict[str, Origin]:
    """What this `__init__` sets, and those of base classes that it calls; None for attributes
    whose value is not known."""
    if not isinstance(init, FunctionEffects) or not init.parameters or depth > MOST_BASES:
        return {}
    this = Parameter(init.parameters[0], init.owner)
    given = ((0, Instance(cls)), *as_method(arguments))
    found: dict[str, Origin] = {}
    for step, does in init.steps:
        if not isinstance(step, Step):
            continue
        if step.kind[0] == "=" and step.of == this:
            name = step.kind[1:]
            value = step.arguments[0][1] if step.arguments and does and name not in found else None
            found[name] = reduce(with_arguments(value, init, given))
        elif step.kind == "()" and _is_init_of_base(step.of, this):
            passed = ((at, with_arguments(it, init, given)) for at, it in step.arguments)
            inner = tuple((at, UNKNOWN if it is None else it) for at, it in passed)
            callee = reduce(with_arguments(step.of, init, given))
            function = getattr(callee, "function", None)
            found |= _set_by_init(cls, function, inner, reduce, depth + 1)
    return found


def _is_init_of_base(origin: Origin, this: Parameter) -> bool:
    """Whether it is `super().__init__`."""
    if not isinstance(origin, Step) or origin.kind != ".__init__":
        return False
    of = origin.of
    return isinstance(of, Step) and of.kind.startswith("super ") and of.of == this


def _is_display(value: Origin) -> bool:
    return isinstance(value, Contents) and value.kind != "tuple"


class _Writes(NamedTuple):
    """What a method does to attributes of objects: it sets `names`, and may change the lists and
    dicts `changed`; where `any_name` it may set attributes that its text does not show."""

    names: frozenset[str]
    changed: frozenset[str]
    any_name: bool


_NO_WRITES = _Writes(frozenset(), frozenset(), any_name=False)


def _writes_of(method: Origin) -> _Writes:
    return _writes_of_function(method) if isinstance(method, FunctionEffects) else _NO_WRITES


@lru_cache(maxsize=2_000)
def _writes_of_function(method: FunctionEffects) -> _Writes:
    steps = [step for step, _ in method.steps if isinstance(step, Step)]
    names = frozenset(step.kind[1:] for step in steps if step.kind[0] == "=")
    return _Writes(names, frozenset(_changed_in(steps)), any(map(_sets_any, steps)))


def _sets_any(step: Step) -> bool:
    """Whether the step may set attributes whose names its text does not show."""
    of: Origin = step
    while isinstance(of, Step):
        if of.kind in {".__dict__", ".__setattr__"} or of.of in _SETTERS:
            return True
        of = of.of
    return False


_SETTERS = ("setattr", "vars", Known("builtins.setattr"), Known("builtins.vars"))


def may_hold(cls: FunctionEffects, name: str, reduce: Reduce) -> bool:
    """Whether objects of the class may have an attribute of this name that is no member."""
    if name in _OF_EVERY_OBJECT:
        return True
    for one in classes_of(cls, reduce)[0]:
        if one.members is not None:
            writes = [_writes_of(value) for _, value in one.members.values]
            if name in one.members.fields or any(it.any_name or name in it.names for it in writes):
                return True
    return False


_OF_EVERY_OBJECT = frozenset(("__dict__", "__module__", "__weakref__", *dir(object)))

_SHOWN = frozenset("* *? *1 each any __getitem__ __contains__ __iter__ __bool__".split())
"""The steps that leave a list or dict as it is."""


def _changed_in(steps: Iterable[Step]) -> Iterator[str]:
    """The attributes whose lists and dicts the steps may change."""
    pending: list[tuple[Origin, str]] = [(step, "*") for step in steps]
    while pending:
        origin, done = pending.pop()
        if isinstance(origin, Contents):
            pending += [(value, "given") for value in origin.values]
        if isinstance(origin, Step):
            if origin.kind[0] == "." and done not in _SHOWN and done[1:] not in READING_METHODS:
                yield origin.kind[1:]
            pending.append((origin.of, origin.kind))
            pending += [(argument, "given") for _, argument in origin.arguments]


def without_displays(instance: Instance) -> Instance:
    """The object after code that may have changed its lists and dicts."""
    held = tuple(it for it in instance.attributes if not isinstance(it[1], Contents))
    return instance if held == instance.attributes else replace(instance, attributes=held)


def is_context_decorator(instance: Instance, reduce: Reduce) -> bool:
    """Whether a call of the object with a function makes it run in a context."""
    classes, _ = classes_of(instance.cls, reduce)
    bases = [reduce(base) for cls in classes if cls.members for base in cls.members.bases]
    return any(it in _CONTEXT_DECORATORS for it in bases)


_CONTEXT_DECORATORS = (
    Known("contextlib.ContextDecorator"),
    Known("contextlib.AsyncContextDecorator"),
)
