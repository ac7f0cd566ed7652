"""What do the probe's messages add up to?

A `NamespaceReplica` is fed with the probe's messages and the ends of the kernel's processes, and
gives the kernel's namespace as a value. It has no clock and no I/O. After a gap in the messages it
is not `is_in_sync` any more, until it is given a snapshot.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from jupyter_namespace_viz.core.graph.dependency_graph import ReadSource
from jupyter_namespace_viz.core.kernel_state.change_history import ChangeHistory
from jupyter_namespace_viz.core.kernel_state.former_generations import FormerGenerations
from jupyter_namespace_viz.core.kernel_state.namespace import ModuleAnswer, Namespace, Run
from jupyter_namespace_viz.core.kernel_state.run_log import RunLog
from jupyter_namespace_viz.core.vocabulary import Beginning
from jupyter_namespace_viz.kernel.replica.held_names import HeldNames
from jupyter_namespace_viz.kernel.replica.known_modules import KnownModules
from jupyter_namespace_viz.kernel.replica.message_order import MessageOrder
from jupyter_namespace_viz.protocol.probe_messages import (
    Delta,
    Described,
    Lost,
    RunRecord,
    Snapshot,
)


class NamespaceReplica:
    """The kernel namespace, kept up to date by the probe's messages."""

    def __init__(self, read: ReadSource) -> None:
        self._read = read
        self._generation = 1
        self._former = FormerGenerations()
        self._modules = KnownModules()
        self._python: str | None = None
        self._version: tuple[int, int] | None = None
        self._begin_process("unknown", RunLog())

    def _begin_process(self, beginning: Beginning, runs: RunLog) -> None:
        """Nothing is known of what the process holds."""
        self._beginning = beginning
        self._order = MessageOrder()
        self._runs = runs
        self._held = HeldNames(runs, ChangeHistory(self._read))
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
                names=MappingProxyType(dict(self._held.by_name)),
                runs=MappingProxyType(dict(self._runs.by_cell)),
                replaced_runs=tuple(self._runs.replaced.values()),
                former_runs=tuple(self._runs.former.values()),
                other_runs=tuple(self._runs.others.values()),
                deleted_by=MappingProxyType(dict(self._held.deleted_by)),
                lost=self._former.lost,
                lost_modules=self._former.lost_modules,
                modules=MappingProxyType(dict(self._modules.answers)),
                star_names=MappingProxyType(dict(self._modules.star_names)),
                former_star_names=self._former.former_star_names,
                paths=self._modules.paths,
                folder=self._modules.folder,
                python=self._python,
                version=self._version,
                complete=self._complete and self._runs.is_complete,
                running=self._runs.running,
                running_untagged=self._runs.running_untagged,
                builtins=self._builtins,
                drew=MappingProxyType(dict(self._held.history.drew)),
                took=MappingProxyType(dict(self._runs.seconds)),
                observed=self._former.observed,
            )
        return self._namespace

    @property
    def is_in_sync(self) -> bool:
        """Whether no message is missing since the last snapshot; otherwise ask for another."""
        return self._order.is_complete

    def undescribed(self, count: int) -> list[str]:
        """So many of the names that the kernel holds and the probe had no time to describe."""
        return self._held.undescribed.first(count)

    # --- the kernel's processes

    def end_generation(self, beginning: Beginning) -> None:
        """The kernel's process has ended: starts a new generation, which holds nothing yet.

        Its modules are assumed to be as before until the new process is asked.
        """
        self._former = self._former.with_ended(
            self._held.by_name, self._modules.star_names, self._read
        )
        self._generation += 1
        self._modules = self._modules.of_next_process()
        self._begin_process(beginning, RunLog(self._runs.seconds))

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
        delta = self._order.next_delta(message)
        if delta is None:
            return
        self._namespace = None
        if delta.builtins is not None:
            self._builtins = frozenset(delta.builtins.split())
        run = None if delta.run is None else self._enter(delta.run)
        runs = {} if run is None else {run.serial: run}
        self._held.undescribed.add(delta.undescribed, delta.rev)
        self._held.remove(delta.removed.split(), run)
        if delta.why == "other":
            self._held.hold_rebound(delta.names, runs)
        else:
            self._held.hold(delta.names, runs)
        self._former = self._former.with_bound(delta.names)
        if run is not None and delta.why == "cell":
            self._held.finish(run)

    def apply_snapshot(self, snapshot: Snapshot) -> None:
        """Starts over from all that the probe knows, and applies what has come since."""
        if self._order.is_past(snapshot):
            return
        is_same_process = self._order.is_from(snapshot.epoch)
        self._runs = RunLog(self._runs.seconds, self._runs if is_same_process else None)
        changes = self._held.history.changes if is_same_process else None
        history = ChangeHistory(self._read, changes, is_complete=snapshot.complete)
        self._held = HeldNames(self._runs, history)
        self._python = snapshot.python
        self._version = snapshot.version
        self._builtins = frozenset(snapshot.builtins.split())
        self._complete = snapshot.complete
        self._namespace = None
        runs = {record.serial: self._enter(record) for record in snapshot.runs}
        self._held.hold(snapshot.names, runs)
        self._former = self._former.with_bound(snapshot.names)
        self._held.undescribed.add(snapshot.undescribed, snapshot.rev)
        for record in snapshot.runs:
            if record.witnessed:
                self._held.attribute(runs[record.serial])
        for name, serial in snapshot.removed_by.items():
            if serial in runs:
                self._held.note_removed([name], runs[serial])
        for message in self._order.begin(snapshot):
            self.apply(message)
        if not self.is_in_sync:
            self._order.forget_early()

    def apply_descriptions(self, described: Described, asked: Iterable[str]) -> None:
        """Applies descriptions of names that were `undescribed`, unless something newer has come.

        A name that was `asked` for and is not described is not held any more.
        """
        if not self._order.is_from(described.epoch):
            return
        due = self._held.undescribed.answered(asked, described.rev)
        records = {name: it for name, it in described.names.items() if name in due}
        serials = {it.bound_by for it in records.values()} - {None}
        self._held.hold(records, self._runs.of(serials, self._held.by_name))
        self._former = self._former.with_bound(records)
        self._namespace = None

    def apply_modules(self, answers: Mapping[str, ModuleAnswer]) -> None:
        """Applies what the kernel has said about modules."""
        if self._modules.add_answers(answers):
            self._namespace = None

    def apply_stars(
        self, given: Mapping[str, frozenset[str]], paths: tuple[str, ...], folder: str
    ) -> None:
        """Applies what the kernel has said about star imports, its `sys.path` and its folder."""
        if self._modules.add_stars(given, paths, folder):
            self._namespace = None

    def _enter(self, record: RunRecord) -> Run:
        """The run of a record, as it is remembered."""
        run = Run(
            serial=record.serial,
            cell_id=record.cell_id,
            execution_count=record.execution_count,
            source=record.source,
            succeeded=record.succeeded is not False,
            client=record.client,
            from_notebook=record.from_notebook,
            error=record.error,
            missing_module=record.missing_module,
            missing_name=record.missing_name,
        )
        return self._runs.enter(run, record.succeeded is not None, record.seconds)
