"""Which status does each cell get, and which of its needs decides it?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from jupyter_namespace_viz.core.analysis.builtin_names import BUILTINS, is_predefined
from jupyter_namespace_viz.core.analysis.cell_names import Use
from jupyter_namespace_viz.core.frozen import altered
from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph
from jupyter_namespace_viz.core.graph.kernel_grammar import too_new_for
from jupyter_namespace_viz.core.graph.needs import imports_of_calls, needs_at, perhaps_assigned
from jupyter_namespace_viz.core.graph.output_names import is_never_bound, is_unbound_after
from jupyter_namespace_viz.core.kernel_state.cell_runs import LastRuns, RunOrigins
from jupyter_namespace_viz.core.kernel_state.failed_runs import FailedRuns
from jupyter_namespace_viz.core.kernel_state.held_functions import held_functions
from jupyter_namespace_viz.core.kernel_state.namespace import HeldName, Run
from jupyter_namespace_viz.core.sentences import Sentence, sentence
from jupyter_namespace_viz.core.syntax.diagnostics import UNPARSED
from jupyter_namespace_viz.core.verdicts.consequences import with_consequences
from jupyter_namespace_viz.core.verdicts.context import VerdictContext
from jupyter_namespace_viz.core.verdicts.failing_imports import failing_import_needs
from jupyter_namespace_viz.core.verdicts.held_names import HeldNames
from jupyter_namespace_viz.core.verdicts.missing_modules import missing_magics, module_needs
from jupyter_namespace_viz.core.verdicts.missing_names import MissingNames
from jupyter_namespace_viz.core.verdicts.module_makers import ModuleMakers
from jupyter_namespace_viz.core.verdicts.queued_cells import (
    QueuedCells,
    queued_cells,
    running_indexes,
)
from jupyter_namespace_viz.core.verdicts.staleness import Staleness
from jupyter_namespace_viz.core.verdicts.summary import fresh_kernel, summary_line
from jupyter_namespace_viz.core.verdicts.verdict_types import (
    CellVerdict,
    Need,
    StaleCell,
    obstacles_of,
)
from jupyter_namespace_viz.core.verdicts.waiting_cells import CellsToRun
from jupyter_namespace_viz.core.verdicts.wording import explanations
from jupyter_namespace_viz.core.vocabulary import Beginning, CellStatus


@dataclass(frozen=True, slots=True)
class NotebookVerdict:
    """The verdicts on all cells of `graph` in `context`, in document order, and a line that
    summarises them.

    `fresh_kernel` is how the generation began, while the notebook has yet to run in it; else None.
    `judge` can judge further names and imports; None where the kernel does not run Python.
    """

    graph: DependencyGraph
    context: VerdictContext
    cells: tuple[CellVerdict, ...]
    summary: Sentence
    fresh_kernel: Beginning | None = None
    judge: CellJudge | None = field(default=None, compare=False, repr=False)


def judge(graph: DependencyGraph, context: VerdictContext) -> NotebookVerdict:
    """Judge every cell of the notebook against one kernel."""
    if not context.is_python:
        cells = tuple(CellVerdict(cell.id, "not_python") for cell in graph.cells)
        summary = sentence(
            "This notebook's language is {language}, not Python.", language=context.language or ""
        )
        return NotebookVerdict(graph, context, cells, summary)
    cell_judge = CellJudge(graph, context)
    verdicts = with_consequences(cell_judge.cells())
    summary = summary_line(graph, context, verdicts)
    has_run = cell_judge.runs.last_index >= 0 or bool(context.namespace.other_runs)
    fresh = fresh_kernel(context, verdicts, has_run)
    return NotebookVerdict(graph, context, tuple(verdicts), summary, fresh, cell_judge)


class CellJudge:
    """Judges the cells of one graph in one context.

    `running` are the indexes of the cells that run, `queued` those of the cells that run or are
    queued, in that order. `staleness` tells which cells would read other values in order, whatever
    their status is.
    """

    def __init__(self, graph: DependencyGraph, context: VerdictContext) -> None:
        namespace = context.namespace
        self.graph = graph
        self.context = context
        clients = context.clients
        origins = RunOrigins(
            graph,
            namespace,
            clients.deleted_cells,
            clients.sessions,
            clients.is_alone,
            clients.not_code,
        )
        self.runs = LastRuns(graph, namespace, origins)
        self._makers = ModuleMakers(graph, context)
        self._missing_magics = missing_magics(graph, context, self._makers)
        self.missing = MissingNames(graph, context, self.runs, self._makers)
        self.running = running_indexes(graph, context)
        self._queued_cells = queued_cells(graph, context)
        index_of = graph.index_of
        self.queued = tuple(index_of[it] for it in self._queued_cells if it in index_of)
        self._builtins = BUILTINS if namespace.builtins is None else namespace.builtins
        self.staleness = Staleness(graph, namespace, self.runs)
        self._held = HeldNames(graph, namespace, self.runs, self.staleness)
        self._binders = held_functions(graph, namespace, self.runs)
        self._failed = FailedRuns(graph, namespace, self.runs, self._binders)
        self._after_queued = QueuedCells(graph)
        self._to_run = CellsToRun(graph, namespace.names, self.runs, self.running)
        self._assigned: dict[int, frozenset[str]] = {}

    def cells(self) -> list[CellVerdict]:
        """The verdicts in document order, without consequences.

        Queued cells are judged in the order in which they run; all others as if they ran after the
        queued ones.
        """
        verdicts = {}
        for cell_id in self._queued_cells:
            index = self.graph.index_of.get(cell_id)
            if index is None:
                names = self.graph.read(self.context.clients.deleted_queued[cell_id])
                self._after_queued.add(None, names, will_raise=False)
                continue
            verdicts[index] = verdict = self._cell(index)
            will_raise = verdict.would_raise and index not in self.running
            self._after_queued.add(index, self.graph.names_at(index), will_raise)
        indexes = range(len(self.graph.cells))
        return [verdicts[index] if index in verdicts else self._cell(index) for index in indexes]

    def need(self, use: Use, index: int) -> Need | None:
        """The verdict on a name that the cell at `index` reads; None for a builtin."""
        held = self.context.namespace.names.get(use.name)
        if self._after_queued.deletes(use.name):
            return self._after_queued.deleted_need(use)
        if self._after_queued.binds(use.name) and not self._has_bound(use.name, held):
            return self._after_queued.bound_need(use, is_held=held is not None)
        return self.need_now(use, index)

    def need_now(self, use: Use, index: int) -> Need | None:
        """As `need`, whatever cells are queued."""
        held = self.context.namespace.names.get(use.name)
        if held is not None:
            return self._held.need(use, held, index)
        # A builtin exists until a cell binds its name.
        is_there = is_predefined(use.name, self._builtins, use.deletes)
        if is_there and not self._lacks_output(use.name, index):
            return None
        if use.certain and use.name in self._assigned_at(index):
            use = replace(use, certain=False)
        read = self.missing.as_read(use, index)
        return None if read is None else self.missing.need(read, index)

    def _lacks_output(self, name: str, index: int) -> bool:
        """Whether the name is one such as `_3` that neither the runs so far have bound nor the
        cells above would bind."""
        namespace = self.context.namespace
        is_known = self.context.has_answered and namespace.complete and not self._queued_cells
        if not is_known or not is_never_bound(self.graph, name, index):
            return False
        runs = (*namespace.runs.values(), *namespace.other_runs)
        counts = ((run.execution_count, run.source) for run in runs)
        return is_unbound_after(name, {count: text for count, text in counts if count is not None})

    def sentence_on(self, stale: StaleCell, index: int) -> Sentence:
        """The sentence that explains why the cell at `index` is stale."""
        return self._held.why_stale(stale, index)

    def deleted_provider(self, index: int) -> tuple[str, Run] | None:
        """The name, and the run that bound it, if the cell at `index` is stale because its provider
        was deleted, and no cell above defines the name; None where the text is not known.
        """
        stale = self.staleness.of(index)
        if stale is None or stale.reason != "cell_deleted" or stale.read is None:
            return None
        run = self.runs.run_of(stale.read)
        return None if run is None or not run.succeeded else (stale.name, run)

    def is_in_flight(self, name: str) -> bool:
        """Whether a cell that runs or is queued will bind or delete the name."""
        return self._after_queued.binds(name) or self._after_queued.deletes(name)

    def _has_bound(self, name: str, held: HeldName | None) -> bool:
        """Whether the running cell that binds the name has bound the held one already."""
        binder = self._after_queued.binder_of(name)
        if held is None or held.bound_by is None or binder is None or binder not in self.running:
            return False
        last = self.runs.of(binder)
        is_of_this_run = last is None or held.bound_by.serial > last.serial
        return is_of_this_run and held.bound_by.cell_id == self.graph.cells[binder].id

    def _cell(self, index: int) -> CellVerdict:
        cell = self.graph.cells[index]
        names = self.graph.names[cell.id]
        run, failed = self.runs.of(index), self._failed.of(index)
        count = run.execution_count if run is not None else None
        is_read = not names.empty and names.language is None
        needs = tuple(self._needs(index)) if is_read else ()
        if index in self._missing_magics:
            needs = (self._missing_magics[index], *needs)
        if names.automagic is not None and names.automagic not in self.context.namespace.names:
            needs = tuple(altered(need, certain=False) for need in needs)
        status, message = self._status_if_run(index, needs)
        if index in self.queued:
            is_running = index in self.running
            status, message = ("running", None) if is_running else ("queued", message)
        elif failed is not None:
            cause = message if status in {"syntax_error", "blocked"} else None
            missed = (need.message for need in needs if need.name == failed.missing_name)
            status, message = "failed", explanations.failed(failed.error, next(missed, cause))
        obstacles = obstacles_of(status, needs)
        is_blocked = status == "blocked"
        return CellVerdict(
            cell.id,
            status,
            needs,
            is_blocked and self._to_run.most_urgent(obstacles, index).by_import,
            bool(obstacles) and all(need.waiting for need in obstacles),
            execution_count=count,
            message=message,
            error=failed.error if failed is not None and status == "failed" else None,
        )

    def _needs(self, index: int) -> Iterator[Need]:
        run = self.runs.of(index)
        has_run = run is not None and run.succeeded and run.source == self.graph.cells[index].source
        called = imports_of_calls(self.graph, index, self._binders)
        imports = (*self.graph.names_at(index).imports, *called)
        for one in module_needs(self.graph, self.context, self._makers, index, imports):
            if one.certain or not has_run:  # it ran without the others
                is_waiting = one.provider is not None and self._to_run.is_due(index)
                yield altered(one, waiting=is_waiting)
        yield from failing_import_needs(self.graph, self.context, index, imports)
        for use in needs_at(self.graph, index, self._binders):
            if use.doubt and has_run:
                continue  # the call did not raise
            need = self.need(use, index)
            if need is not None and not (has_run and self._ran_without(need, index)):
                yield altered(need, line=use.line, waiting=self._is_waiting(need, index))

    def _ran_without(self, need: Need, index: int) -> bool:
        """Whether the last run of the cell at `index`, which raised nothing, shows that it does not
        read a missing name that it may read: nothing it depends on has changed since.
        """
        if need.certain or need.status != "missing" or self.staleness.of(index) is not None:
            return False
        run, namespace = self.runs.of(index), self.context.namespace
        function = namespace.names.get(need.via or "")
        called = None if function is None else function.bound_by
        changes = (namespace.deleted_by.get(need.name), called)
        return run is not None and all(it is None or it.serial < run.began for it in changes)

    def _is_waiting(self, need: Need, index: int) -> bool:
        """Whether the cell at `index` waits for the name; a cell that is queued, for cells that run
        before it.
        """
        if index in self.queued and self.graph.index_of.get(need.provider or "") not in self.queued:
            return False
        return self._to_run.is_waiting(need, index)

    def _status_if_run(
        self, index: int, needs: Sequence[Need]
    ) -> tuple[CellStatus, Sentence | None]:
        """What would become of the cell if it ran now, and the sentence that explains it."""
        names, run = self.graph.names_at(index), self.runs.of(index)
        if names.empty:
            return "empty", None
        blocking = [need for need in needs if need.blocks]
        if names.language is not None:
            return ("blocked", blocking[0].message) if blocking else ("not_python", None)
        problems = [problem for problem in names.problems if problem.kind != "newer_python"]
        too_new = too_new_for(self.graph, index, self.context.namespace.version)
        if too_new or any(problem.kind in UNPARSED for problem in problems):
            return "syntax_error", (*too_new, *problems)[0].message
        if blocking:
            return "blocked", self._to_run.most_urgent(blocking, index).message
        if problems:
            return "at_risk", problems[0].message
        risky = [need for need in needs if need.is_risk]
        if risky:
            return "at_risk", self._to_run.most_urgent(risky, index).message
        stale = self.staleness.of(index)
        if stale is not None:
            return "stale", self.sentence_on(stale, index)
        if run is not None and run.succeeded:
            return "fresh", None
        noted = (need.message for need in needs if need.status == "stale" or need.is_awaited)
        return "ready", self._held.why_perhaps_ran(index) or next(noted, None)

    def _assigned_at(self, index: int) -> frozenset[str]:
        """The names that functions which the cell calls may bind before it reads them."""
        if index not in self._assigned:
            self._assigned[index] = perhaps_assigned(self.graph, index, self._binders)
        return self._assigned[index]
