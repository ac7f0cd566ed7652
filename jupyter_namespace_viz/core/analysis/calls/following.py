"""Which functions run when a cell calls a value, reads an attribute, or gives a value away?"""

from __future__ import annotations

from collections.abc import Callable

from jupyter_namespace_viz.core.analysis.calls.bodies import Variants
from jupyter_namespace_viz.core.analysis.calls.callees import (
    LAZY_METHODS,
    OBJECTS_OF,
    STANDARD_METHODS,
    behaviour_of,
    is_standard,
    may_call,
)
from jupyter_namespace_viz.core.analysis.calls.classes import (
    classes_of,
    find_member,
    has_own_base,
)
from jupyter_namespace_viz.core.analysis.calls.contents import change_by
from jupyter_namespace_viz.core.analysis.calls.held_values import (
    Contents,
    MethodOf,
    Several,
)
from jupyter_namespace_viz.core.analysis.calls.members import MemberFollower
from jupyter_namespace_viz.core.analysis.calls.origins import (
    ANY_ARGUMENTS,
    Arguments,
    Bound,
    Caller,
    Instance,
    ItemAdded,
    Known,
    Lazy,
    Managed,
    ObjectOf,
    Origin,
    Step,
    SuperOf,
    Suspended,
    as_method,
    is_unresolved,
    may_be_own,
    name_of_callee,
)
from jupyter_namespace_viz.core.analysis.calls.reduction import Lookup
from jupyter_namespace_viz.core.analysis.calls.signatures import refuses_arguments
from jupyter_namespace_viz.core.analysis.function_effects import FunctionEffects, made_uncertain


