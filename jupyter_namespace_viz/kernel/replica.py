"""What do the probe's messages add up to?

A `NamespaceReplica` is fed with the probe's messages and the ends of the kernel's processes, and
gives the kernel's namespace as a value. It has no clock and no I/O. After a gap in the messages it
is not `is_in_sync` any more, until it is given a snapshot. Messages that come before the snapshot
are kept, because a delta may overtake the snapshot that it follows on, over another channel.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from types import MappingProxyType

from msgspec.structs import asdict

from jupyter_namespace_viz.core.kernel_state.change_history import (
    ChangeHistory,
    ReadSource,
    newest_of,
)
from jupyter_namespace_viz.core.kernel_state.former_generations import FormerGenerations
from jupyter_namespace_viz.core.kernel_state.namespace import HeldName, ModuleAnswer, Namespace, Run
from jupyter_namespace_viz.core.kernel_state.run_log import RunLog
from jupyter_namespace_viz.core.vocabulary import Beginning
from jupyter_namespace_viz.protocol.probe_messages import (
    MOST_REMOVED,
    Delta,
    Described,
    Lost,
    NameRecord,
    RunRecord,
    Snapshot,
)
from jupyter_namespace_viz.protocol.undescribed_names import UndescribedNames

MOST_EARLY = 100
"""Messages that are kept until the snapshot comes. One that is dropped leaves a gap."""

_TOLD_OF_RUNS = tuple(it.name for it in fields(Run) if it.name in RunRecord.__struct_fields__)


class NamespaceReplica:
    """The kernel namespace, kept up to date by the probe's messages."""

    def __init__(self, read: ReadSource) -> None:
        self._read = read
        self._generation = 1
        self._former = FormerGenerations()
        self._runs = RunLog()
        self._clear("unknown")

    def _clear(self, beginning: Beginning, runs: RunLog | None = None) -> None:
        self._beginning = beginning
        self._epoch: str | None = None
        self._rev: int | None = None
        self._last: Delta | None = None
        self._early: deque[Delta | Lost] = deque(maxlen=MOST_EARLY)
        self._names: dict[str, HeldName] = {}
        self._history = ChangeHistory(self._read)
        self._runs = RunLog(self._runs.seconds, runs)
        self._deleted_by: dict[str, Run] = {}
        self._undescribed = UndescribedNames()
        self._of_unfinished: dict[int, set[str]] = {}  # by run, the names that it bound or removed
        self._modules: dict[str, ModuleAnswer] = {}
        self._star_names: dict[str, frozenset[str]] = {}
        self._places: tuple[tuple[str, ...], str] = ((), "")
        self._python: tuple[str | None, tuple[int, int] | None] = (None, None)
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
                runs=MappingProxyType(dict(self._runs.by_cell)),
                replaced_runs=tuple(self._runs.replaced.values()),
                former_runs=tuple(self._runs.former.values()),
                other_runs=tuple(self._runs.others.values()),
                deleted_by=MappingProxyType(dict(self._deleted_by)),
                lost=self._former.lost,
                lost_modules=self._former.lost_modules,
                modules=MappingProxyType(dict(self._modules)),
                star_names=MappingProxyType(dict(self._star_names)),
                former_star_names=self._former.former_star_names,
                paths=self._places[0],
                folder=self._places[1],
                python=self._python[0],
                version=self._python[1],
                complete=self._complete and self._runs.is_complete,
                running=self._runs.running,
                running_untagged=self._runs.running_untagged,
                builtins=self._builtins,
                drew=MappingProxyType(dict(self._history.drew)),
                took=MappingProxyType(dict(self._runs.seconds)),
                observed=self._former.observed,
            )
        return self._namespace

    @property
    def is_in_sync(self) -> bool:
        """Whether no message is missing since the last snapshot; otherwise ask for another."""
        return self._rev is not None

    def undescribed(self, count: int) -> list[str]:
        """So many of the names that the kernel holds and the probe had no time to describe."""
        return self._undescribed.first(count)

    # --- the kernel's processes

    def end_generation(self, beginning: Beginning) -> None:
        """The kernel's process has ended: starts a new generation, which holds nothing yet.

        Its modules are assumed to be as before until the new process is asked.
        """
        self._former = self._former.with_ended(self._names, self._star_names, self._read)
        self._generation += 1
        modules = {
            name: replace(it, loaded_as=None, changed=(), gone=False, reloads=False, mark=0)
            for name, it in self._modules.items()
        }
        kept = modules, self._python, self._places
        self._clear(beginning)
        self._modules, self._python, self._places = kept

    def set_beginning(self, beginning: Beginning) -> None:
        """Sets how this generation began, which may become known only later."""
        if beginning != self._beginning:
            self._beginning = beginning
            self._namespace = None

    # --- the probe's messages

    def apply(self, message: Delta | Lost) -> None:
        """Applies what the probe has pushed.

        `is_in_sync` is false afterwards if the message does not follow on what is known, or
        contradicts it: code in the kernel can send any message.
        """
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
        last = self._last
        is_other = last is not None and last.rev == message.rev and last != message
        removes_too_many = message.removed.count(" ") >= MOST_REMOVED
        if message.rev != message.base + 1 or is_other or removes_too_many:
            self._rev = None
            return
        if message.rev <= self._rev:
            return
        self._rev, self._last, self._namespace = message.rev, message, None
        if message.builtins is not None:
            self._builtins = frozenset(message.builtins.split())
        run = None if message.run is None else self._enter(message.run)
        runs = {} if run is None else {run.serial: run}
        self._undescribed.add(message.undescribed, message.rev)
        self._remove(message.removed.split(), run)
        self._hold(message.names, runs, rebound=message.why == "other")
        if run is not None and message.why == "cell":
            self._finish(run)

    def apply_snapshot(self, snapshot: Snapshot) -> None:
        """Starts over from all that the probe knows, and applies what has come since."""
        if snapshot.epoch == self._epoch and self._rev is not None and snapshot.rev < self._rev:
            return  # deltas have overtaken it, and none of them is missing
        modules, star_names, places = self._modules, self._star_names, self._places
        beginning, early = self._beginning, self._early
        is_same_process = snapshot.epoch == self._epoch
        changes = self._history.changes if is_same_process else None
        self._clear(beginning, self._runs if is_same_process else None)
        self._history = ChangeHistory(self._read, changes, is_complete=snapshot.complete)
        self._modules, self._star_names, self._places = modules, star_names, places
        self._epoch, self._rev = snapshot.epoch, snapshot.rev
        self._python, self._complete = (snapshot.python, snapshot.version), snapshot.complete
        self._builtins = frozenset(snapshot.builtins.split())
        runs = {record.serial: self._enter(record) for record in snapshot.runs}
        self._hold(snapshot.names, runs)
        self._undescribed.add(snapshot.undescribed, snapshot.rev)
        for run in (runs[it.serial] for it in snapshot.runs if it.witnessed):
            self._attribute(run)
        for name, serial in snapshot.removed_by.items():
            if serial in runs and name not in self._names:
                self._deleted_by[name] = runs[serial]
                self._note_unfinished([name], runs[serial])
        for message in early:
            self.apply(message)
        if not self.is_in_sync:
            self._early.clear()  # the next snapshot, which is asked for now, contains them

    def apply_descriptions(self, described: Described, asked: Iterable[str]) -> None:
        """Applies descriptions of names that were `undescribed`, unless something newer has come.

        A name that was `asked` for and is not described is not held any more.
        """
        if described.epoch != self._epoch:
            return
        due = self._undescribed.answered(asked, described.rev)
        records = {name: it for name, it in described.names.items() if name in due}
        serials = {it.bound_by for it in records.values()} - {None}
        self._hold(records, self._runs.of(serials, self._names))
        self._namespace = None

    def apply_modules(self, answers: Mapping[str, ModuleAnswer]) -> None:
        """Applies what the kernel has said about modules."""
        news = {name: it for name, it in answers.items() if self._modules.get(name) != it}
        if news:
            self._modules.update(news)
            self._namespace = None

    def apply_stars(
        self, given: Mapping[str, frozenset[str]], paths: tuple[str, ...], folder: str
    ) -> None:
        """Applies what the kernel has said about star imports, its `sys.path` and its folder."""
        news = {name: it for name, it in given.items() if self._star_names.get(name) != it}
        if news or (paths, folder) != self._places:
            self._star_names.update(news)
            self._places, self._namespace = (paths, folder), None

    # --- how they are applied

    def _enter(self, record: RunRecord) -> Run:
        told = {name: getattr(record, name) for name in _TOLD_OF_RUNS}
        run = Run(**{**told, "succeeded": record.succeeded is not False})
        return self._runs.enter(run, record.succeeded is not None, record.seconds)

    def _hold(
        self,
        records: Mapping[str, NameRecord],
        runs: Mapping[int, Run],
        rebound: bool = False,
    ) -> None:
        """Applies descriptions; with `rebound` all these names are bound to other objects now."""
        for name, record in records.items():
            bound_by = binder = None if record.bound_by is None else runs.get(record.bound_by)
            before = self._names.get(name)
            if before is not None and not rebound:
                # A newer run than the probe can know of may have been attributed.
                bound_by = newest_of(bound_by, before.bound_by)
            if rebound:
                self._history.note_rebound(name, self._runs.last_serial)
            elif record.bound_by is not None:
                self._history.note_bound(name, record.bound_by, binder, before)
            known = {"name": name, "bound_by": bound_by, "changes": self._history.of(name)}
            self._names[name] = HeldName(**{**asdict(record), **known})
            self._undescribed.discard(name)
            self._deleted_by.pop(name, None)
            if bound_by is not None:
                self._note_unfinished([name], bound_by)
        self._former = self._former.with_bound(records)

    def _remove(self, names: Sequence[str], run: Run | None) -> None:
        for name in names:
            self._names.pop(name, None)
            self._undescribed.discard(name)
        self._history.forget_removed(self._names.keys())
        if run is not None:
            self._deleted_by.update(dict.fromkeys(names, run))
            self._note_unfinished(names, run)

    def _note_unfinished(self, names: Iterable[str], run: Run) -> None:
        if self._runs.is_unfinished(run):
            self._of_unfinished.setdefault(run.serial, set()).update(names)

    def _finish(self, run: Run) -> None:
        """The run is over: what it bound and removed meanwhile refers to the complete run now."""
        self._runs.finish(run)
        for name in self._of_unfinished.pop(run.serial, ()):
            held, deleted_by = self._names.get(name), self._deleted_by.get(name)
            if held is not None and held.bound_by is not None:
                if held.bound_by.serial == run.serial:
                    self._names[name] = replace(held, bound_by=run)
            elif deleted_by is not None and deleted_by.serial == run.serial:
                self._deleted_by[name] = run
        self._attribute(run)

    def _attribute(self, run: Run) -> None:
        """Attributes to the run what its source says that it has bound and mutated."""
        self._names.update(self._history.attribute(run, self._names))
