"""Which value does an origin stand for?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from jupyter_namespace_viz.core.analysis.builtin_names import BUILTINS
from jupyter_namespace_viz.core.analysis.calls.callees import (
    LAZY_METHODS,
    OBJECTS_OF,
    Behaviour,
    behaviour_of,
    is_standard,
)
from jupyter_namespace_viz.core.analysis.calls.classes import Found, find_member
from jupyter_namespace_viz.core.analysis.calls.origins import (
    MAX_DEPTH,
    Arguments,
    Bound,
    Caller,
    Instance,
    Known,
    Lazy,
    ObjectOf,
    Origin,
    OuterName,
    Parameter,
    Step,
    SuperOf,
    Suspended,
    as_method,
    is_unresolved,
)
from jupyter_namespace_viz.core.analysis.calls.substitution import with_arguments
from jupyter_namespace_viz.core.analysis.function_effects import FunctionEffects, made_uncertain

Lookup = Callable[[str | OuterName], Origin]
"""Takes a name and returns the origin of its value: the name itself where that is not known here,
None where nothing can be known."""


class Reducer:
    """Resolves origins as far as the values of their names are known."""

    def __init__(self, lookup: Lookup) -> None:
        self._lookup = lookup
        self._depth = 0

    def reduce(self, origin: Origin) -> Origin:
        """The value of the origin; an origin that starts at an unresolved name where the value is
        known elsewhere, None where it is known nowhere.
        """
        if not isinstance(origin, (str, OuterName, Step)):
            return None if isinstance(origin, Parameter) else origin
        if self._depth > MAX_DEPTH:
            return None
        self._depth += 1
        try:
            if not isinstance(origin, Step):
                found = self._lookup(origin)
                return found if found == origin else self.reduce(found)
            return self._taken(self.reduce(origin.of), origin)
        finally:
            self._depth -= 1

    def arguments(self, arguments: Arguments) -> Arguments:
        """The arguments as far as they are known."""
        reduced = ((place, self.reduce(origin)) for place, origin in arguments)
        return tuple((place, origin) for place, origin in reduced if origin is not None)

    def _taken(self, of: Origin, step: Step) -> Origin:
        """The value after a step from the value `of`."""
        if of is None:
            return None
        if is_unresolved(of):
            return Step(of, step.kind, self.arguments(step.arguments))
        if step.kind == "()":
            return self._result(of, step.arguments)
        if step.kind == "@":
            decorated = self.reduce(step.arguments[0][1]) if step.arguments else None
            return _decorated(self._result(of, step.arguments), decorated)
        if step.kind[0] == ".":
            return self._member(of, step.kind[1:])
        if step.kind == "await":
            return self._returned(of.function, of.arguments) if isinstance(of, Suspended) else None
        if step.kind.startswith("super ") and isinstance(of, Instance):
            return SuperOf(of, step.kind[6:])
        if isinstance(of, ObjectOf):
            return ObjectOf(of.package)
        if isinstance(of, Instance) and step.kind.startswith("__"):
            return self.result_of_method(of, step.kind, step.arguments)
        return None

    def result_of_method(
        self, instance: Instance, method: str, arguments: Arguments = ()
    ) -> Origin:
        """The result of a special method of the object."""
        found = find_member(instance.cls, method, self.reduce).origin
        if not isinstance(found, FunctionEffects):
            return None
        return self._result(Bound(found, instance), arguments)

    def _result(self, callee: Origin, arguments: Arguments) -> Origin:
        """The result of a call."""
        if isinstance(callee, FunctionEffects):
            if callee.members is not None:
                return Instance(callee)
            if callee.is_lazy:
                return Suspended(callee, self.arguments(arguments))
            return self._returned(callee, arguments)
        if isinstance(callee, Bound):
            return self._result(callee.function, ((0, callee.of), *as_method(arguments)))
        if isinstance(callee, Instance):
            return self.result_of_method(callee, "__call__", arguments)
        if isinstance(callee, ObjectOf):
            if callee.method in LAZY_METHODS.get(callee.package, ()):
                return Lazy(tuple(it for place, it in self.arguments(arguments) if place == 0))
            return ObjectOf(callee.package)
        if isinstance(callee, Caller):
            return Caller(callee.function, is_lazy=True) if callee.is_lazy else None
        if isinstance(callee, Known):
            return self._result_of_known(callee, arguments)
        return None

    def _returned(self, function: FunctionEffects, arguments: Arguments) -> Origin:
        if function.returns is None:
            return None
        return self.reduce(with_arguments(function.returns, function, arguments))

    def _result_of_known(self, callee: Known, arguments: Arguments) -> Origin:
        behaviour = behaviour_of(callee.path)
        package = callee.path.partition(".")[0]
        if behaviour is None or behaviour == Behaviour():
            return ObjectOf(package) if package in OBJECTS_OF or is_standard(package) else None
        if behaviour.result is None and package in _MAKING_OBJECTS:
            return ObjectOf(package)
        first = next((origin for place, origin in arguments if place == 0), None)
        if behaviour.result == "identity":
            return _IDENTITY
        if behaviour.result == "same":
            return _same_or_identity(self.reduce(first))
        if behaviour.result == "lazy":
            reduced = self.arguments(arguments)
            return Lazy(
                tuple(origin for place, origin in reduced if place in behaviour.calls),
                tuple(origin for place, origin in reduced if place in behaviour.consumes),
                behaviour.extent,
            )
        if first is None:
            return callee if behaviour.result == "dataclass" else None
        if behaviour.result == "dataclass":
            return _as_dataclass(self.reduce(first))
        if behaviour.result in {"caller", "lazy_caller"}:
            value = self.reduce(first)
            is_lazy = behaviour.result == "lazy_caller"
            return None if value is None else Caller(value, is_lazy)
        return None

    def member_of(self, of: Instance | SuperOf, name: str) -> Found:
        """The member of the object's class with this name."""
        if isinstance(of, SuperOf):
            return find_member(of.instance.cls, name, self.reduce, of.after)
        return find_member(of.cls, name, self.reduce)

    def _member(self, of: Origin, name: str) -> Origin:
        """The value of an attribute."""
        if isinstance(of, Known):
            return Known(f"{of.path}.{name}")
        if isinstance(of, ObjectOf):
            return ObjectOf(of.package, name)
        if isinstance(of, Lazy):
            return Caller(of.called[0]) if name == "result" and of.called else None
        if isinstance(of, FunctionEffects) and of.members is not None:
            found = find_member(of, name, self.reduce)
            value = found.origin
            if found.is_unresolved:
                return None
            if isinstance(value, FunctionEffects):
                return Bound(value, of) if value.kind == "classmethod" else value
            return self.reduce(value)
        if not isinstance(of, (Instance, SuperOf)):
            return None
        instance = of.instance if isinstance(of, SuperOf) else of
        found = self.member_of(of, name)
        value = found.origin
        if not isinstance(value, FunctionEffects):
            return None if value is None else self.reduce(value)
        if value.members is not None or value.kind == "staticmethod":
            return value
        if value.kind == "classmethod":
            return Bound(value, instance.cls)
        if value.kind == "property":
            return self._result(Bound(value, instance), ())
        return Bound(made_uncertain(value) if found.is_open else value, instance)


