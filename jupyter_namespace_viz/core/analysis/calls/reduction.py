"""Which value does an origin stand for?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from jupyter_namespace_viz.core.analysis.calls.callees import (
    LAZY_METHODS,
    OBJECTS_OF,
    Behaviour,
    behaviour_of,
    is_standard,
)
from jupyter_namespace_viz.core.analysis.calls.classes import Found, find_member, has_own_base
from jupyter_namespace_viz.core.analysis.calls.contents import (
    each_of,
    item_of,
    result_of_builtin,
    result_of_method,
)
from jupyter_namespace_viz.core.analysis.calls.held_values import (
    Contents,
    Literal,
    MethodOf,
    Several,
)
from jupyter_namespace_viz.core.analysis.calls.objects import (
    NAMESPACE,
    attributes_of,
    is_context_decorator,
)
from jupyter_namespace_viz.core.analysis.calls.origins import (
    MAX_DEPTH,
    UNKNOWN,
    Arguments,
    Bound,
    Caller,
    Instance,
    Known,
    Lazy,
    Managed,
    ObjectOf,
    Origin,
    OuterName,
    Parameter,
    Step,
    SuperOf,
    Suspended,
    as_method,
    is_unresolved,
    may_be_own,
    step_from,
)
from jupyter_namespace_viz.core.analysis.calls.substitution import is_plain, with_arguments
from jupyter_namespace_viz.core.analysis.function_effects import FunctionEffects, made_uncertain

Lookup = Callable[[str | OuterName | Known], Origin]
"""Takes a name and returns the origin of its value: the name itself where that is not known here,
None where nothing can be known. Of what may be the user's own module it returns the value."""


