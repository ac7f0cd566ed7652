"""What is the status of each name of the notebook and of the kernel?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias, get_args

from jupyter_namespace_viz.core.analysis.builtin_names import is_made_by_running
from jupyter_namespace_viz.core.analysis.cell_names import Use
from jupyter_namespace_viz.core.kernel_state.lost_names import LostNames
from jupyter_namespace_viz.core.kernel_state.namespace import HeldName, Run
from jupyter_namespace_viz.core.sentences import Sentence
from jupyter_namespace_viz.core.verdicts.cell_status import CellJudge, NotebookVerdict
from jupyter_namespace_viz.core.verdicts.verdict_types import CellVerdict, Need
from jupyter_namespace_viz.core.verdicts.wording.mentions import subject_of
from jupyter_namespace_viz.core.vocabulary import NOT_RUN, DefinitionKind, NameStatus

MOST_OTHERS = 5_000
"""How many held names that no cell mentions have rows: code may bind any number of names."""

_NeedOfCell: TypeAlias = tuple[CellVerdict, Need]

_URGENCY = {status: rank for rank, status in enumerate(get_args(NameStatus))}


@dataclass(frozen=True, slots=True)
class NameRow:
    """One name, with its status.

    `status` and `message` are those of the most urgent need; a name that no cell needs is judged as
    if a cell below the last one needed it. `waiting` is whether the name is missing only because
    its provider has not run, or runs now, and all cells that would raise for it wait for it. A held
    name that a cell in flight will bind or delete is judged by what it is bound to now. `providers`
    and `consumers` are cell ids in document order; `kind` is how the last provider defines the
    name.
    `held` is what the kernel holds, `binder` who bound that, in words; None for a startup file.
    `lost_by_restart` is whether the kernel holds the name and no run of the notebook would bind it
    again. `lost_source` is the text that bound the name, where it is a ghost because its cell was
    deleted, or where a cell is stale because of that; `lost_id` is the id of that cell,
    `lost_after` and `lost_before` are those of the nearest cells above and below it which are still
    there; None where they are not known.
    """

    name: str
    status: NameStatus
    waiting: bool
    message: Sentence | None
    kind: DefinitionKind | None
    providers: tuple[str, ...]
    consumers: tuple[str, ...]
    held: HeldName | None
    binder: Sentence | None
    lost_by_restart: bool
    lost_source: str | None = None
    lost_id: str | None = None
    lost_after: str | None = None
    lost_before: str | None = None


@dataclass(frozen=True, slots=True)
class NameTable:
    """The rows, sorted by name, and how many held names were left out because of the limit."""

    rows: tuple[NameRow, ...] = ()
    left_out: int = 0


def name_table(verdict: NotebookVerdict, most_others: int = MOST_OTHERS) -> NameTable:
    """The names that cells define or need, and those that the kernel holds.

    Names that IPython or a startup file binds are included only if a cell mentions them. Modules
    that are not installed are in the import table instead.
    """
    judge = verdict.judge
    if judge is None:
        return NameTable()
    graph, held = judge.graph, judge.context.namespace.names
    needs = _needs_by_name(verdict.cells)
    mentioned = needs.keys() | graph.definers.keys()
    lost = LostNames(graph, judge.context.namespace)
    others = [
        name
        for name, it in held.items()
        if not (it.initial or name in mentioned or is_made_by_running(name))
    ]
    shown = sorted(others)[:most_others]
    rows = []
    for name in sorted(mentioned.union(shown)):
        needs_of_name = needs.get(name, [])
        need = _most_urgent(judge, name, needs_of_name)
        if need is None:  # a builtin that a cell defines and has not bound yet
            continue
        is_waiting = _is_waiting(need, needs_of_name)
        consumers = tuple(cell.id for cell, _ in needs_of_name)
        rows.append(_name_row(judge, need, is_waiting, consumers, lost))
    return NameTable(tuple(rows), len(others) - len(shown))


def waiting_names(verdict: NotebookVerdict, names: Collection[str]) -> frozenset[str]:
    """Those of these names whose rows are `waiting`."""
    judge = verdict.judge
    if judge is None or not names:
        return frozenset()
    needs = _needs_by_name(verdict.cells)
    return frozenset(
        name
        for name in names
        if (need := _most_urgent(judge, name, needs.get(name, []))) is not None
        and _is_waiting(need, needs.get(name, []))
    )


def _most_urgent(judge: CellJudge, name: str, needs: Sequence[_NeedOfCell]) -> Need | None:
    """The need that gives the name its status; None for a builtin that is not bound yet."""
    need = min((it for _, it in needs), key=_rank, default=None)
    if need is None or (name in judge.context.namespace.names and judge.is_in_flight(name)):
        return _need_below(judge, name)
    return need


def _is_waiting(need: Need, needs: Sequence[_NeedOfCell]) -> bool:
    """Whether the name is missing only because its provider has not run, or runs now."""
    if need.is_awaited:
        return True
    is_due = need.waiting or need.reason in NOT_RUN
    return is_due and all(it.waiting or it.phase == "deferred" for _, it in needs)


def _need_below(judge: CellJudge, name: str) -> Need | None:
    """The verdict on the name for a cell below the last one; a held name is judged by what it is
    bound to now, whatever a cell in flight will do to it.
    """
    below, use = len(judge.graph.cells), Use(name, "immediate", certain=False)
    later = judge.need(use, below)
    if name not in judge.context.namespace.names or not judge.is_in_flight(name):
        return later
    now = judge.need_now(use, below)
    if now is None or later is None or now.message is not None:
        return now
    return replace(now, message=later.message)


def names_lost_by_restart(verdict: NotebookVerdict) -> list[str]:
    """The names that a restart loses for good, sorted; at most `MOST_OTHERS`."""
    namespace = verdict.context.namespace
    lost = LostNames(verdict.graph, namespace)
    return sorted(it.name for it in namespace.names.values() if it in lost)[:MOST_OTHERS]


def _needs_by_name(cells: Iterable[CellVerdict]) -> dict[str, list[_NeedOfCell]]:
    """The needs for each name, each with its cell."""
    found: dict[str, list[_NeedOfCell]] = defaultdict(list)
    for cell in cells:
        for need in cell.needs:
            is_module = need.reason == "not_installed" and need.status != "missing"
            if not is_module:
                found[need.name].append((cell, need))
    return found


def _rank(need: Need) -> tuple[int, bool, bool]:
    """A sort key: the smaller, the more urgent the need."""
    return (_URGENCY[need.status], need.phase == "deferred", not need.certain)


def _nearest(judge: CellJudge, deleted: str, side: Literal[0, -1]) -> str | None:
    """The id of the nearest cell above (0) or below (-1) a deleted one that is still there."""
    neighbours = judge.context.clients.neighbours
    cell_id: str | None = deleted
    for _ in range(len(neighbours)):  # the cells next to it may have been deleted as well
        cell_id = neighbours.get(cell_id or "", (None, None))[side]
        indexes = judge.runs.cells_with(cell_id or "")
        if indexes:
            return judge.graph.cells[indexes[-1 - side]].id
    return None


def _binder(judge: CellJudge, held: HeldName | None) -> Sentence | None:
    """Who bound the name, in words; None for a startup file."""
    if held is None or held.initial:
        return None
    return subject_of(judge.runs.origin(held.bound_by, held.name))


def _lost_run(judge: CellJudge, need: Need, consumers: Iterable[str]) -> Run | None:
    """The run of a deleted cell that the name comes from, or came from when a cell that is stale
    now used it.
    """
    held = judge.context.namespace.names.get(need.name)
    if need.status == "ghost" and need.reason == "cell_deleted" and held is not None:
        return held.bound_by
    indexes = (judge.graph.index_of[cell_id] for cell_id in consumers)
    lost = (judge.deleted_provider(index) for index in indexes)
    return next((it[1] for it in lost if it is not None and it[0] == need.name), None)


def _name_row(
    judge: CellJudge, need: Need, is_waiting: bool, consumers: tuple[str, ...], lost: LostNames
) -> NameRow:
    graph, name = judge.graph, need.name
    definers = graph.definers.get(name, ())
    definition = graph.names_at(definers[-1]).definition_of(name) if definers else None
    held = judge.context.namespace.names.get(name)
    lost_run = _lost_run(judge, need, consumers)
    lost_id = None if lost_run is None else lost_run.cell_id
    return NameRow(
        name,
        need.status,
        is_waiting,
        need.message,
        None if definition is None else definition.kind,
        tuple(graph.cells[definer].id for definer in definers),
        consumers,
        held,
        _binder(judge, held),
        held is not None and held in lost,
        None if lost_run is None else lost_run.source,
        lost_id,
        None if lost_id is None else _nearest(judge, lost_id, 0),
        None if lost_id is None else _nearest(judge, lost_id, -1),
    )
