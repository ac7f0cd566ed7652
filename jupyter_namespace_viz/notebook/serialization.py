"""How do verdicts, plans and kernels become messages?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from heapq import merge
from itertools import islice
from typing import TypeVar, get_args

import msgspec

from jupyter_namespace_viz.core.forecast.findings import Finding
from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph, free_name_uses
from jupyter_namespace_viz.core.plan.plan_types import Plan
from jupyter_namespace_viz.core.plan.runnable_cells import repairs_of
from jupyter_namespace_viz.core.plan.side_effects import side_effects
from jupyter_namespace_viz.core.problems.problem_types import NotebookProblem
from jupyter_namespace_viz.core.sentences import Sentence
from jupyter_namespace_viz.core.verdicts.import_table import ImportRow
from jupyter_namespace_viz.core.verdicts.name_table import NameRow
from jupyter_namespace_viz.core.verdicts.verdict_types import CellVerdict
from jupyter_namespace_viz.kernel.view import KernelView
from jupyter_namespace_viz.notebook.languages import TextOf
from jupyter_namespace_viz.protocol import codec, problems, reports, rest

T = TypeVar("T")
Report = TypeVar("Report", bound=msgspec.Struct)

NAMES_AT_ONCE = 2_000

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


def kernel_report(view: KernelView, text_of: TextOf) -> reports.Kernel:
    """The kernel's state, without its names."""
    report = reports.Kernel(
        kernel_id=view.kernel_id,
        state=view.state,
        generation=view.namespace.generation,
        as_of=_as_of(view),
        language=view.language,
        python=view.namespace.python,
        message=view.message,
    )
    return _written(report, text_of)


def cell_report(
    verdict: CellVerdict,
    graph: DependencyGraph,
    seconds: float | None,
    raising: Collection[str],
    text_of: TextOf,
    before: reports.CellReport | None = None,
) -> reports.CellReport:
    """The report of one cell; `seconds` is how long its last successful run took, if known;
    `raising` are the cells that no run of other cells lets run through. `before` is an earlier
    report of the same cell of the same graph, in the same language.
    """
    if before is None:
        names = graph.names[verdict.id]
        definitions = _convert(names.definitions, list[reports.Definition])
        uses = _convert(free_name_uses(graph, graph.index_of[verdict.id]), list[reports.Use])
        found = _reports(names.problems, reports.Problem, text_of)
    else:
        definitions, uses, found = before.definitions, before.uses, before.problems
    return reports.CellReport(
        id=verdict.id,
        status=verdict.status,
        blocked_by_import=verdict.blocked_by_import,
        waiting=verdict.waiting,
        error=verdict.error,
        execution_count=verdict.execution_count,
        seconds=seconds,
        definitions=definitions,
        uses=uses,
        needs=_reports(verdict.needs, reports.Need, text_of),
        problems=found,
        repairs=repairs_of(verdict, raising),
        message=None if verdict.message is None else _text(verdict.message, text_of),
    )


def edge_reports(graph: DependencyGraph) -> list[reports.Edge]:
    """The reports of the dependency edges."""
    return [reports.Edge(it.provider, it.consumer, list(it.names)) for it in graph.edges]


def import_reports(rows: Sequence[ImportRow], text_of: TextOf) -> list[reports.ImportReport]:
    """The reports of imports."""
    return _reports(rows, reports.ImportReport, text_of)


def problem_reports(
    found: Sequence[NotebookProblem], text_of: TextOf
) -> list[problems.NotebookProblem]:
    """The reports of problems."""
    return [_problem_report(problem, text_of) for problem in found]


def _problem_report(problem: NotebookProblem, text_of: TextOf) -> problems.NotebookProblem:
    report = _written(_convert(problem, problems.NotebookProblem), text_of)
    remedies = [
        msgspec.structs.replace(it, remaining=[_text(left, text_of) for left in it.remaining])
        for it in report.remedies
    ]
    return msgspec.structs.replace(report, remedies=remedies)


def name_reports(rows: Sequence[NameRow], text_of: TextOf) -> list[reports.NameReport]:
    """The reports of names."""
    return _reports(rows, reports.NameReport, text_of)


def finding_reports(findings: Sequence[Finding], text_of: TextOf) -> list[reports.Finding]:
    """The reports of a forecast."""
    return _reports(findings, reports.Finding, text_of)


def plan_report(plan: Plan, graph: DependencyGraph, text_of: TextOf) -> reports.Plan:
    """The report of a plan, with the side effects that each step seems to have."""
    steps = []
    for step in plan.steps:
        source = graph.cells[graph.index_of[step.cell_id]].source
        effects = [] if step.code is not None else [*map(text_of, side_effects(source))]
        why = text_of(step.why)
        report = reports.Step(step.cell_id, step.code, list(step.names), why, effects)
        steps.append(report)
    return reports.Plan(steps, _reports(plan.unresolved, reports.Unresolved, text_of))


def namespace_pieces(view: KernelView) -> Iterator[bytes]:
    """A `LiveNamespace` as JSON, in pieces: everything that the kernel holds, sorted by name.

    A kernel may hold millions of names, and neither to sort nor to convert them at once would leave
    the interpreter's lock to other threads.
    """
    begin = rest.LiveNamespace(
        kernel_id=view.kernel_id,
        generation=view.namespace.generation,
        state=view.state,
        as_of=_as_of(view),
        names=[],
    )
    yield codec.encode(begin).removesuffix(b"]}")
    held = view.namespace.names
    names = _sorted_in_pieces(held)
    separator = b""
    while piece := list(islice(names, NAMES_AT_ONCE)):
        live = _convert([held[name] for name in piece], list[reports.LiveName])
        yield separator + codec.encode_values(live)
        separator = b","
    yield b"]}"


def _sorted_in_pieces(names: Iterable[str]) -> Iterator[str]:
    rest_of_names, pieces = iter(names), []
    while piece := sorted(islice(rest_of_names, NAMES_AT_ONCE)):
        pieces.append(piece)
    return merge(*pieces)


def _as_of(view: KernelView) -> str | None:
    return None if view.as_of is None else view.as_of.isoformat(timespec="milliseconds")


def _reports(values: Sequence[object], message_type: type[Report], text_of: TextOf) -> list[Report]:
    """The core values as messages whose fields have the same names, with sentences as texts."""
    return [_written(_convert(value, message_type), text_of) for value in values]


def _written(report: Report, text_of: TextOf) -> Report:
    """The report with its sentences as texts."""
    texts = {
        name: text_of(it)
        for name in _text_fields(type(report))
        if isinstance(it := getattr(report, name), Sentence)
    }
    return msgspec.structs.replace(report, **texts) if texts else report


@cache
def _text_fields(message_type: type[msgspec.Struct]) -> tuple[str, ...]:
    """The fields that may have a sentence."""
    fields = msgspec.structs.fields(message_type)
    return tuple(it.name for it in fields if str in (it.type, *get_args(it.type)))


def _text(value: str, text_of: TextOf) -> str:
    """The value, written if it is a sentence."""
    return text_of(value) if isinstance(value, Sentence) else value


def _convert(value: object, message_type: type[T]) -> T:
    """The core value as a message type whose fields have the same names."""
    return msgspec.convert(value, message_type, from_attributes=True)