class Reducer:
    """Resolves origins as far as the values of their names are known."""

    def __init__(self, lookup: Lookup) -> None:
        self._lookup = lookup
        self._depth = 0

    def reduce(self, origin: Origin) -> Origin:
        """The value of the origin; an origin that starts at an unresolved name where the value is
        known elsewhere, None where it is known nowhere.
        """
        if type(origin) is Known and may_be_own(origin):
            found = self._lookup(origin)
            return found if found == origin else self.reduce(found)
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
        reduced = [(place, it if is_plain(it) else self.reduce(it)) for place, it in arguments]
        return tuple([(place, UNKNOWN if it is None else it) for place, it in reduced])

    def _taken(self, of: Origin, step: Step) -> Origin:
        """The value after a step from the value `of`."""
        if of is None:
            return None
        if isinstance(of, Several):
            values = [self._taken(self.reduce(it), step) for it in of.values]
            known = tuple(it for it in values if it is not None)
            return Several(known, sum(it is not None for it in values[: of.certain]))
        if is_unresolved(of) or type(of) is Step or (step.kind == "@" and may_be_own(of)):
            return step_from(of, step.kind, self.arguments(step.arguments))
        if step.kind == "()":
            return self._result(of, step.arguments)
        if step.kind == "@":
            decorated = self.reduce(step.arguments[0][1]) if step.arguments else None
            return _decorated(self._result(of, step.arguments), decorated)
        if step.kind[0] == ".":
            return self.member(of, step.kind[1:])
        if isinstance(of, Contents):
            return self._part(of, step)
        if step.kind == "await":
            return self._returned(of.function, of.arguments) if isinstance(of, Suspended) else None
        if step.kind.startswith("super ") and isinstance(of, Instance):
            return SuperOf(of, step.kind[6:])
        if isinstance(of, ObjectOf):
            return ObjectOf(of.package)
        if isinstance(of, Instance) and step.kind.startswith("__"):
            return self.result_of_method(of, step.kind, step.arguments)
        return None

    def _part(self, of: Contents, step: Step) -> Origin:
        """The value after a step from a list or dict, or one of several."""
        if step.kind == "__getitem__":
            return self.reduce(item_of(of, self.reduce(step.arguments[0][1])))
        if step.kind in {"each", "any"}:
            return self.reduce(each_of(of, every=step.kind == "each"))
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
                return Instance(callee, attributes_of(callee, arguments, self.reduce))
            if callee.is_lazy:
                return Suspended(callee, self.arguments(arguments))
            return self._returned(callee, arguments)
        if isinstance(callee, Bound):
            return self._result(callee.function, ((0, callee.of), *as_method(arguments)))
        if isinstance(callee, Instance):
            if is_context_decorator(callee, self.reduce) and len(arguments) == 1:
                return Managed(callee, self.reduce(arguments[0][1]))
            return self.result_of_method(callee, "__call__", arguments)
        if isinstance(callee, ObjectOf):
            if callee.method in LAZY_METHODS.get(callee.package, ()):
                return Lazy(tuple(it for place, it in self.arguments(arguments) if place == 0))
            return ObjectOf(callee.package)
        if isinstance(callee, Caller):
            return Caller(callee.function, is_lazy=True) if callee.is_lazy else None
        if isinstance(callee, MethodOf):
            found = result_of_method(callee.contents, callee.name, self.arguments(arguments))
            return self.reduce(found)
        if isinstance(callee, Known):
            return self._result_of_known(callee, arguments)
        return None

    def _returned(self, function: FunctionEffects, arguments: Arguments) -> Origin:
        if function.returns is None:
            return None
        return self.reduce(with_arguments(function.returns, function, arguments))

    def _result_of_known(self, callee: Known, arguments: Arguments) -> Origin:
        behaviour = behaviour_of(callee.path)
        package, _, name = callee.path.partition(".")
        if callee.path == "types.SimpleNamespace":
            given = self.arguments(arguments)
            return Instance(NAMESPACE, tuple((str(at), it) for at, it in given if type(at) is str))
        if callee.path == "collections.defaultdict":
            factory = self.reduce(arguments[0][1]) if len(arguments) == 1 else None
            return Contents("dict", factory=factory, is_whole=len(arguments) < 2)
        if package == "builtins":
            made = self._made_by_builtin(name, arguments)
            if made is not None:
                return made
        if may_be_own(callee):
            return Step(callee, "()", self.arguments(arguments))
        if behaviour is None or behaviour == Behaviour():
            return ObjectOf(package) if package in OBJECTS_OF or is_standard(package) else None
        if behaviour.result is None and package in _MAKING_OBJECTS:
            return ObjectOf(package)
        first = next((origin for place, origin in arguments if place == 0), None)
        if first == UNKNOWN or isinstance(first, Literal):
            first = None
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

    def _made_by_builtin(self, name: str, arguments: Arguments) -> Origin:
        if name == "getattr" and len(arguments) > 1:
            attribute = self.reduce(arguments[1][1])
            of = self.reduce(arguments[0][1])
            if isinstance(attribute, Literal) and not (of is None or is_unresolved(of)):
                return self.member(of, str(attribute.value))
        if name == "property" and arguments:
            getter = self.reduce(arguments[0][1])
            if not isinstance(getter, FunctionEffects):
                return None
            return replace(getter, kind="property")
        return result_of_builtin(name, arguments, self.reduce)

    def member_of(self, of: Instance | SuperOf, name: str) -> Found:
        """The member of the object's class with this name."""
        if isinstance(of, SuperOf):
            return find_member(of.instance.cls, name, self.reduce, of.after)
        return find_member(of.cls, name, self.reduce)

    def member(self, of: Origin, name: str) -> Origin:
        """The value of an attribute."""
        if isinstance(of, Known):
            return self.reduce(Known(f"{of.path}.{name}"))
        if isinstance(of, ObjectOf):
            return ObjectOf(of.package, name)
        if isinstance(of, Contents):
            return MethodOf(of, name)
        if isinstance(of, Lazy):
            return Caller(of.called[0]) if name == "result" and of.called else None
        if isinstance(of, FunctionEffects) and name == "__name__":
            return Literal(of.name)
        if isinstance(of, FunctionEffects) and of.members is not None:
            found = find_member(of, name, self.reduce)
            value = self.reduce(found.origin)
            if found.is_unresolved:
                return None
            if isinstance(value, FunctionEffects):
                return Bound(value, of) if value.kind == "classmethod" else value
            return value
        if not isinstance(of, (Instance, SuperOf)):
            return None
        instance = of.instance if isinstance(of, SuperOf) else of
        found = self.member_of(of, name)
        value = self.reduce(found.origin)
        own = next((it for at, it in instance.attributes if at == name), None)
        if own is not None and getattr(value, "kind", None) != "property":
            return self.reduce(own)
        if found.is_missing and has_own_base(instance.cls, self.reduce):
            return Step(of, f".{name}")
        if not isinstance(value, FunctionEffects):
            return value
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
