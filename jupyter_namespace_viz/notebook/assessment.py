"""What does everything known say of one notebook right now?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from jupyter_namespace_viz.core.analysis.cell_names import Cell
from jupyter_namespace_viz.core.forecast.restart_and_run_all import forecast
from jupyter_namespace_viz.core.graph.builder import updated_graph
from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph
from jupyter_namespace_viz.core.kernel_state.module_answers import missing_module
from jupyter_namespace_viz.core.kernel_state.namespace import EMPTY_NAMESPACE, Namespace
from jupyter_namespace_viz.core.plan.planner import plan_runs
from jupyter_namespace_viz.core.verdicts.cell_status import NotebookVerdict, judge
from jupyter_namespace_viz.core.verdicts.import_table import ImportRow, import_rows
from jupyter_namespace_viz.core.verdicts.name_table import NameTable, name_table
from jupyter_namespace_viz.core.verdicts.verdict_types import CellVerdict
from jupyter_namespace_viz.core.vocabulary import PlanMode
from jupyter_namespace_viz.kernel.view import KernelView
from jupyter_namespace_viz.notebook import serialization
from jupyter_namespace_viz.notebook.package_lookup import installations_of
from jupyter_namespace_viz.notebook.reading_context import ReadingContext
from jupyter_namespace_viz.protocol import messages


@dataclass(frozen=True, slots=True)
class Showing:
    """What those who show a notebook tell of it, beside its cells.

    `in_flight` are the ids of the cells that run or are queued, in that order; `former` those of
    cells that were deleted; `clients` the session ids under which they ask the kernel for runs.
    """

    in_flight: tuple[str, ...] = ()
    former: frozenset[str] = frozenset()
    clients: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What of a kernel, and of those who show the notebook, the verdicts depend on."""

    namespace: Namespace
    running: bool
    answered: bool
    silent: bool
    language: str
    showing: Showing

    @classmethod
    def of(cls, view: KernelView | None, showing: Showing) -> Circumstances:
        """Those at this moment."""
        if view is None:
            return cls(EMPTY_NAMESPACE, False, True, False, "python", Showing())
        if view.state == "not_python":
            language = view.language or "unknown to us"
            return cls(EMPTY_NAMESPACE, True, True, False, language, Showing())
        answered = has_answered(view)
        silent = view.state == "silent" and answered
        return cls(view.namespace, view.state != "dead", answered, silent, "python", showing)

    def are_those_of(self, other: Circumstances) -> bool:
        """Whether nothing is new. A namespace in which nothing changed is the same object."""
        return self.namespace is other.namespace and self == other


@dataclass(frozen=True, slots=True)
class Assessment:
    """One notebook against one kernel at one moment; `view` is None without a kernel.

    `circumstances` is all that the verdict was made of, beside the graph.
    """

    graph: DependencyGraph
    view: KernelView | None
    circumstances: Circumstances
    verdict: NotebookVerdict
    imported: tuple[ImportRow, ...] = ()

    def kernel(self) -> messages.Kernel:
        """The kernel as the report names it."""
        return (
            serialization.NO_KERNEL if self.view is None else serialization.kernel_report(self.view)
        )

    def cells(self) -> list[messages.CellReport]:
        """The report of every cell, in document order."""
        return [self.cell(verdict) for verdict in self.verdict.cells]

    def cell(self, verdict: CellVerdict) -> messages.CellReport:
        """The report of one cell."""
        seconds = self.circumstances.namespace.took.get(verdict.id)
        return serialization.cell_report(verdict, self.graph, seconds)

    def summary(self) -> messages.Summary:
        """The line at the top, with its counts."""
        cells = self.verdict.cells
        return messages.Summary(
            message=self.verdict.summary,
            blocked=sum(cell.status == "blocked" for cell in cells),
            waiting=sum(cell.waiting for cell in cells),
            at_risk=sum(cell.status == "at_risk" for cell in cells),
            stale=sum(cell.status == "stale" for cell in cells),
        )

    def imports(self) -> list[messages.ImportReport]:
        """What became of each import, in document order."""
        return serialization.import_reports(self.imported)

    def name_table(self) -> NameTable:
        """How each name of the notebook and the kernel stands."""
        return name_table(self.verdict)

    def foreseen(self) -> list[messages.Finding]:
        """What Restart & Run All would raise, as far as the kernel told of its environment."""
        if self.circumstances.language != "python":
            return []
        namespace = self.circumstances.namespace

        def is_installed(module: str) -> bool:
            return missing_module(module, namespace.modules) is None

        return serialization.finding_reports(forecast(self.graph, is_installed, namespace.python))

    def plan(self, target: str | None, mode: PlanMode) -> messages.Plan:
        """How to mend the cell `target`, or all cells; run it beside the event loop."""
        namespace = self.circumstances.namespace
        plan = plan_runs(self.graph, namespace, self.verdict.cells, target, mode)
        return serialization.plan_report(plan, self.graph)


def assess(
    old: DependencyGraph,
    cells: Sequence[Cell],
    view: KernelView | None,
    around: ReadingContext,
    showing: Showing,
    before: Assessment | None = None,
) -> Assessment:
    """Read what changed since `old`, which has the same surroundings, and judge every cell. May
    take a while: run it beside the event loop.

    Where all is as it was `before` (a kernel turns busy and idle with each run), so is the verdict.
    """
    graph = updated_graph(old, cells, around.star_names, around.dialect)
    now = Circumstances.of(view, showing)
    if before is not None and before.graph is graph and now.are_those_of(before.circumstances):
        return replace(before, view=view)
    installations = installations_of(view)
    verdict = judge(
        graph,
        now.namespace,
        running=now.running,
        answered=now.answered,
        silent=now.silent,
        language=now.language,
        in_flight=now.showing.in_flight,
        former=now.showing.former,
        clients=now.showing.clients,
        installations=installations,
    )
    if now.language != "python":
        return Assessment(graph, view, now, verdict)
    imported = import_rows(
        graph,
        now.namespace,
        running=now.running,
        answered=now.answered,
        in_flight=now.showing.in_flight,
        former=now.showing.former,
        clients=now.showing.clients,
        installations=installations,
    )
    return Assessment(graph, view, now, verdict, imported)


def has_answered(view: KernelView) -> bool:
    """Whether what the kernel holds is known: it told us, or it has only just begun, or ended."""
    return view.as_of is not None or view.state in {"starting", "dead"}
