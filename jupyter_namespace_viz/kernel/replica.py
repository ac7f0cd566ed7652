"""What do the probe's messages add up to?

A `Ledger` takes the probe's messages and the ends of the kernel's lives, and gives the kernel
namespace as a value. It has no clock and no I/O. It says whether it is still `in_step`: after a
gap in the messages it is not, until it is given a snapshot. What comes before that is kept, because
deltas and snapshots take different ways and a delta may overtake the snapshot it belongs on.

The probe sees that a name's object changed. It cannot see `x = 1` run again, which binds the same
object, nor `x.append(1)`, which changes it in place: there the ledger believes the texts that ran,
which `read` reads. The newest run that succeeded and whose text binds the name for certain is
credited with it. By their texts, too, a function that is defined anew is no change, and random
numbers are drawn.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from jupyter_namespace_viz.core.analysis.cell_names import CellNames
from jupyter_namespace_viz.core.analysis.constant_bindings import binds_same_value
from jupyter_namespace_viz.core.analysis.function_effects import FunctionEffects
from jupyter_namespace_viz.core.graph.call_effects import effects_of_calls
from jupyter_namespace_viz.core.kernel_state.held_functions import defining_source
from jupyter_namespace_viz.core.kernel_state.namespace import (
    Change,
    HeldName,
    ModuleAnswer,
    Namespace,
    Run,
)
from jupyter_namespace_viz.core.kernel_state.random_states import UNSEEDED, Draws
from jupyter_namespace_viz.core.vocabulary import Beginning
from jupyter_namespace_viz.protocol.probe_messages import (
    Delta,
    Described,
    Lost,
    NameRecord,
    RunRecord,
    Snapshot,
)

ReadText = Callable[[str], CellNames]
"""Reads the text of a run, as cells are read."""

MOST_OTHER_RUNS = 5_000

MOST_CHANGES = 50
"""Changes that are remembered of one name, and runs that bound the same object again."""

MOST_REMOVED = 10_000
"""Names that were removed and whose changes are remembered, in case that they are bound again."""

MOST_EARLY = 100
"""Messages kept until the snapshot comes; with one dropped there is a gap, and another snapshot."""


class Ledger:
    """The kernel namespace, kept up to date by the probe's messages."""

    def __init__(self, read: ReadText) -> None:
        self._read = read
        self._generation = 1
        self._lost: frozenset[str] = frozenset()
        self._took: dict[str, float] = {}
        self._clear("unknown")

    def _clear(self, beginning: Beginning) -> None:
        self._beginning = beginning
        self._epoch: str | None = None
        self._rev: int | None = None
        self._early: deque[Delta | Lost] = deque(maxlen=MOST_EARLY)
        self._names: dict[str, HeldName] = {}
        self._changes: dict[str, tuple[Change, ...]] = {}
        self._last_serial = 0
        self._draws = Draws({})
        self._runs: dict[str, Run] = {}
        self._other_runs: dict[int, Run] = {}
        self._deleted_by: dict[str, Run] = {}
        self._undescribed: dict[str, int] = {}  # and the rev that told so
        self._modules: dict[str, ModuleAnswer] = {}
        self._star_names: dict[str, frozenset[str]] = {}
        self._places: tuple[tuple[str, ...], str] = ((), "")
        self._unfinished: dict[int, Run] = {}
        self._python: str | None = None
        self._builtins: frozenset[str] | None = None
        self._complete = True
        self._namespace: Namespace | None = None

    # --- what is known

    @property
    def namespace(self) -> Namespace:
        """The namespace as a value; the same object as long as nothing changed."""
        if self._namespace is None:
            self._namespace = Namespace(
                generation=self._generation,
                beginning=self._beginning,
                names=MappingProxyType(dict(self._names)),
                runs=MappingProxyType(dict(self._runs)),
                other_runs=tuple(self._other_runs.values()),
                deleted_by=MappingProxyType(dict(self._deleted_by)),
                lost=self._lost,
                modules=MappingProxyType(dict(self._modules)),
                star_names=MappingProxyType(dict(self._star_names)),
                paths=self._places[0],
                folder=self._places[1],
                python=self._python,
                complete=self._complete,
                running=tuple(it.cell_id for it in self._unfinished.values() if it.cell_id),
                builtins=self._builtins,
                drew=MappingProxyType(dict(self._draws.drew)),
                took=MappingProxyType(dict(self._took)),
            )
        return self._namespace

    @property
    def in_step(self) -> bool:
        """Whether every message since the last snapshot has come; if not, take a snapshot."""
        return self._rev is not None

    @property
    def undescribed(self) -> frozenset[str]:
        """Names that the kernel holds and that the probe had no time to describe: ask for them."""
        return frozenset(self._undescribed)

    # --- lives of the kernel

    def end_generation(self, beginning: Beginning) -> None:
        """The kernel's process ended: a new generation, which holds nothing yet.

        What was held is lost, and what was lost before and has not been bound since stays lost.
        The environment outlives the process: which modules it has is taken to be as before until
        the new process is asked.
        """
        self._lost |= self._names.keys()
        self._generation += 1
        modules = {
            name: replace(it, loaded_as=None, changed=(), gone=False, reloads=False, mark=0)
            for name, it in self._modules.items()
        }
        python, places = self._python, self._places
        self._clear(beginning)
        self._modules, self._python, self._places = modules, python, places

    def tell_beginning(self, beginning: Beginning) -> None:
        """How this generation began, where that became known only after it had."""
        if beginning != self._beginning:
            self._beginning = beginning
            self._namespace = None

    # --- the probe's messages

    def apply(self, message: Delta | Lost) -> None:
        """Takes what the probe pushed; `in_step` tells whether it followed on what is known."""
        if self._rev is None:
            self._early.append(message)
            return
        if isinstance(message, Lost):
            self._rev = None
            return
        if message.epoch != self._epoch or message.base > self._rev:
            self._rev = None
            self._early.append(message)
            return
        if message.rev <= self._rev:
            return
        self._rev = message.rev
        self._namespace = None
        if message.builtins is not None:
            self._builtins = frozenset(message.builtins)
        run = None if message.run is None else self._enter_run(message.run)
        runs = {} if run is None else {run.serial: run}
        self._undescribed.update(dict.fromkeys(message.undescribed, message.rev))
        for name in message.removed:
            self._remove(name, run)
        self._hold(message.names, runs, rebound=message.why == "other")
        if run is not None and message.why == "cell":
            self._finish(run)

    def take_snapshot(self, snapshot: Snapshot) -> None:
        """Starts over from everything that the probe knew, and what has come since."""
        if snapshot.epoch == self._epoch and self._rev is not None and snapshot.rev < self._rev:
            return  # it was overtaken by deltas, of which none was missed
        modules, star_names, places = self._modules, self._star_names, self._places
        beginning, early = self._beginning, self._early
        changes = self._changes if snapshot.epoch == self._epoch else {}
        self._clear(beginning)
        self._changes = changes
        self._modules, self._star_names, self._places = modules, star_names, places
        self._epoch, self._rev = snapshot.epoch, snapshot.rev
        self._python, self._complete = snapshot.python, snapshot.complete
        self._builtins = frozenset(snapshot.builtins)
        runs = {record.serial: self._enter_run(record) for record in snapshot.runs}
        self._hold(snapshot.names, runs)
        self._undescribed = dict.fromkeys(snapshot.undescribed, snapshot.rev)
        self._draws = Draws(UNSEEDED if snapshot.complete else {})
        for record in snapshot.runs:
            if record.witnessed:
                self._credit(runs[record.serial])
        for name, serial in snapshot.removed_by.items():
            if serial in runs and name not in self._names:
                self._deleted_by[name] = runs[serial]
        for message in early:
            self.apply(message)
        if not self.in_step:
            self._early.clear()  # the next snapshot is asked for now, and will hold all of them

    def take_descriptions(self, described: Described, asked: Iterable[str]) -> None:
        """Takes the descriptions of names that were `undescribed`, if nothing newer has come.

        A name that was asked for and is not described is not held any more.
        """
        if described.epoch != self._epoch:
            return
        open_names = self._undescribed
        due = {it for it in asked if it in open_names and open_names[it] <= described.rev}
        for name in due:
            del open_names[name]
        records = {name: it for name, it in described.names.items() if name in due}
        self._hold(records, self._runs_by_serial())
        self._namespace = None

    def take_modules(self, answers: Mapping[str, ModuleAnswer]) -> None:
        """Takes what the kernel said about modules."""
        news = {name: it for name, it in answers.items() if self._modules.get(name) != it}
        if news:
            self._modules.update(news)
            self._namespace = None

    def take_stars(
        self, given: Mapping[str, frozenset[str]], paths: tuple[str, ...], folder: str
    ) -> None:
        """Takes what the kernel said about star imports, where its imports look, and `%run`."""
        news = {name: it for name, it in given.items() if self._star_names.get(name) != it}
        if news or (paths, folder) != self._places:
            self._star_names.update(news)
            self._places = paths, folder
            self._namespace = None

    # --- keeping the books

    def _enter_run(self, record: RunRecord) -> Run:
        """The run as a value. One that is not over is in no list of runs yet."""
        run = Run(
            serial=record.serial,
            cell_id=record.cell_id,
            execution_count=record.execution_count,
            source=record.source,
            succeeded=record.succeeded is not False,
            client=record.client,
            from_notebook=record.from_notebook,
        )
        if record.succeeded is None:
            return self._unfinished.setdefault(run.serial, run)
        self._last_serial = max(self._last_serial, run.serial)
        if run.cell_id is not None:
            self._runs[run.cell_id] = run
            if run.succeeded and record.seconds is not None:
                self._took[run.cell_id] = record.seconds
        else:
            self._other_runs[run.serial] = run
            if len(self._other_runs) > MOST_OTHER_RUNS:
                del self._other_runs[next(iter(self._other_runs))]
                self._complete = False
        return run

    def _hold(
        self,
        records: Mapping[str, NameRecord],
        runs: Mapping[int, Run],
        rebound: bool = False,
    ) -> None:
        """Takes descriptions; `rebound` says that all these names were bound to other objects."""
        for name, record in records.items():
            bound_by = binder = None if record.bound_by is None else runs.get(record.bound_by)
            before = self._names.get(name)
            if before is not None and not rebound:
                # We may have credited a newer run than the probe could.
                bound_by = _newer(bound_by, before.bound_by)
            if rebound:
                self._note(name, Change(self._last_serial, None, "outside"))
            elif record.bound_by is not None and self._bound_at(name) < record.bound_by:
                if binder is not None and self._is_as_before(before, binder):
                    self._note_again(name, binder)
                else:
                    cell_id = None if binder is None else binder.cell_id
                    self._note(name, Change(record.bound_by, cell_id))
            self._names[name] = HeldName(
                name=name,
                kind=record.kind,
                type=record.type,
                module=record.module,
                version=record.version,
                summary=record.summary,
                bound_by=bound_by,
                changes=self._changes.get(name, ()),
                initial=record.initial,
            )
            self._undescribed.pop(name, None)
            self._deleted_by.pop(name, None)
        if records:
            self._lost -= records.keys()

    def _remove(self, name: str, run: Run | None) -> None:
        self._names.pop(name, None)
        self._undescribed.pop(name, None)
        if len(self._changes) > len(self._names) + MOST_REMOVED:
            self._changes = {name: it for name, it in self._changes.items() if name in self._names}
        if run is not None:
            self._deleted_by[name] = run

    def _finish(self, run: Run) -> None:
        """The run is over: what it bound and removed while it went on is told of the whole run."""
        if self._unfinished.pop(run.serial, None) is not None:
            for name, held in self._names.items():
                if held.bound_by is not None and held.bound_by.serial == run.serial:
                    self._names[name] = replace(held, bound_by=run)
            for name, deleted_by in self._deleted_by.items():
                if deleted_by.serial == run.serial:
                    self._deleted_by[name] = run
        self._credit(run)

    def _credit(self, run: Run) -> None:
        """Credits a run with the names that its text certainly binds, if it succeeded, and with
        changes in place of those that it touches.
        """
        names = self._read(run.source)
        bound = (definition.name for definition in names.definitions if definition.certain)
        for name in bound if run.succeeded else ():
            held = self._names.get(name)
            if held is not None:
                self._note_binding(name, run)
                bound_by = _newer(held.bound_by, run)
                self._names[name] = replace(held, bound_by=bound_by, changes=self._changes[name])
        effects = effects_of_calls(names, self._function_of)
        self._draws.enter(run, names, effects.draws)
        for name in names.mutated | effects.mutated:
            held = self._names.get(name)
            # Modules are changed by what they do all the time; nobody means that.
            if held is not None and held.kind != "module":
                self._note(name, Change(run.serial, run.cell_id, "touched"))
                self._names[name] = replace(held, changes=self._changes[name])

    def _function_of(self, name: str) -> FunctionEffects | None:
        """The function of that name, by the text that defined it."""
        held = self._names.get(name)
        source = None if held is None else defining_source(held)
        return None if source is None else self._read(source).function_of(name)

    def _note_binding(self, name: str, run: Run) -> None:
        """The run bound the name. If the probe did not see that, it was to the same object, or to
        one that another run has replaced since.
        """
        known = self._changes.get(name, ())
        before = [change for change in known if change.serial < run.serial]
        if any(change.is_of(run) for change in known):
            return
        if not before or len(before) < len(known):
            self._note(name, Change(run.serial, run.cell_id))
        else:
            self._note_again(name, run)

    def _note_again(self, name: str, run: Run) -> None:
        """The run bound the name to what it was bound to before."""
        *before, last = self._changes[name]
        serials = (*last.again, run.serial)[-MOST_CHANGES:]
        self._changes[name] = (*before, replace(last, again=serials))

    def _note(self, name: str, change: Change) -> None:
        """Remembers the change in its place, if that run is not known to have made one."""
        known = self._changes.get(name, ())
        if change.kind == "touched" and any(it.serial == change.serial for it in known):
            return
        changes = sorted((*known, change), key=_serial_of)
        self._changes[name] = tuple(changes[-MOST_CHANGES:])

    def _bound_at(self, name: str) -> int:
        """The serial of the last run that is known to have bound the name, 0 if none."""
        changes = self._changes.get(name, ())
        bound = (it.serial for it in changes if it.kind != "touched")
        return max((*bound, *(serial for it in changes for serial in it.again)), default=0)

    def _is_as_before(self, before: HeldName | None, run: Run) -> bool:
        """Whether the run bound another object that nothing can tell from the one before."""
        if before is None or before.bound_by is None:
            return False
        changes = self._changes.get(before.name, ())
        if not changes or changes[-1].kind != "bound" or not changes[-1].is_of(before.bound_by):
            return False
        return binds_same_value(before.name, before.bound_by.source, run.source)

    def _runs_by_serial(self) -> dict[int, Run]:
        bound = (held.bound_by for held in self._names.values())
        runs = {run.serial: run for run in bound if run is not None}
        runs.update((run.serial, run) for run in self._runs.values())
        runs.update(self._other_runs)
        runs.update(self._unfinished)
        return runs


def _serial_of(change: Change) -> int:
    return change.serial


def _newer(one: Run | None, other: Run | None) -> Run | None:
    if one is None or other is None:
        return one or other
    return one if one.serial >= other.serial else other
