"""Which run changed which name?

The probe sees that a name is bound to another object. It cannot see `x = 1` run again, which binds
the same object, nor `x.append(1)`, which mutates it. There the sources of the runs decide: a
run that succeeded and whose source certainly binds a name has bound it, and a run whose source may
mutate a name's object has changed the name. A function that is defined again with the same text has
not changed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from jupyter_namespace_viz.core.analysis.constant_bindings import binds_same_value
from jupyter_namespace_viz.core.analysis.function_effects import FunctionEffects
from jupyter_namespace_viz.core.analysis.random_numbers import RandomNumbers
from jupyter_namespace_viz.core.graph.dependency_graph import ReadSource
from jupyter_namespace_viz.core.graph.enrichment.aliases import Aliases
from jupyter_namespace_viz.core.graph.enrichment.call_effects import effects_of_calls
from jupyter_namespace_viz.core.kernel_state.held_functions import defining_source
from jupyter_namespace_viz.core.kernel_state.namespace import (
    MOST_CHANGES,
    Change,
    HeldName,
    Run,
)
from jupyter_namespace_viz.core.kernel_state.random_states import UNSEEDED, Draws

MOST_REMOVED = 10_000
"""How many removed names have their changes remembered, in case they are bound again."""


class ChangeHistory:
    """The changes of each name since the probe was installed, and the random numbers drawn.

    `known` are the changes known from before, by name. `is_complete` is whether no code ran that
    the probe could not learn about, so that the generators are known to be unseeded.
    """

    def __init__(
        self,
        read: ReadSource,
        known: Mapping[str, tuple[Change, ...]] | None = None,
        *,
        is_complete: bool = False,
    ) -> None:
        self._read = read
        self._changes = dict(known or {})
        self._draws = Draws(UNSEEDED if is_complete else {})
        self._aliases = Aliases()

    @property
    def changes(self) -> Mapping[str, tuple[Change, ...]]:
        """The changes of each name, in the order of the runs."""
        return self._changes

    @property
    def drew(self) -> Mapping[int, Mapping[RandomNumbers, int]]:
        """By the serial of a run, the known states of the generators that it drew from."""
        return self._draws.drew

    def of(self, name: str) -> tuple[Change, ...]:
        """The changes of one name, in the order of the runs."""
        return self._changes.get(name, ())

    def note_rebound(self, name: str, last_serial: int) -> None:
        """Note that, after the run `last_serial`, the name was rebound, but not by a run."""
        self._note(name, Change(last_serial, None, "outside"))

    def note_bound(self, name: str, serial: int, run: Run | None, before: HeldName | None) -> None:
        """Note that the run `serial` bound the name to another object than `before`.

        `run` is that run, None if it is no longer known.
        """
        if self._last_binding(name) >= serial:
            return
        if run is not None and self._is_as_before(before, run):
            self._note_again(name, run)
        else:
            self._note(name, Change(serial, None if run is None else run.cell_id))

    def attribute(self, run: Run, names: Mapping[str, HeldName]) -> dict[str, HeldName]:
        """Attribute to a finished run what its source binds and mutates.

        `names` are all held names. Returns those that have changed.
        """
        read = self._read(run.source)
        changed: dict[str, HeldName] = {}
        bound = (definition.name for definition in read.definitions if definition.certain)
        for name in bound if run.succeeded else ():
            held = names.get(name)
            if held is not None:
                self._note_binding(name, run)
                bound_by = newest_of(held.bound_by, run)
                changed[name] = replace(held, bound_by=bound_by, changes=self._changes[name])

        def held_now(name: str) -> HeldName | None:
            return changed.get(name) or names.get(name)

        def function_of(name: str) -> FunctionEffects | None:
            return self._function_of(held_now(name), name)

        effects = effects_of_calls(read, function_of)
        self._draws.enter(run, read, effects.draws)
        mutated = read.mutated | effects.mutated
        for name in mutated | self._aliases.enter(read, mutated):
            held = held_now(name)
            # The functions of a module often change its state, which does not make a reader stale.
            if held is not None and held.kind != "module":
                self._note(name, Change(run.serial, run.cell_id, "mutated"))
                changed[name] = replace(held, changes=self._changes[name])
        return changed

    def forget_removed(self, held: Collection[str]) -> None:
        """Drop the changes of names that are not held, once there are too many of them."""
        if len(self._changes) > len(held) + MOST_REMOVED:
            self._changes = {name: it for name, it in self._changes.items() if name in held}

    def _function_of(self, held: HeldName | None, name: str) -> FunctionEffects | None:
        """The function of that name, according to the source that defined it."""
        source = None if held is None else defining_source(held)
        return None if source is None else self._read(source).function_of(name)

    def _note_binding(self, name: str, run: Run) -> None:
        """Note that the run bound the name.

        If the probe did not see that, the run bound the same object, or one that another run has
        replaced since.
        """
        known = self.of(name)
        before = [change for change in known if change.serial < run.serial]
        if any(change.is_of(run) for change in known):
            return
        if not before or len(before) < len(known):
            self._note(name, Change(run.serial, run.cell_id))
        else:
            self._note_again(name, run)

    def _note_again(self, name: str, run: Run) -> None:
        """Note that the run bound the name to the same object as before."""
        *before, last = self._changes[name]
        serials = (*last.again, run.serial)[-MOST_CHANGES:]
        self._changes[name] = (*before, replace(last, again=serials))

    def _note(self, name: str, change: Change) -> None:
        """Add the change in the order of the runs. A mutation by a run that has a change already is
        left out.
        """
        known = self.of(name)
        if change.kind == "mutated" and any(it.serial == change.serial for it in known):
            return
        changes = sorted((*known, change), key=_serial_of)
        self._changes[name] = tuple(changes[-MOST_CHANGES:])

    def _last_binding(self, name: str) -> int:
        """The serial of the last run that is known to have bound the name, 0 if there is none."""
        changes = self.of(name)
        bound = (it.serial for it in changes if it.kind != "mutated")
        return max((*bound, *(serial for it in changes for serial in it.again)), default=0)

    def _is_as_before(self, before: HeldName | None, run: Run) -> bool:
        """Whether the run bound an object that cannot be distinguished from `before`."""
        if before is None or before.bound_by is None:
            return False
        changes = self.of(before.name)
        if not changes or changes[-1].kind != "bound" or not changes[-1].is_of(before.bound_by):
            return False
        return binds_same_value(before.name, before.bound_by.source, run.source)


def newest_of(one: Run | None, other: Run | None) -> Run | None:
    """The later of two runs, where None is no run."""
    if one is None or other is None:
        return one or other
    return one if one.serial >= other.serial else other


def _serial_of(change: Change) -> int:
    return change.serial
