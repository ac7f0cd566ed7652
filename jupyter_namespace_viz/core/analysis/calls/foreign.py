"""What do the functions and classes of the user's own modules do, as seen from a notebook?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import NamedTuple, Protocol

from jupyter_namespace_viz.core.analysis.calls.held_values import (
    Contents,
    Several,
)
from jupyter_namespace_viz.core.analysis.calls.origins import (
    UNKNOWN,
    Instance,
    Known,
    Origin,
    OuterName,
    Step,
)
from jupyter_namespace_viz.core.analysis.flow import missing_in_text
from jupyter_namespace_viz.core.analysis.function_effects import (
    BodyImport,
    BodyRead,
    ClassMembers,
    FunctionEffects,
    ImplicitValues,
)


class Answers(NamedTuple):
    """What a lookup has answered: the values of dotted paths, and which modules are own ones."""

    values: Mapping[str, Origin] = MappingProxyType({})
    modules: Mapping[str, bool] = MappingProxyType({})


class OwnModules(Protocol):
    """The modules of the user's own."""

    @property
    def answers(self) -> Answers:
        """What it has answered so far."""

    @property
    def to_find(self) -> frozenset[str]:
        """The modules of which it has to know what the kernel has."""

    def value(self, path: str) -> Origin:
        """The value that such a module has under the dotted path; None where it is none."""

    def has(self, module: str) -> bool:
        """Whether it is such a module."""

    def changes_search(self, module: str) -> bool:
        """Whether it is such a module, and an import of it may change where imports look."""

    def binding_functions(self, module: str, name: str) -> frozenset[str]:
        """The functions of such a module that bind the name in it when they are called."""


class NoOwnModules:
    """The lookup for a notebook whose folder is not read."""

    answers = Answers()
    to_find: frozenset[str] = frozenset()

    def value(self, path: str) -> None:
        """No value is known."""

    def has(self, module: str) -> bool:  # noqa: ARG002
        """No module is known."""
        return False

    def changes_search(self, module: str) -> bool:  # noqa: ARG002
        """No module is known."""
        return False

    def binding_functions(self, module: str, name: str) -> frozenset[str]:  # noqa: ARG002
        """No module is known."""
        return frozenset()


NO_OWN_MODULES = NoOwnModules()


class ModuleScope(NamedTuple):
    """The names of a module, for those who see it from outside.

    `path_of` is the dotted path of the value of a name, None where it does not bind the name;
    `lacks` tells which names it certainly has not; `absolute` resolves a relative module name.
    """

    path_of: Callable[[str], str | None]
    lacks: Callable[[str], bool]
    absolute: Callable[[str], str]

    def seen(self, origin: Origin) -> Origin:
        """The origin, in which names are those of the module; None for what is not known."""
        if isinstance(origin, OuterName):
            origin = origin.name
        if isinstance(origin, str):
            path = self.path_of(origin)
            return None if path is None else Known(path)
        if isinstance(origin, Step):
            of = self.seen(origin.of)
            given = ((place, self.seen(it)) for place, it in origin.arguments)
            arguments = tuple((place, UNKNOWN if it is None else it) for place, it in given)
            return None if of is None else Step(of, origin.kind, arguments)
        if isinstance(origin, FunctionEffects):
            return self._function(origin)
        if isinstance(origin, Contents):
            items = tuple((key, self.seen(it)) for key, it in origin.items)
            return replace(origin, items=items, factory=self.seen(origin.factory))
        if isinstance(origin, Several):
            return Several(tuple(map(self.seen, origin.values)), origin.certain)
        if isinstance(origin, Instance):
            held = tuple((name, self.seen(it)) for name, it in origin.attributes)
            cls = self._function(origin.cls)
            return Instance(cls, tuple(it for it in held if it[1] is not None))
        return origin

    def _function(self, function: FunctionEffects) -> FunctionEffects:
        seen = ((self.seen(step), does) for step, does in function.steps)
        return replace(
            function,
            uses=tuple(map(self._missing, filter(self._is_missing, function.uses))),
            assigned_globals=(),
            mutated_globals=(),
            deleted_globals=(),
            draws=frozenset(),
            imports=tuple(map(self._import, function.imports)),
            steps=tuple(it for it in seen if it[0] is not None),
            returns=self.seen(function.returns),
            implicit=self._implicit(function.implicit),
            members=self._members(function.members),
            begun=None if function.begun is None else self._function(function.begun),
        )

    def _is_missing(self, use: BodyRead) -> bool:
        return use.certain and not use.guarded and self.lacks(use.name)

    def _missing(self, use: BodyRead) -> BodyRead:
        return use._replace(name=missing_in_text(use.name), is_global=False)

    def _import(self, imported: BodyImport) -> BodyImport:
        return replace(imported, module=self.absolute(imported.module))

    def _implicit(self, implicit: ImplicitValues | None) -> ImplicitValues | None:
        if implicit is None:
            return None
        return replace(
            implicit, defaults=tuple((name, self.seen(it)) for name, it in implicit.defaults)
        )

    def _members(self, members: ClassMembers | None) -> ClassMembers | None:
        if members is None:
            return None
        return replace(
            members,
            values=tuple((name, self.seen(it)) for name, it in members.values),
            bases=tuple(map(self.seen, members.bases)),
            metaclass=self.seen(members.metaclass),
        )
