"""Which names does a process of the kernel hold, and which run bound or removed each?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from jupyter_namespace_viz.core.kernel_state.change_history import ChangeHistory, newest_of
from jupyter_namespace_viz.core.kernel_state.namespace import Change, HeldName, Run
from jupyter_namespace_viz.core.kernel_state.run_log import RunLog
from jupyter_namespace_viz.protocol.probe_messages import NameRecord
from jupyter_namespace_viz.protocol.undescribed_names import UndescribedNames


class HeldNames:
    """The names that one process holds, by name.

    `undescribed` are those of which no more is known. `deleted_by` maps names that are no longer
    held to the run that removed them. `runs` are the runs of the process, `history` is what they
    changed.
    """

    def __init__(self, runs: RunLog, history: ChangeHistory) -> None:
        self.by_name: dict[str, HeldName] = {}
        self.undescribed = UndescribedNames()
        self.deleted_by: dict[str, Run] = {}
        self.history = history
        self._runs = runs
        self._of_unfinished: dict[int, set[str]] = {}
        """By the serial of a run that is not over, the names that it has bound or removed."""

    def hold(self, records: Mapping[str, NameRecord], runs: Mapping[int, Run]) -> None:
        """The process holds these names; `runs` are those that may have bound them, by serial."""
        for name, record in records.items():
            before = self.by_name.get(name)
            binder = None if record.bound_by is None else runs.get(record.bound_by)
            if record.bound_by is not None:
                self.history.note_bound(name, record.bound_by, binder, before)
            if before is not None:
                # A newer run than the probe can know of may have been attributed.
                binder = newest_of(binder, before.bound_by)
            self._hold(name, record, binder)

    def hold_rebound(self, records: Mapping[str, NameRecord], runs: Mapping[int, Run]) -> None:
        """The same where something else than a run has bound all these names to other objects."""
        for name, record in records.items():
            self.history.note_rebound(name, self._runs.last_serial)
            binder = None if record.bound_by is None else runs.get(record.bound_by)
            self._hold(name, record, binder)

    def remove(self, names: Sequence[str], run: Run | None) -> None:
        """The process does not hold these names any more; `run` removed them, if any run did."""
        for name in names:
            self.by_name.pop(name, None)
            self.undescribed.discard(name)
        self.history.forget_removed(self.by_name.keys())
        if run is not None:
            self.note_removed(names, run)

    def note_removed(self, names: Iterable[str], run: Run) -> None:
        """The run removed these names, as far as they are not held."""
        for name in names:
            if name not in self.by_name:
                self.deleted_by[name] = run
                self._note_unfinished(name, run)

    def finish(self, run: Run) -> None:
        """The run is over: what it bound and removed meanwhile refers to the complete run now."""
        self._runs.finish(run)
        for name in self._of_unfinished.pop(run.serial, ()):
            held = self.by_name.get(name)
            deleted_by = self.deleted_by.get(name)
            if held is not None:
                if held.bound_by is not None and held.bound_by.serial == run.serial:
                    self.by_name[name] = replace(held, bound_by=run)
            elif deleted_by is not None and deleted_by.serial == run.serial:
                self.deleted_by[name] = run
        self.attribute(run)

    def attribute(self, run: Run) -> None:
        """Attribute to the run what its source says that it has bound and mutated."""
        self.by_name.update(self.history.attribute(run, self.by_name))

    def _hold(self, name: str, record: NameRecord, bound_by: Run | None) -> None:
        self.by_name[name] = _held_name(name, record, bound_by, self.history.of(name))
        self.undescribed.discard(name)
        self.deleted_by.pop(name, None)
        if bound_by is not None:
            self._note_unfinished(name, bound_by)

    def _note_unfinished(self, name: str, run: Run) -> None:
        if self._runs.is_unfinished(run):
            self._of_unfinished.setdefault(run.serial, set()).add(name)


def _held_name(
    name: str, record: NameRecord, bound_by: Run | None, changes: tuple[Change, ...]
) -> HeldName:
    return HeldName(
        name=name,
        kind=record.kind,
        type=record.type,
        module=record.module,
        version=record.version,
        summary=record.summary,
        bound_by=bound_by,
        changes=changes,
        initial=record.initial,
    )
