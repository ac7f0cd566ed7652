"""What can be reported about one notebook and its kernel now?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from jupyter_namespace_viz.core.analysis.cell_names import Cell
from jupyter_namespace_viz.core.forecast.import_failures import Shadow
from jupyter_namespace_viz.core.forecast.restart_and_run_all import forecast
from jupyter_namespace_viz.core.graph.builder import updated_graph
from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph
from jupyter_namespace_viz.core.kernel_state.module_answers import missing_module
from jupyter_namespace_viz.core.plan.planner import plan_runs
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
from jupyter_namespace_viz.notebook.package_lookup import installations_of
from jupyter_namespace_viz.notebook.reading_context import ReadingContext
from jupyter_namespace_viz.protocol import reports

KERNEL_VERSION = "3"
"""The version of Python in a kernel that is not another language's: the probe runs in no older one.
"""


@dataclass(frozen=True, slots=True)
class Assessment:
    """The verdicts on one notebook against one kernel now; `view` is None without a kernel."""

    view: KernelView | None
    verdict: NotebookVerdict
    import_table: tuple[ImportRow, ...]

    @property
    def graph(self) -> DependencyGraph:
        """The cells as they were read."""
        return self.verdict.graph

    def is_based_on(self, graph: DependencyGraph, context: VerdictContext) -> bool:
        """Whether this is the assessment of this graph in this context."""
        return self.graph is graph and context.is_same_as(self.verdict.context)

    def kernel(self) -> reports.Kernel:
        """The report of the kernel."""
        return (
            serialization.NO_KERNEL if self.view is None else serialization.kernel_report(self.view)
        )

    def cells(self) -> list[reports.CellReport]:
        """The report of every cell, in document order."""
        return [self.cell(verdict) for verdict in self.verdict.cells]

    def cell(self, verdict: CellVerdict) -> reports.CellReport:
        """The report of the cell of `verdict`."""
        seconds = self.verdict.context.namespace.took.get(verdict.id)
        return serialization.cell_report(verdict, self.graph, seconds)

    def summary(self) -> reports.Summary:
        """The line at the top of the panel, and its counts."""
        cells = self.verdict.cells
        return reports.Summary(
            message=self.verdict.summary,
            fresh_kernel=None,
            running=sum(cell.status == "running" for cell in cells),
            queued=sum(cell.status == "queued" for cell in cells),
            failed=sum(cell.status == "failed" for cell in cells),
            blocked=sum(cell.status == "blocked" for cell in cells),
            waiting=sum(cell.waiting for cell in cells),
            at_risk=sum(cell.status == "at_risk" for cell in cells),
            stale=sum(cell.status == "stale" for cell in cells),
        )

    def imports(self) -> list[reports.ImportReport]:
        """The report of each import, in document order."""
        return serialization.import_reports(self.import_table)

    def name_table(self) -> NameTable:
        """The status of each name of the notebook and of the kernel."""
        return name_table(self.verdict)

    def lost_by_restart(self) -> list[str]:
        """The names that a restart loses for good, sorted."""
        return names_lost_by_restart(self.verdict)

    def forecast(self) -> list[reports.Finding]:
        """The errors that Restart & Run All would raise, as far as they can be known."""
        if not self.verdict.context.is_python:
            return []
        namespace = self.verdict.context.namespace

        def is_installed(module: str) -> bool:
            return missing_module(module, namespace.modules) is None

        def shadow_of(module: str) -> Shadow | None:
            return shadow_in_kernel(module, namespace.modules, namespace.folder)

        version = None if self.view is None else KERNEL_VERSION
        return serialization.finding_reports(
            forecast(self.graph, is_installed, namespace.python, shadow_of, version)
        )

    def plan(self, target: str | None, mode: PlanMode) -> reports.Plan:
        """A plan for the cell `target`, or for all cells. Slow: call it in a worker thread."""
        plan = plan_runs(self.verdict, target, mode)
        return serialization.plan_report(plan, self.graph)


def assess(
    old: DependencyGraph,
    cells: Sequence[Cell],
    view: KernelView | None,
    reading: ReadingContext,
    clients: NotebookClients,
    previous: Assessment | None = None,
) -> Assessment:
    """Read the cells that changed since `old`, a graph in the same reading context, and judge every
    cell. Slow: call it in a worker thread.

    Where nothing changed since `previous`, its verdict is kept: a kernel turns busy and idle with
    each run, for example.
    """
    graph = updated_graph(old, cells, reading.star_names, reading.dialect)
    context = verdict_context(view, clients)
    if previous is not None and previous.is_based_on(graph, context):
        return replace(previous, view=view)
    context = replace(context, installations=installations_of(view))
    verdict = judge(graph, context)
    return Assessment(view, verdict, import_rows(verdict))


def verdict_context(view: KernelView | None, clients: NotebookClients) -> VerdictContext:
    """The context of the verdicts on this kernel, without the installed packages."""
    if view is None:
        return VerdictContext(is_running=False)
    if view.state == "not_python":
        return VerdictContext(language=view.language or "unknown to us")
    is_known = has_answered(view)
    return VerdictContext(
        view.namespace,
        is_running=view.state != "dead",
        has_answered=is_known,
        is_silent=view.state == "silent" and is_known,
        clients=clients,
    )


def has_answered(view: KernelView) -> bool:
    """Whether it is known what the kernel holds: it answered, or it is starting or has ended."""
    return view.as_of is not None or view.state in {"starting", "dead"}
