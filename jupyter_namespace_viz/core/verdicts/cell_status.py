"""Which status does each cell get, and which of its needs decides it?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from jupyter_namespace_viz.core.analysis.builtin_names import BUILTINS, is_predefined
from jupyter_namespace_viz.core.analysis.cell_names import Use
from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph
from jupyter_namespace_viz.core.graph.needs import assigned_by_calls, needs_at
from jupyter_namespace_viz.core.kernel_state.cell_runs import LastRuns, RunOrigins
from jupyter_namespace_viz.core.kernel_state.held_functions import held_functions
from jupyter_namespace_viz.core.syntax.diagnostics import UNPARSED
from jupyter_namespace_viz.core.verdicts.consequences import with_consequences
from jupyter_namespace_viz.core.verdicts.context import VerdictContext
from jupyter_namespace_viz.core.verdicts.held_names import HeldNames
from jupyter_namespace_viz.core.verdicts.missing_modules import module_needs
from jupyter_namespace_viz.core.verdicts.missing_names import MissingNames
from jupyter_namespace_viz.core.verdicts.queued_cells import QueuedCells, queued_indexes
from jupyter_namespace_viz.core.verdicts.staleness import Staleness
from jupyter_namespace_viz.core.verdicts.summary import summary_line
from jupyter_namespace_viz.core.verdicts.verdict_types import CellVerdict, Need
from jupyter_namespace_viz.core.verdicts.waiting_cells import with_waiting
from jupyter_namespace_viz.core.vocabulary import CellStatus


@dataclass(frozen=True, slots=True)
class NotebookVerdict:
    """The verdicts on all cells of `graph` in `context`, in document order, and a line that
    summarises them.

    `judge` can judge further names and imports; None where the kernel does not run Python.
    """

    graph: DependencyGraph
    context: VerdictContext
    cells: tuple[CellVerdict, ...]
    summary: str
    judge: CellJudge | None = field(default=None, compare=False, repr=False)


def judge(graph: DependencyGraph, context: VerdictContext) -> NotebookVerdict:
    """Judge every cell of the notebook against one kernel."""
    if not context.is_python:
        cells = tuple(CellVerdict(cell.id, "not_python") for cell in graph.cells)
        language = context.language
        summary = f"This notebook's language is {language}, not Python."
        return NotebookVerdict(graph, context, cells, summary)
    cell_judge = CellJudge(graph, context)
    without_waiting = cell_judge.cells()
    held = context.namespace.names
    waiting = with_waiting(graph, held, cell_judge.runs, cell_judge.queued, without_waiting)
    verdicts = with_consequences(waiting)
    summary = summary_line(graph, context, verdicts)
    return NotebookVerdict(graph, context, tuple(verdicts), summary, cell_judge)


class CellJudge:
    """Judges the cells of one graph in one context.

    `queued` are the indexes of the cells that run or are queued, in that order.
    """

    def __init__(self, graph: DependencyGraph, context: VerdictContext) -> None:
        namespace = context.namespace
        self.graph = graph
        self.context = context
        clients = context.clients
        origins = RunOrigins(
            graph, namespace, clients.deleted_cells, clients.sessions, clients.is_alone
        )
        self.runs = LastRuns(graph, namespace, origins)
        self.missing = MissingNames(graph, context, self.runs)
        self.queued = tuple(queued_indexes(graph, context))
        self._builtins = BUILTINS if namespace.builtins is None else namespace.builtins
        self._staleness = Staleness(graph, namespace, self.runs)
        self._held = HeldNames(graph, namespace, self.runs, self._staleness)
        self._function_of = held_functions(graph, namespace, self.runs)
        self._after_queued = QueuedCells(graph)
        self._assigned: dict[int, frozenset[str]] = {}

    def cells(self) -> list[CellVerdict]:
        """The verdicts in document order, without `waiting` and `is_pending`.

        Queued cells are judged in the order in which they run; all others as if they ran after the
        queued ones.
        """
        verdicts = {}
        for index in self.queued:
            cell_id = self.graph.cells[index].id
            verdicts[index] = verdict = self._cell(index)
            will_raise = (
                verdict.status == "blocked" and cell_id not in self.context.namespace.running
            )
            self._after_queued.add(index, self.graph.names[cell_id], will_raise)
        indexes = range(len(self.graph.cells))
        return [verdicts[index] if index in verdicts else self._cell(index) for index in indexes]

    def need(self, use: Use, index: int) -> Need | None:
        """The verdict on a name that the cell at `index` reads; None for a builtin."""
        held = self.context.namespace.names.get(use.name)
        if self._after_queued.deletes(use.name):
            return self._after_queued.deleted_need(use)
        if held is not None:
            return self._held.need(use, held, index)
        if self._after_queued.binds(use.name):
            return self._after_queued.bound_need(use)
        if is_predefined(use.name, self._builtins):  # a builtin exists until a cell binds its name
            return None
        if use.certain and use.name in self._assigned_at(index):
            use = replace(use, certain=False)
        return self.missing.need(use, index)

    def _cell(self, index: int) -> CellVerdict:
        cell = self.graph.cells[index]
        names = self.graph.names[cell.id]
        run = self.runs.of(index)
        count = run.execution_count if run is not None else None
        if names.empty or names.language is not None:
            kind: CellStatus = "empty" if names.empty else "not_python"
            return CellVerdict(cell.id, kind, execution_count=count)
        needs = tuple(self._needs(index))
        if names.automagic is not None and names.automagic not in self.context.namespace.names:
            needs = tuple(replace(need, certain=False) for need in needs)
        status, message = self._status(index, needs)
        blocks_by_import = any(need.blocks and need.by_import for need in needs)
        return CellVerdict(
            cell.id,
            status,
            needs,
            blocked_by_import=status == "blocked" and blocks_by_import,
            execution_count=count,
            message=message,
        )

    def _needs(self, index: int) -> Iterator[Need]:
        yield from module_needs(self.graph, self.context, index)
        for use in needs_at(self.graph, index, self._function_of):
            need = self.need(use, index)
            if need is not None:
                yield replace(need, line=use.line)

    def _status(self, index: int, needs: Iterable[Need]) -> tuple[CellStatus, str | None]:
        """The first status that applies, and the sentence that explains it."""
        names, run = self.graph.names_at(index), self.runs.of(index)
        problems = [problem for problem in names.problems if problem.kind != "newer_python"]
        if any(problem.kind in UNPARSED for problem in problems):
            return "syntax_error", problems[0].message
        blocking = [need for need in needs if need.blocks]
        if blocking:
            by_import = [need for need in blocking if need.by_import]
            return "blocked", (by_import or blocking)[0].message
        if problems:
            return "at_risk", problems[0].message
        risky = next((need for need in needs if need.is_risk), None)
        if risky is not None:
            return "at_risk", risky.message
        stale = self._staleness.of(index)
        if stale is not None:
            return "stale", self._held.why_stale(stale, index)
        if run is not None and run.succeeded:
            return "fresh", None
        return "ready", next((need.message for need in needs if need.status == "stale"), None)

    def _assigned_at(self, index: int) -> frozenset[str]:
        """The names that functions which the cell calls may bind before it reads them."""
        if index not in self._assigned:
            assigned = assigned_by_calls(self.graph, index, self._function_of)
            self._assigned[index] = assigned
        return self._assigned[index]
