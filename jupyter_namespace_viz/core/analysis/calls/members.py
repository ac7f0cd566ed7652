"""Which methods run when an attribute is read, or an operator or a statement uses an object?"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable

from jupyter_namespace_viz.core.analysis.calls.bodies import Bodies, Variants
from jupyter_namespace_viz.core.analysis.calls.classes import (
    Found,
    classes_of,
    find_member,
)
from jupyter_namespace_viz.core.analysis.calls.contents import is_made_by_factory
from jupyter_namespace_viz.core.analysis.calls.held_values import (
    Contents,
    Literal,
)
from jupyter_namespace_viz.core.analysis.calls.objects import may_hold
from jupyter_namespace_viz.core.analysis.calls.origins import (
    ANY_ARGUMENTS,
    Arguments,
    Caller,
    Instance,
    Known,
    ObjectOf,
    Origin,
    Step,
    SuperOf,
    as_method,
    is_unresolved,
)
from jupyter_namespace_viz.core.analysis.calls.reduction import Lookup, Reducer
from jupyter_namespace_viz.core.analysis.calls.signatures import fields_given
from jupyter_namespace_viz.core.analysis.function_effects import ClassMembers, FunctionEffects

_FIELD = Known("dataclasses.field")


class MemberFollower(ABC):
    """Follows the use of objects of the notebook's classes into their special methods.

    `Follower` follows the steps that these take.
    """

    def __init__(
        self, lookup: Lookup, may_run: Callable[[Origin], bool], variants: Variants
    ) -> None:
        self._reducer = Reducer(lookup)
        self._reduce = self._reducer.reduce
        self._bodies = Bodies(may_run, variants, self._reduce)

    @abstractmethod
    def _follow(self, step: Step, certain: bool) -> None:
        """Follow one step."""

    @abstractmethod
    def _consume(self, of: Origin, certain: bool, extent: str = "*") -> None:
        """The value is iterated over."""

    @abstractmethod
    def _anything(self, of: Origin) -> None:
        """Anything may be done with the value."""

    def _attribute(self, of: Origin, step: Step, certain: bool) -> None:
        name = step.kind[1:] if step.kind[0] == "." else f"{step.kind[1:]}.setter"
        if isinstance(of, FunctionEffects) and of.members is not None and step.kind[0] == ".":
            self._describe(find_member(of, name, self._reduce), certain)
        if not isinstance(of, (Instance, SuperOf)):
            return
        found = self._reducer.member_of(of, name)
        member = self._reduce(found.origin)
        if found.is_unresolved:
            self._bodies.pend(step._replace(of=of), certain)
        elif isinstance(member, FunctionEffects) and member.kind == "property":
            instance = of.instance if isinstance(of, SuperOf) else of
            self._bodies.run(member, ((0, instance), *as_method(step.arguments)), certain)
        elif found.is_missing and step.kind[0] == "." and isinstance(of, Instance):
            if not may_hold(of.cls, name, self._reduce):
                self._special(of, Step(of, "__getattr__"), certain and not found.is_open)
        elif step.kind[0] == ".":
            self._describe(found, certain)

    def _describe(self, found: Found, certain: bool) -> None:
        """A member that is an object of a class with `__get__` is asked for the attribute."""
        value = self._reduce(found.origin)
        if isinstance(value, Instance):
            self._special(value, Step(value, "__get__"), certain and not found.is_open)

    def _make_defaults(self, members: ClassMembers, arguments: Arguments, certain: bool) -> None:
        """`field(default_factory=f)` calls `f` where the call of the class gives no such field."""
        given = fields_given(members, arguments)
        for name, value in members.values:
            is_field = isinstance(value, Step) and self._reduce(value.of) == _FIELD
            if is_field and (given is None or name not in given):
                for place, factory in value.arguments:  # type: ignore[attr-defined]
                    if place == "default_factory":
                        self._follow(Step(factory, "()"), certain and given is not None)

    def _operate(self, of: Origin, step: Step, certain: bool) -> None:
        """An operator or a statement calls a special method of the object's class, or the one that
        takes its place."""
        if isinstance(of, Contents):
            if step.kind in {"__getitem__", "__setitem__"}:
                self._find_item(of, step, certain)
            return
        if self._special(of, step, certain):
            return
        for other in _INSTEAD.get(step.kind, ()):
            if self._special(of, Step(of, other, step.arguments), certain):
                return
        if step.kind in _REFLECTED and step.arguments and isinstance(of, (Instance, Literal)):
            right = self._reduce(step.arguments[0][1])
            self._special(right, Step(right, _REFLECTED[step.kind], ((0, of),)), certain)

    def _find_item(self, of: Contents, step: Step, certain: bool) -> None:
        """A dict asks its key for a hash, and a `defaultdict` makes an item that is missing."""
        key = self._reduce(step.arguments[0][1])
        if of.kind == "dict" and isinstance(key, Instance):
            self._special(key, Step(key, "__hash__"), certain)
        if step.kind == "__getitem__" and is_made_by_factory(of, key):
            self._follow(Step(of.factory, "()"), certain)

    def _special(self, of: Origin, step: Step, certain: bool) -> bool:
        """Python calls a special method of the object's class; returns whether it has one."""
        if isinstance(of, Caller) and of.is_lazy and step.kind in _MANAGED:
            called = Step(of.function, "()", ANY_ARGUMENTS)
            self._follow(called, certain)
            self._consume(self._reduce(called), certain, _MANAGED[step.kind])
        if isinstance(of, FunctionEffects) and step.kind == "__getitem__":
            step = step._replace(kind="__class_getitem__")
        if isinstance(of, FunctionEffects) and step.kind in _OF_CLASSES:
            if step.kind == "__init_subclass__":
                self._make_class(of, certain)
            cls: FunctionEffects = of
        elif isinstance(of, Instance):
            cls = of.cls
        else:
            if isinstance(of, ObjectOf) and of.package == "pandas":
                for _, given in step.arguments:
                    if isinstance(given, FunctionEffects):  # `df.loc[lambda it: …]`
                        self._follow(Step(given, "()", ANY_ARGUMENTS), certain)
            return False
        found = find_member(cls, step.kind, self._reduce)
        if found.is_unresolved:
            self._bodies.pend(step._replace(of=of), certain)
        elif isinstance(found.origin, FunctionEffects):
            if not found.origin.is_lazy or step.kind in _AWAITED:
                certain = certain and not found.is_open
                others = () if step.kind == "__call__" else ANY_ARGUMENTS
                given = ((0, of), *as_method(step.arguments), *others)
                self._bodies.run(found.origin, given, certain)
            return True
        elif found.is_open and step.kind == "__call__":
            self._anything(of)  # such as the `forward` of a model
        return False

    def _make_class(self, base: FunctionEffects, certain: bool) -> None:
        """A class with this base is made: its metaclass is called."""
        for method in ("__new__", "__init__"):
            self._of_metaclass(base, method, (), certain)

    def _special_of(self, origin: Origin, methods: tuple[str, ...], certain: bool) -> None:
        """Python calls the first of the special methods that the class of the object has."""
        of = self._reduce(origin)
        if of is not None and is_unresolved(of):
            self._bodies.pend(Step(of, methods[0]), certain)
            return
        for method in methods:
            if self._special(of, Step(of, method), certain):
                return

    def _of_builtin(self, path: str, arguments: Arguments, certain: bool) -> None:
        """What Python's own functions do with objects besides calling them."""
        if path in _OF_ITEMS and arguments:
            self._of_items(path, arguments, certain)
        elif path == "builtins.getattr" and len(arguments) > 1:
            of, name = (self._reduce(origin) for _, origin in arguments[:2])
            if isinstance(name, Literal):
                self._attribute(of, Step(of, f".{name.value}"), certain and len(arguments) == 2)
        elif path == "builtins.isinstance" and len(arguments) > 1:
            cls = self._reduce(arguments[1][1])
            if isinstance(cls, FunctionEffects):
                self._of_metaclass(cls, "__instancecheck__", (), certain)

    def _of_items(self, path: str, arguments: Arguments, certain: bool) -> None:
        """`sorted`, `min` and `max` compare the items of what they are given, `sum` adds them."""
        items = self._reduce(arguments[0][1])
        key = next((self._reduce(it) for place, it in arguments if place == "key"), None)
        if not isinstance(items, Contents) or items.kind == "dict" or not items.is_whole:
            return
        values = [self._reduce(value) for _, value in items.items]
        if key is not None:
            values = [self._reduce(Step(key, "()", ((0, value),))) for value in values]
        method = _OF_ITEMS[path]
        if method == "__radd__":
            if len(arguments) == 1 and values:
                self._special(values[0], Step(values[0], method), certain)
        elif len(arguments) == 1 + (key is not None) and len(values) > 1:
            self._operate(values[1], Step(values[1], method, ((0, values[0]),)), certain)

    def _of_metaclass(
        self, cls: FunctionEffects, method: str, arguments: Arguments, certain: bool
    ) -> bool:
        """A class is used as an object of its metaclass: `C()` calls `__call__`; returns whether
        the notebook's metaclass has the method."""
        for one in classes_of(cls, self._reduce)[0]:
            meta = None if one.members is None else self._reduce(one.members.metaclass)
            if isinstance(meta, FunctionEffects) and meta.members is not None:
                found = find_member(meta, method, self._reduce)
                if isinstance(found.origin, FunctionEffects):
                    given = ((0, cls), *as_method(arguments))
                    self._bodies.run(found.origin, given, certain and not found.is_open)
                    return True
        return False


