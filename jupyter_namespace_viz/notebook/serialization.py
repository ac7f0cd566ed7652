"""How do verdicts, plans and kernels become messages?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import msgspec

from jupyter_namespace_viz.core.forecast.findings import Finding
from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph, free_name_uses
from jupyter_namespace_viz.core.kernel_state.namespace import Namespace
from jupyter_namespace_viz.core.plan.plan_types import Plan
from jupyter_namespace_viz.core.plan.side_effects import side_effects
from jupyter_namespace_viz.core.problems.problem_types import NotebookProblem
from jupyter_namespace_viz.core.verdicts.import_table import ImportRow
from jupyter_namespace_viz.core.verdicts.name_table import NameRow
from jupyter_namespace_viz.core.verdicts.verdict_types import CellVerdict
from jupyter_namespace_viz.kernel.view import KernelView
from jupyter_namespace_viz.protocol import problems, reports, rest

T = TypeVar("T")

NO_KERNEL = reports.Kernel(
    kernel_id=None,
    state="none",
    generation=0,
    as_of=None,
    language=None,
    python=None,
    message=None,
)
"""The report of the kernel for a notebook without one."""


def kernel_report(view: KernelView) -> reports.Kernel:
    """The kernel's state, without its names."""
    return reports.Kernel(
        kernel_id=view.kernel_id,
        state=view.state,
        generation=view.namespace.generation,
        as_of=_as_of(view),
        language=view.language,
        python=view.namespace.python,
        message=view.message,
    )


def cell_report(
    verdict: CellVerdict, graph: DependencyGraph, seconds: float | None
) -> reports.CellReport:
    """The report of one cell; `seconds` is how long its last successful run took, if known."""
    names = graph.names[verdict.id]
    return reports.CellReport(
        id=verdict.id,
        status=verdict.status,
        blocked_by_import=verdict.blocked_by_import,
        waiting=verdict.waiting or verdict.is_pending,
        error=None,
        execution_count=verdict.execution_count,
        seconds=seconds,
        definitions=_convert(names.definitions, list[reports.Definition]),
        uses=_convert(free_name_uses(graph, graph.index_of[verdict.id]), list[reports.Use]),
        needs=_convert(verdict.needs, list[reports.Need]),
        problems=_convert(names.problems, list[reports.Problem]),
        repairs=list(verdict.repairs),
        message=verdict.message,
    )


def edge_reports(graph: DependencyGraph) -> list[reports.Edge]:
    """The reports of the dependency edges."""
    return _convert(graph.edges, list[reports.Edge])


def import_reports(rows: Sequence[ImportRow]) -> list[reports.ImportReport]:
    """The reports of imports."""
    return _convert(rows, list[reports.ImportReport])


def problem_reports(found: Sequence[NotebookProblem]) -> list[problems.NotebookProblem]:
    """The reports of problems."""
    return _convert(found, list[problems.NotebookProblem])


def name_reports(rows: Sequence[NameRow]) -> list[reports.NameReport]:
    """The reports of names."""
    return _convert(rows, list[reports.NameReport])


def finding_reports(findings: Sequence[Finding]) -> list[reports.Finding]:
    """The reports of a forecast."""
    return _convert(findings, list[reports.Finding])


def plan_report(plan: Plan, graph: DependencyGraph) -> reports.Plan:
    """The report of a plan, with the side effects that each step seems to have."""
    steps = []
    for step in plan.steps:
        source = graph.cells[graph.index_of[step.cell_id]].source
        effects = [] if step.code is not None else list(side_effects(source))
        report = reports.Step(step.cell_id, step.code, list(step.names), step.why, effects)
        steps.append(report)
    return reports.Plan(steps, _convert(plan.unresolved, list[reports.Unresolved]))


def namespace_report(view: KernelView) -> rest.LiveNamespace:
    """Everything that the kernel holds, sorted by name."""
    return rest.LiveNamespace(
        kernel_id=view.kernel_id,
        generation=view.namespace.generation,
        state=view.state,
        as_of=_as_of(view),
        names=_live_names(view.namespace),
    )


def _live_names(namespace: Namespace) -> list[reports.LiveName]:
    held = (namespace.names[name] for name in sorted(namespace.names))
    return _convert(list(held), list[reports.LiveName])


def _as_of(view: KernelView) -> str | None:
    return None if view.as_of is None else view.as_of.isoformat(timespec="milliseconds")


def _convert(value: object, message_type: type[T]) -> T:
    """The core value as a message type whose fields have the same names."""
    return msgspec.convert(value, message_type, from_attributes=True)