class Follower(MemberFollower):
    """Follows what a cell does with values into the bodies of the functions that run then.

    `called` are the functions that run. `unresolved` are the steps that start at names whose values
    are not known here. `changes` are those of lists and dicts. `may_run` tells whether a step from
    a name may run a function, `variants` what one does for its arguments.
    """

    def __init__(
        self, lookup: Lookup, may_run: Callable[[Origin], bool], variants: Variants
    ) -> None:
        super().__init__(lookup, may_run, variants)
        self.called = self._bodies.called
        self.unresolved = self._bodies.unresolved
        self.changes: list[ItemAdded] = []

    def follow(self, step: Step, certain: bool) -> None:
        """Follow one step of the cell, and those that the functions take which run then."""
        self._bodies.queue(step, certain)
        while (following := self._bodies.next_step()) is not None:
            self._follow(*following)

    def _follow(self, step: Step, certain: bool) -> None:
        """Follow one step. The steps that its value comes from have been followed before, except
        for attributes: `a.b.c()` is one step.
        """
        of = self._reduce(step.of)
        if isinstance(of, Several):
            for index, value in enumerate(of.values):
                self._follow(step._replace(of=value), certain and index < of.certain)
            return
        if type(step.of) is Step and step.of.kind[0] == "." and step.kind[0] in ".(":
            self._follow_attributes(step.of, certain)
        self._note_change(step, certain)
        if of is not None and is_unresolved(of):
            arguments = self._reducer.arguments(step.arguments)
            self._bodies.pend(Step(of, step.kind, arguments), certain)
            return
        if type(of) is Step or (may_be_own(of) and step.kind[0] != "."):
            arguments = self._reducer.arguments(step.arguments)
            self._bodies.pend(Step(of, step.kind, arguments), certain)
        if step.kind in {"()", "@"}:
            self._call(of, step, certain)
        elif step.kind[0] in ".=":
            self._attribute(of, step, certain)
        elif step.kind[0] == "*":
            self._consume(of, certain, step.kind)
        elif step.kind == "await":
            self._await(of, certain)
        elif step.kind == "?":
            self._anything(of)
        elif step.kind.startswith("__"):
            self._operate(of, step, certain)

    def _note_change(self, step: Step, certain: bool) -> None:
        """A list or dict of a name gets another item."""
        change = change_by(step, certain)
        if change is not None:
            arguments = self._reducer.arguments(change.arguments)
            self.changes.append(change._replace(arguments=arguments))

    def _follow_attributes(self, step: Step, certain: bool) -> None:
        of = self._reduce(step.of)
        if isinstance(of, (Instance, SuperOf)):
            self._attribute(of, step, certain)
        if type(step.of) is Step and step.of.kind[0] == ".":
            self._follow_attributes(step.of, certain)

    # Calls

    def _call(self, callee: Origin, step: Step, certain: bool) -> None:
        arguments = step.arguments
        if isinstance(callee, FunctionEffects):
            if callee.members is not None:
                self._construct(callee, arguments, certain)
            elif not callee.is_lazy:
                self._bodies.run(callee, arguments, certain)
        elif isinstance(callee, Bound):
            given = ((0, callee.of), *as_method(arguments))
            if not callee.function.is_lazy and not refuses_arguments(callee.function, given):
                self._bodies.run(callee.function, given, certain)
        elif isinstance(callee, Instance):
            self._special(callee, Step(callee, "__call__", arguments), certain)
        elif isinstance(callee, Caller):
            if not callee.is_lazy:
                self._follow(Step(callee.function, "()", ANY_ARGUMENTS), certain)
        elif isinstance(callee, ObjectOf):
            if callee.method in OBJECTS_OF.get(callee.package, ()):
                self._call_all(arguments, certain)
            elif callee.method in LAZY_METHODS.get(callee.package, ()):
                return
            elif not is_standard(callee.package) or callee.method in STANDARD_METHODS:
                self._give(step)
        elif isinstance(callee, Known):
            self._call_known(callee, step, certain)
        elif isinstance(callee, Managed):
            self._special(callee.context, Step(callee.context, "__enter__"), certain)
            self._follow(Step(callee.function, "()", arguments), certain)
            self._special(callee.context, Step(callee.context, "__exit__"), certain)
        elif isinstance(callee, MethodOf):
            for place, origin in arguments if callee.name == "sort" else ():
                if place == "key":
                    self._follow(
                        Step(origin, "()", ANY_ARGUMENTS), certain and bool(callee.contents.items)
                    )
        elif callee is None or isinstance(callee, (Contents, Step)):
            if isinstance(callee, Step) and callee.kind == "@":
                self._call_decorated(callee, arguments)
            self._give(step)

    def _call_decorated(self, step: Step, arguments: Arguments) -> None:
        """A function is called that a decorator has made of another, which it may call."""
        for _, origin in step.arguments:
            decorated = self._reduce(origin)
            if isinstance(decorated, FunctionEffects) and decorated.members is None:
                self._call(made_uncertain(decorated), Step(decorated, "()", arguments), False)

    def _construct(self, cls: FunctionEffects, arguments: Arguments, certain: bool) -> None:
        """A call of a class makes an object."""
        assert cls.members is not None
        if self._of_metaclass(cls, "__call__", arguments, certain):
            certain = False  # it may make no object
        certain = certain and cls.members.is_plain
        if has_own_base(cls, self._reduce):
            self._bodies.pend(Step(cls, "()", self._reducer.arguments(arguments)), certain)
        self._bodies.note(cls, certain)
        instance = Instance(cls)
        new = find_member(cls, "__new__", self._reduce)
        if isinstance(new.origin, FunctionEffects):
            self._bodies.run(new.origin, ((0, cls), *as_method(arguments)), certain)
            certain = False  # it may return an object of another class
        names = ("__init__", "__post_init__") if cls.members.is_dataclass else ("__init__",)
        for name in names:
            found = find_member(cls, name, self._reduce)
            if found.is_unresolved:
                self._bodies.pend(Step(cls, "()", self._reducer.arguments(arguments)), certain)
                return
            if isinstance(found.origin, FunctionEffects):
                given = ((0, instance), *as_method(arguments))
                self._bodies.run(found.origin, given, certain and not found.is_open)
        if cls.members.is_dataclass:
            self._make_defaults(cls.members, arguments, certain)

    def _call_known(self, callee: Known, step: Step, certain: bool) -> None:
        behaviour, arguments = behaviour_of(callee.path), step.arguments
        if behaviour is None:
            self._give(step, callee.path.rpartition(".")[2])
            return
        if behaviour.special and arguments:
            self._special_of(arguments[0][1], behaviour.special, certain)
        if behaviour.result == "lazy":
            return
        self._of_builtin(callee.path, arguments, certain)
        for place, origin in arguments:
            if place in behaviour.calls:
                self._follow(Step(origin, "()", ANY_ARGUMENTS), certain)
            if place in behaviour.consumes:
                self._follow(Step(origin, behaviour.extent), certain)

    def _call_all(self, arguments: Arguments, certain: bool) -> None:
        for _, origin in arguments:
            self._follow(Step(origin, "()", ANY_ARGUMENTS), certain)

    def _give(self, step: Step, name: str | None = None) -> None:
        """A function of this name, of which nothing is known, may call what it gets; decorators
        rather keep or wrap it."""
        if step.kind != "@" and may_call(name_of_callee(step.of) if name is None else name):
            for _, origin in step.arguments:
                self._follow(Step(origin, "?"), certain=False)

    # Iteration

    def _consume(self, of: Origin, certain: bool, extent: str = "*") -> None:
        """`extent` is the kind of a step: how much of it is consumed."""
        if isinstance(of, Suspended):
            begun = of.function.begun
            if extent == "*" or begun is None:
                self._bodies.run(of.function, of.arguments, certain)
                return
            self._bodies.run(begun, of.arguments, certain)
            if extent == "*?":
                self._bodies.run(of.function, of.arguments, certain=False)
        elif isinstance(of, Lazy):
            self._run_lazy(of, of.extent if extent == "*" else extent, certain)
        elif isinstance(of, Instance):
            if self._special(of, Step(of, "__iter__"), certain):
                result = self._reducer.result_of_method(of, "__iter__")
                if isinstance(result, Instance):
                    self._special(result, Step(result, "__next__"), certain)
                else:
                    self._consume(result, certain)
            else:
                result = self._reducer.result_of_method(of, "__iter__")
                if result is not None:
                    self._consume(result, certain)
                else:
                    self._special(of, Step(of, "__getitem__"), certain)

    def _await(self, of: Origin, certain: bool) -> None:
        if isinstance(of, Suspended):
            self._bodies.run(of.function, of.arguments, certain)
        elif isinstance(of, Lazy):
            self._run_lazy(of, "await", certain)
        else:
            self._special(of, Step(of, "__await__"), certain)

    def _run_lazy(self, of: Lazy, kind: str, certain: bool) -> None:
        for origin in of.called:
            self._follow(Step(origin, "()", ANY_ARGUMENTS), certain)
        for origin in of.consumed:
            self._follow(Step(origin, kind), certain)

    # What is not known

    def _anything(self, of: Origin) -> None:
        """Anything may be done with the value."""
        doubt = self._bodies.doubt
        self._bodies.doubt = doubt or "given"
        self._run_all(of)
        self._bodies.doubt = doubt

    def _run_all(self, of: Origin) -> None:
        if isinstance(of, FunctionEffects):
            if of.members is None:
                self._bodies.run(of, ANY_ARGUMENTS, certain=False)
            else:
                self._construct(of, ANY_ARGUMENTS, certain=False)
                self._all_members(Instance(of))
        elif isinstance(of, Bound):
            self._bodies.run(of.function, ((0, of.of), *ANY_ARGUMENTS), certain=False)
        elif isinstance(of, Suspended):
            self._bodies.run(of.function, of.arguments, certain=False)
        elif isinstance(of, Instance):
            self._all_members(of)
        elif isinstance(of, Lazy):
            self._consume(of, certain=False)
        elif isinstance(of, Caller):
            self._follow(Step(of.function, "?"), certain=False)

    def _all_members(self, instance: Instance) -> None:
        for cls in classes_of(instance.cls, self._reduce)[0]:
            for _, value in cls.members.values if cls.members is not None else ():
                if isinstance(value, FunctionEffects) and value.members is None:
                    self._bodies.run(value, ((0, instance), *ANY_ARGUMENTS), certain=False)