_OF_ITEMS = {
    "builtins.sum": "__radd__",
    "builtins.sorted": "__lt__",
    "builtins.min": "__lt__",
    "builtins.max": "__gt__",
}
"""The special methods that Python's functions call of the items of a list."""

_OF_CLASSES = frozenset({"__class_getitem__", "__init_subclass__"})

_INSTEAD = {
    "__bool__": ("__len__",),
    "__ne__": ("__eq__",),
    "__contains__": ("__iter__", "__getitem__"),
    "__iadd__": ("__add__",),
}
"""What Python calls where a class does not have a special method."""

_REFLECTED = {
    "__eq__": "__eq__", "__ne__": "__ne__", "__lt__": "__gt__", "__gt__": "__lt__",
    "__le__": "__ge__", "__ge__": "__le__",
    **{f"__{it}__": f"__r{it}__" for it in (
        "add sub mul matmul truediv floordiv mod pow lshift rshift and or xor".split()
    )},
}  # fmt: skip
"""The special method of the right operand that is called where the left one has none."""

_AWAITED = frozenset({"__aenter__", "__aexit__"})

_MANAGED = {"__enter__": "*1", "__aenter__": "*1", "__exit__": "*", "__aexit__": "*"}
"""What a `with` statement consumes of the generator of a context manager, where it begins and where
it ends."""
