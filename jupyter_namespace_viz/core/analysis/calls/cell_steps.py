"""What does a cell do with values, and which functions run then?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Literal as OneOf

from jupyter_namespace_viz.core.analysis.builtin_names import BUILTINS
from jupyter_namespace_viz.core.analysis.calls.bodies import Variants
from jupyter_namespace_viz.core.analysis.calls.classes import may_swallow, with_member
from jupyter_namespace_viz.core.analysis.calls.contents import change_by, changed
from jupyter_namespace_viz.core.analysis.calls.following import Follower
from jupyter_namespace_viz.core.analysis.calls.held_values import (
    Contents,
    Literal,
    Several,
)
from jupyter_namespace_viz.core.analysis.calls.objects import NAMESPACE, without_displays
from jupyter_namespace_viz.core.analysis.calls.origins import (
    MAX_DEPTH,
    UNKNOWN,
    Instance,
    ItemAdded,
    Known,
    ObjectOf,
    Origin,
    OuterName,
    PendingStep,
    Step,
    is_deeper_than,
    length_of,
    may_be_own,
    outer_name,
    root_of,
    step_from,
    with_root,
)
from jupyter_namespace_viz.core.analysis.calls.reduction import Reducer
from jupyter_namespace_viz.core.analysis.calls.substitution import is_plain
from jupyter_namespace_viz.core.analysis.flow import Boundness, Flow
from jupyter_namespace_viz.core.analysis.function_effects import FunctionEffects, effects_of_either


class CellSteps:
    """The values that a cell has bound so far, and what it does with values.

    `values` are the origins of the values of its names, as far as they are known. `pending` are the
    steps that start at a name of another cell: only the graph knows which functions these run.
    `set_attributes` are attributes that it sets, each with the name of the object. `displays` are
    the names of lists and dicts whose contents are known, `leaking` those that the current
    statement gives to code that may change them. `filled` are those that functions add to.
    `has_functions` is True once the text has a function. `flow` is that of the cell. `order` is the
    same as in `CellRecord`.
    """

    def __init__(self, flow: Flow) -> None:
        self.values: dict[str, Origin] = {}
        self.pending: dict[Step, PendingStep] = {}
        self.set_attributes: set[tuple[str, str]] = set()
        self.displays: set[str] = set()
        self.leaking: set[str] = set()
        self.filled: set[str] = set()
        self.has_functions = False
        self.order = 0
        self._flow = flow
        self._variants = Variants()

    def take(self, step: Step, line: int, certain: bool, guarded: bool) -> Follower | None:
        """The cell takes the step; returns which functions of the cell run then, if any may."""
        root = root_of(step)
        value: Origin = None
        boundness: Boundness = "free"
        is_outer = False
        if isinstance(root, str):
            value, boundness = self.values.get(root), self._flow.boundness(root)
            is_outer = value is None and boundness == "free" and root not in BUILTINS
        if is_outer and not self.has_functions:
            concern: OneOf["own", "other"] | None = "other"
        elif type(value) is Known and _gives_no_function(step):
            if step.kind[0] != "." and may_be_own(value) and not guarded:
                self._pend(_from(step, value), line, certain and boundness != "maybe")
            return None
        else:
            concern = self._concern_of(step)
        if concern is None:
            if root in self.displays and change_by(step, certain) is not None:
                self.forget({str(root)})
            origin = step if value is None else _from(step, value)
            if not guarded and may_be_own(origin) and length_of(origin) < MAX_DEPTH:
                self._pend(origin, line, certain and boundness != "maybe")
            return None
        is_maybe = boundness == "maybe" and isinstance(root, str)
        certain = certain and not is_maybe
        if concern == "other":
            if not guarded:
                self._pend(step if value is None else _from(step, value), line, certain)
            return None
        if is_maybe and not guarded:
            self._pend(_from(step, OuterName(str(root))), line, certain)
        follower = Follower(self._look_up, self._may_run, self._variants)
        follower.follow(step, certain)
        for change in follower.changes:
            self._change(change)
        via = self.via(step)
        for pending, is_certain in () if guarded else follower.unresolved:
            self._pend(pending, line, is_certain, via)
        return follower

    def via(self, step: Step) -> str | None:
        """The name under which the cell knows the function or object of its own that it uses."""
        root = root_of(step)
        return root if isinstance(root, str) and self._concern_of(root) == "own" else None

    def may_swallow(self, context: Origin) -> bool:
        """Whether this context manager may handle the errors of its block."""
        value = self.value_of(context)
        if may_swallow(value, Reducer(self._look_up).reduce):
            return True
        is_name = isinstance(context, str)
        return is_name and isinstance(value, ObjectOf) and value.package == "contextlib"

    def value_of(self, origin: Origin) -> Origin:
        """The value of the origin at this point, as far as it is known."""
        if type(origin) is Contents:
            items = tuple((key, self.value_of(item)) for key, item in origin.items)
            return Contents(origin.kind, items, origin.is_whole)
        root = root_of(origin)
        value = self.values.get(root) if isinstance(root, str) else root
        if isinstance(root, str) and value is None:
            if self._flow.boundness(root) not in {"free", "assumed"}:
                return None
            value = Known(f"builtins.{root}") if root in BUILTINS else outer_name(root)
        is_outer = type(value) is OuterName or type(value) is Step
        if is_outer and self._concern_of(origin) != "own":
            if length_of(value) + length_of(origin) > MAX_DEPTH:
                return None
            return self._from_outside(origin, value)
        value = Reducer(self._look_up).reduce(origin)
        if value is None or is_deeper_than(value, MAX_DEPTH // 2):
            return None
        root = root_of(value)
        return with_root(value, outer_name(root)) if isinstance(root, str) else value

    def bind(self, name: str, value: Origin, replaced: Origin, certain: bool) -> None:
        """The cell has just bound the name to the value, as `value_of` returns it, and `replaced`
        was its value before.

        Where it may have kept that one, nothing is known but of functions.
        """
        if value is None:
            return
        if not certain and replaced is not None and replaced != value:
            if not isinstance(replaced, FunctionEffects) or not isinstance(value, FunctionEffects):
                return
            value = effects_of_either(replaced, value)
        self.values[name] = value
        if type(value) is Contents and value.kind != "tuple":
            self.displays.add(name)
        elif self.displays:
            self.displays.discard(name)

    def bind_member(self, name: str, attribute: str, value: Origin) -> None:
        """The cell has just set an attribute of the object that the name is bound to."""
        old = self.values.get(name)
        if isinstance(old, FunctionEffects):
            self.values[name] = with_member(old, attribute, value)
        elif isinstance(old, Instance):
            held = {**dict(old.attributes), attribute: value}
            known = tuple((at, it) for at, it in held.items() if it is not None)
            cls = old.cls if old.cls is NAMESPACE else with_member(old.cls, attribute, None)
            self.values[name] = Instance(cls, known)
        elif old is None:
            self.set_attributes.add((name, attribute))

    def _change(self, change: ItemAdded) -> None:
        """The list or dict of a name gets another item."""
        value = self.values.get(change.name)
        if isinstance(value, Contents):
            after = changed(value, change.method, change.arguments) if change.certain else None
            self._hold(change.name, after)

    def forget(self, names: Iterable[str]) -> None:
        """Code that is not followed may change the lists and dicts of these names."""
        for name in self.displays.intersection(names):
            self._hold(name, None)

    def forget_leaking(self) -> None:
        """The statement ends that has given lists and dicts away."""
        if self.leaking:
            self.forget(self.leaking)
            self.leaking.clear()

    def mutate(self, names: Iterable[str]) -> Iterator[str]:
        """Code may have changed the lists and dicts that the objects of these names hold; iterates
        over the names."""
        for name in names:
            value = self.values.get(name)
            if type(value) is Instance and value.attributes:
                self.values[name] = without_displays(value)
            yield name

    def _hold(self, name: str, contents: Contents | None) -> None:
        if contents is not None:
            self.values[name] = contents
        else:
            self.displays.discard(name)
            self.values.pop(name, None)

    def _may_run(self, origin: Origin) -> bool:
        return self._concern_of(origin) is not None

    def _concern_of(self, origin: Origin) -> OneOf["own", "other"] | None:
        """Whether what is done from this origin on may run a function of this cell, or one of
        another cell; None where it runs none.
        """
        concern: OneOf["other"] | None = None
        while type(origin) is Step:
            for _, argument in origin.arguments:
                if is_plain(argument):
                    continue
                found = self._concern_of(argument)
                if found == "own":
                    return found
                concern = found or concern
            origin = origin.of
        if type(origin) is Contents or type(origin) is Several:
            for value in origin.values:
                found = self._concern_of(value)
                if found == "own":
                    return found
                concern = found or concern
            return concern
        if type(origin) is not str:
            if type(origin) is OuterName:
                return "other"
            is_other = type(origin) is Known or type(origin) is Literal or type(origin) is ObjectOf
            return concern if is_other else "own"
        value = self.values.get(origin)
        if value is None:
            is_free = self._flow.boundness(origin) != "bound" and origin not in BUILTINS
            return "other" if is_free else concern
        return self._concern_of(value) or concern

    def _from_outside(self, origin: Origin, root: Origin) -> Origin:
        """The value of an origin of which no function of this cell is part. `root` takes the place
        of the name that it starts at.
        """
        if not isinstance(origin, Step):
            return root
        arguments: list[tuple[int | str, Origin]] = []
        for place, argument in origin.arguments:
            if is_plain(argument):
                arguments.append((place, argument))
                continue
            name = root_of(argument)
            value = self._look_up(name) if isinstance(name, str) else name
            if isinstance(value, str):
                value = outer_name(value)
            is_known = value is not None and not isinstance(value, Step)
            arguments.append((place, self._from_outside(argument, value) if is_known else UNKNOWN))
        return step_from(self._from_outside(origin.of, root), origin.kind, tuple(arguments))

    def _pend(self, step: Step, line: int, certain: bool, via: str | None = None) -> None:
        new = PendingStep(step, certain, line, via, self.order)
        old = self.pending.setdefault(step, new)
        if certain and not old.certain:
            self.pending[step] = replace(old, certain=True, order=self.order)

    def _look_up(self, name: str | OuterName | Known) -> Origin:
        """The value of a name at this point; the name itself where another cell may bind it."""
        if isinstance(name, (OuterName, Known)):
            return name
        value = self.values.get(name)
        if value is None and self._flow.boundness(name) in {"free", "assumed"}:
            return Known(f"builtins.{name}") if name in BUILTINS else name
        return value


def _gives_no_function(step: Step) -> bool:
    """Whether it is seen at once that no function is given to the call, nor to one that has made
    what is consumed."""
    if step.kind[0] in "*a":
        return False
    return all(is_plain(it) for _, it in step.arguments)


def _from(step: Step, root: Origin) -> Step:
    """The step that starts at `root` instead."""
    new = with_root(step, root)
    assert isinstance(new, Step)
    return new
