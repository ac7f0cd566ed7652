"""What does everything known say of one notebook right now?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jupyter_namespace_viz import reports
from jupyter_namespace_viz.core.cells import Cell
from jupyter_namespace_viz.core.connecting import updated_graph
from jupyter_namespace_viz.core.graph import DependencyGraph
from jupyter_namespace_viz.core.imports import ImportRow, import_rows
from jupyter_namespace_viz.core.namespace import EMPTY_NAMESPACE
from jupyter_namespace_viz.core.plan import plan_repair
from jupyter_namespace_viz.core.status import NotebookVerdict, judge
from jupyter_namespace_viz.core.verdicts import PlanMode
from jupyter_namespace_viz.installations import installations_of
from jupyter_namespace_viz.kernel.view import KernelView
from jupyter_namespace_viz.protocol import messages
from jupyter_namespace_viz.surroundings import Surroundings


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
class Assessment:
    """One notebook against one kernel at one moment; `view` is None without a kernel."""

    graph: DependencyGraph
    view: KernelView | None
    verdict: NotebookVerdict
    imported: tuple[ImportRow, ...] = ()

    def kernel(self) -> messages.Kernel:
        """The kernel as the report names it."""
        return reports.NO_KERNEL if self.view is None else reports.kernel_report(self.view)

    def cells(self) -> list[messages.CellReport]:
        """The report of every cell, in document order."""
        return [reports.cell_report(verdict, self.graph) for verdict in self.verdict.cells]

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
        return reports.import_reports(self.imported)

    def plan(self, target: str | None, mode: PlanMode) -> messages.Plan:
        """How to mend the cell `target`, or all cells."""
        return reports.plan_report(plan_repair(self.graph, self.verdict.cells, target, mode))


def assess(
    old: DependencyGraph,
    cells: Sequence[Cell],
    view: KernelView | None,
    around: Surroundings,
    showing: Showing,
) -> Assessment:
    """Read what changed since `old`, which has the same surroundings, and judge every cell. May
    take a while: run it beside the event loop.
    """
    graph = updated_graph(old, cells, around.star_names, around.dialect)
    if view is None:
        verdict = judge(graph, EMPTY_NAMESPACE, running=False)
        return Assessment(graph, view, verdict, import_rows(graph, EMPTY_NAMESPACE, running=False))
    if view.state == "not_python":
        language = view.language or "unknown to us"
        return Assessment(graph, view, judge(graph, EMPTY_NAMESPACE, language=language))
    verdict = judge(
        graph,
        view.namespace,
        running=view.state != "dead",
        answered=has_answered(view),
        silent=view.state == "silent" and has_answered(view),
        in_flight=showing.in_flight,
        former=showing.former,
        clients=showing.clients,
    )
    imported = import_rows(
        graph,
        view.namespace,
        running=view.state != "dead",
        answered=has_answered(view),
        in_flight=showing.in_flight,
        former=showing.former,
        clients=showing.clients,
        installations=installations_of(view),
    )
    return Assessment(graph, view, verdict, imported)


def has_answered(view: KernelView) -> bool:
    """Whether what the kernel holds is known: it told us, or it has only just begun, or ended."""
    return view.as_of is not None or view.state in {"starting", "dead"}
