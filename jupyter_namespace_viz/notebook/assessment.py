"""What can be reported about one notebook and its kernel now?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from jupyter_namespace_viz.core.analysis.cell_names import Cell
from jupyter_namespace_viz.core.forecast.findings import Finding
from jupyter_namespace_viz.core.forecast.import_failures import Shadow
from jupyter_namespace_viz.core.forecast.restart_and_run_all import forecast
from jupyter_namespace_viz.core.graph.builder import updated_graph
from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph
from jupyter_namespace_viz.core.imports.failing_imports import ImportFailure, SearchState
from jupyter_namespace_viz.core.kernel_state.module_answers import missing_module
from jupyter_namespace_viz.core.plan.planner import plan_runs
from jupyter_namespace_viz.core.plan.runnable_cells import cells_that_raise
from jupyter_namespace_viz.core.problems.composer import problems_of, restart_problems
from jupyter_namespace_viz.core.problems.problem_types import NotebookProblem
from jupyter_namespace_viz.core.sentences import sentence
from jupyter_namespace_viz.core.verdicts.cell_status import NotebookVerdict, judge
from jupyter_namespace_viz.core.verdicts.context import NotebookClients, VerdictContext
from jupyter_namespace_viz.core.verdicts.import_table import ImportRow, import_rows
from jupyter_namespace_viz.core.verdicts.name_table import (
    NameTable,
    name_table,
    names_lost_by_restart,
)
from jupyter_namespace_viz.core.verdicts.verdict_types import CellVerdict
from jupyter_namespace_viz.core.vocabulary import PlanMode
from jupyter_namespace_viz.environment.shadows import shadow_in_kernel
from jupyter_namespace_viz.kernel.view import KernelView
from jupyter_namespace_viz.notebook import serialization
from jupyter_namespace_viz.notebook.kernel_files.own_modules import own_modules_of
from jupyter_namespace_viz.notebook.kernel_files.package_lookup import (
    imports_in_files,
    installations_of,
)
from jupyter_namespace_viz.notebook.languages import TextOf, writer_for
from jupyter_namespace_viz.notebook.reading.reading_context import ReadingContext
from jupyter_namespace_viz.protocol import problems, reports

KERNEL_VERSION = "3"
"""The version of Python in a kernel that is not another language's: the probe runs in no older one.
"""


@dataclass(frozen=True, slots=True)
class Assessment:
    """The verdicts on one notebook against one kernel now; `view` is None without a kernel.

    `raising` are the cells that no run of other cells lets run through. `text_of` writes the
    sentences of its reports.
    """

    view: KernelView | None
    verdict: NotebookVerdict
    import_table: tuple[ImportRow, ...]
    raising: frozenset[str]
    text_of: TextOf

    @property
    def graph(self) -> DependencyGraph:
        """The cells as they were read."""
        return self.verdict.graph

    def is_based_on(self, graph: DependencyGraph, context: VerdictContext) -> bool:
        """Whether this is the assessment of this graph in this context."""
        return self.graph is graph and context.is_same_as(self.verdict.context)

    def kernel(self) -> reports.Kernel:
        """The report of the kernel."""
        if self.view is None:
            return serialization.NO_KERNEL
        return serialization.kernel_report(self.view, self.text_of)

    def cells(self) -> list[reports.CellReport]:
        """The report of every cell, in document order."""
        return [self.cell(verdict) for verdict in self.verdict.cells]

    def cell(
        self, verdict: CellVerdict, before: reports.CellReport | None = None
    ) -> reports.CellReport:
        """The report of the cell of `verdict`; `before` is an earlier one, made for the same graph
        by the same writer."""
        seconds = self.verdict.context.namespace.took.get(verdict.id)
        return serialization.cell_report(
            verdict, self.graph, seconds, self.raising, self.text_of, before
        )

    def summary(self) -> reports.Summary:
        """The line at the top of the panel, and its counts."""
        cells = self.verdict.cells
        statuses = Counter(cell.status for cell in cells if not cell.waiting)
        return reports.Summary(
            message=self.text_of(self.verdict.summary),
            fresh_kernel=self.verdict.fresh_kernel,
            running=statuses["running"],
            queued=statuses["queued"],
            failed=statuses["failed"],
            blocked=statuses["blocked"],
            waiting=sum(cell.waiting for cell in cells),
            at_risk=statuses["at_risk"],
            stale=statuses["stale"],
        )

    def imports(self) -> list[reports.ImportReport]:
        """The report of each import, in document order."""
        return serialization.import_reports(self.import_table, self.text_of)

    def problem_list(self) -> tuple[NotebookProblem, ...]:
        """What needs attention, most urgent first. Slow: call it in a background thread."""
        return problems_of(self.verdict)

    def problem_reports(self, found: Sequence[NotebookProblem]) -> list[problems.NotebookProblem]:
        """The reports of these problems."""
        return serialization.problem_reports(found, self.text_of)

    def name_table(self) -> NameTable:
        """The status of each name of the notebook and of the kernel."""
        return name_table(self.verdict)

    def lost_by_restart(self) -> list[str]:
        """The names that a restart loses for good, sorted."""
        return names_lost_by_restart(self.verdict)

    def forecast(self) -> list[Finding]:
        """The errors that Restart & Run All would raise, as far as they can be known, without their
        consequences."""
        if not self.verdict.context.is_python:
            return []
        namespace = self.verdict.context.namespace

        in_files = imports_in_files(self.view)

        def import_failure(
            module: str, name: str | None, state: SearchState
        ) -> ImportFailure | None:
            missing = missing_module(module, namespace.modules)
            if missing is not None and not (state.files or state.modules):
                return ImportFailure("ModuleNotFoundError", missing)
            return in_files(module, name, state)

        def shadow_of(module: str) -> Shadow | None:
            return shadow_in_kernel(module, namespace.modules, namespace.folder)

        found = forecast(
            self.graph,
            import_failure,
            namespace.python,
            shadow_of,
            None if self.view is None else KERNEL_VERSION,
            version=namespace.version,
        )
        return [finding for finding in found if not finding.is_consequence]

    def restart_problems(
        self, now: Sequence[NotebookProblem], findings: Sequence[Finding]
    ) -> tuple[NotebookProblem, ...]:
        """The problems that only a restart would bring out, according to the forecast."""
        return restart_problems(self.verdict, now, findings)

    def plan(self, targets: Collection[str] | None, mode: PlanMode) -> reports.Plan:
        """A plan for these cells, or for all cells. Slow: call it in a worker thread."""
        plan = plan_runs(self.verdict, targets, mode)
        return serialization.plan_report(plan, self.graph, self.text_of)


def assess(
    old: DependencyGraph,
    cells: Sequence[Cell],
    view: KernelView | None,
    reading: ReadingContext,
    clients: NotebookClients,
    previous: Assessment | None = None,
    language: str | None = None,
    *,
    is_read_alike: bool = True,
) -> Assessment:
    """Read the cells that changed since `old`, and judge every cell; with `is_read_alike` the graph
    `old` is one in the same reading context. Slow: call it in a worker thread.

    Where nothing changed since `previous`, its verdict is kept: a kernel turns busy and idle with
    each run, for example. Sentences are written for a panel in this `language`, or in plain
    English.
    """
    graph = updated_graph(
        old,
        cells,
        reading.star_names,
        reading.dialect,
        reading.observed,
        _held_otherwise(view, cells),
        is_read_alike=is_read_alike,
        own_modules=own_modules_of(view, cells, old.own_modules),
    )
    text_of = writer_for(language, graph, str if previous is None else previous.text_of)
    context = verdict_context(view, clients, graph)
    if previous is not None and previous.is_based_on(graph, context):
        return replace(previous, view=view, text_of=text_of)
    context = replace(
        context, installations=installations_of(view), import_failure=imports_in_files(view)
    )
    verdict = judge(graph, context)
    raising = cells_that_raise(verdict, failed_again=False)
    return Assessment(view, verdict, import_rows(verdict), raising, text_of)


def _held_otherwise(view: KernelView | None, cells: Sequence[Cell]) -> Callable[[str], bool]:
    """Tells which names the kernel holds that none of these texts has bound there."""
    names = {} if view is None else view.namespace.names

    def is_held_otherwise(name: str) -> bool:
        held = names.get(name)
        run = None if held is None else held.bound_by
        return held is not None and all(run is None or it.source != run.source for it in cells)

    return is_held_otherwise


def verdict_context(
    view: KernelView | None, clients: NotebookClients, graph: DependencyGraph
) -> VerdictContext:
    """The context of the verdicts on this kernel, without the installed packages."""
    if view is None:
        return VerdictContext(is_running=False)
    if view.state == "not_python":
        return VerdictContext(language=view.language or sentence("unknown"))
    is_known = has_answered(view)
    runs_other_code = _runs_only_other_code(view, clients, graph)
    return VerdictContext(
        view.namespace,
        is_running=view.state != "dead",
        has_answered=is_known,
        is_silent=view.state == "silent" and is_known,
        is_occupied=view.state in {"starting", "silent"} or runs_other_code,
        clients=clients,
    )


def _runs_only_other_code(
    view: KernelView, clients: NotebookClients, graph: DependencyGraph
) -> bool:
    """Whether the kernel runs code, none of these clients has requested it, and it is not that of
    the first cell in flight: a server that runs cells is a client of its own. The kernel announces
    each code as it begins to run.
    """
    if not clients.sessions or not view.running_clients.isdisjoint(clients.sessions):
        return False
    if not view.running_codes:
        return False
    first = next((graph.index_of.get(it) for it in clients.in_flight), None)
    return first is None or graph.cells[first].source not in view.running_codes


def has_answered(view: KernelView) -> bool:
    """Whether it is known what the kernel holds: it answered, or it is starting or has ended."""
    return view.as_of is not None or view.state in {"starting", "dead"}