def _as_dataclass(value: Origin) -> Origin:
    """The class as `@dataclass` makes it."""
    if not isinstance(value, FunctionEffects) or value.members is None:
        return None
    return replace(value, members=replace(value.members, is_dataclass=True))


def _decorated(result: Origin, decorated: Origin) -> Origin:
    """What a decorator makes of a function or class, where `result` is what it returns."""
    if result is not None or not isinstance(decorated, FunctionEffects):
        return result
    if decorated.members is None:
        return made_uncertain(decorated)
    return replace(decorated, members=replace(decorated.members, is_plain=False))


def _same_or_identity(value: Origin) -> Origin:
    """What `lru_cache(f)` returns, f, or `lru_cache(10)`: a function that returns what it gets."""
    return _IDENTITY if value is None else value


_IDENTITY = Known("functools.cache")
_MAKING_OBJECTS = frozenset({"json", "pandas"})
"""The packages whose functions return objects of their own, or of Python, also where they call what
they are given."""


def names_run_by(step: Step) -> list[tuple[str, bool]]:
    """The names of the functions whose bodies run if the step is taken, each with whether that is
    because what its call returned is consumed.
    """
    if step.kind in {"*", "await"}:
        return _called_name(step.of, is_consumed=True)
    found = _called_name(step, is_consumed=False)
    behaviour = behaviour_of(f"builtins.{step.of}") if found and step.of in BUILTINS else None
    if behaviour is None or behaviour.result == "lazy":
        return found
    for place, argument in step.arguments:
        if place in behaviour.calls and isinstance(argument, str):
            found.append((argument, False))
        elif place in behaviour.consumes:
            found += _called_name(argument, is_consumed=True)
    return found


def _called_name(origin: Origin, is_consumed: bool) -> list[tuple[str, bool]]:
    if isinstance(origin, Step) and origin.kind == "()" and isinstance(origin.of, str):
        return [(origin.of, is_consumed)]
    return []
