"""Which problems does a notebook have, most urgent first?

There is one problem for everything that one remedy mends: all imports, all modules that are not
installed, all names of one provider, all stale cells that runs make fresh, and those that one name
keeps stale. Waiting cells have no problem, nor has a name for which a cell waits one, and a symptom
is none beside its cause: it is only counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import get_args

from jupyter_namespace_viz.core.forecast.findings import Finding
from jupyter_namespace_viz.core.plan.stale_cells import stale_plan
from jupyter_namespace_viz.core.problems import explanations
from jupyter_namespace_viz.core.problems.groups import Group, joined
from jupyter_namespace_viz.core.problems.problem_types import NotebookProblem
from jupyter_namespace_viz.core.problems.remedies import (
    deleted_provider,
    effects_of_plans,
    remedies_of,
)
from jupyter_namespace_viz.core.problems.symptoms import Symptoms, bad_needs
from jupyter_namespace_viz.core.verdicts.cell_status import NotebookVerdict
from jupyter_namespace_viz.core.verdicts.verdict_types import CellVerdict, Need
from jupyter_namespace_viz.core.vocabulary import AttentionKind, NameStatus

_RANKS = {kind: rank for rank, kind in enumerate(get_args(AttentionKind))}

_KINDS: dict[NameStatus, AttentionKind] = {
    "missing": "missing",
    "not_installed": "not_installed",
    "clobbered": "clobbered",
    "ghost": "ghost",
    "unknown": "unknown",
}


def problems_of(verdict: NotebookVerdict) -> tuple[NotebookProblem, ...]:
    """The problems that the kernel has with the notebook now, most urgent first."""
    stale = stale_plan(verdict)
    symptoms = Symptoms(verdict, stale.left)
    groups: dict[str, Group] = {}
    for cell in verdict.cells:
        if cell.waiting:
            continue
        for kind, about, message, need in _troubles_of(cell, symptoms, verdict):
            key = f"{kind}: {about}"
            group = groups.setdefault(key, Group(key, kind, message))
            group.cells[cell.id] = None
            if need is not None:
                group.needs.setdefault(need.name, need)
    effect_of = effects_of_plans(verdict)
    failed = {cell.id for cell in verdict.cells if cell.status == "failed"}
    problems = [
        NotebookProblem(
            group.key,
            group.kind,
            group.names,
            tuple(group.cells),
            _message(group, verdict),
            symptoms.dependents_of(group.cells),
            tuple(remedies_of(group, verdict, stale, effect_of)),
        )
        for group in joined(groups.values())
    ]
    return tuple(sorted(problems, key=lambda it: (failed.isdisjoint(it.cells), _RANKS[it.kind])))


def restart_problems(
    verdict: NotebookVerdict, now: Iterable[NotebookProblem], forecast: Iterable[Finding]
) -> tuple[NotebookProblem, ...]:
    """What a restart would bring out, in cells that are in no other trouble now than stale."""
    listed = {cell_id for it in now if it.kind != "stale" for cell_id in it.cells}
    listed |= {cell.id for cell in verdict.cells if cell.status == "blocked"}
    found: dict[str, NotebookProblem] = {}
    for finding in forecast:
        if finding.cell_id in listed:
            continue
        key = f"restart: {finding.name or finding.cell_id}"
        names = () if finding.name is None else (finding.name,)
        problem = found.get(key) or NotebookProblem(key, "restart", names, (), finding.message)
        cells = dict.fromkeys((*problem.cells, finding.cell_id))
        found[key] = replace(problem, cells=tuple(cells))
    return tuple(found.values())


_Trouble = tuple[AttentionKind, str, str, Need | None]
"""The kind, what one remedy would mend together, the sentence, and the need that it is about."""


def _troubles_of(
    cell: CellVerdict, symptoms: Symptoms, verdict: NotebookVerdict
) -> Iterator[_Trouble]:
    bad = bad_needs(cell)
    for need in bad:
        if not (need.waiting or symptoms.is_symptom(need, cell)):
            kind = _kind_of(need)
            yield kind, _about(need, verdict), need.message or "", need
    message = cell.message or ""
    if cell.status == "failed":
        if not any(need.blocks for need in bad):  # else what it lacks is the cause
            yield "failed", cell.id, message, None
    elif cell.status == "stale":
        if not symptoms.stays_stale(cell):
            yield "stale", "all", message, None
        elif not symptoms.is_stale_symptom(cell):
            yield _left_stale(cell, verdict)
    elif cell.status == "syntax_error":
        yield "syntax", cell.id, message, None
    elif cell.status == "at_risk" and not bad:
        yield "at_risk", cell.id, message, None


def _kind_of(need: Need) -> AttentionKind:
    if need.reason == "other_import" or (need.status == "missing" and need.by_import):
        return "missing_import"  # an import has not run
    return _KINDS[need.status]


def _about(need: Need, verdict: NotebookVerdict) -> str:
    """What one remedy would mend together."""
    if need.status == "not_installed":
        return need.name if "." in need.name else "all"
    if need.reason == "cannot_ask":
        return "all"
    if need.status == "ghost" and need.reason == "cell_deleted":
        held = verdict.context.namespace.names[need.name].bound_by
        return need.name if held is None else f"{held.cell_id} {held.serial}"
    if need.reason == "other_import":
        return "all"
    if need.status != "missing" or need.provider is None or need.import_code is not None:
        return need.name
    return "all" if need.by_import else f"{need.provider} {need.reason}"


def _left_stale(cell: CellVerdict, verdict: NotebookVerdict) -> _Trouble:
    """The trouble of a cell that no run makes fresh: a deleted cell, or a name that it used."""
    message = cell.message or ""
    deleted = deleted_provider(cell.id, verdict)
    if deleted is not None:
        return "stale", f"{deleted[1].cell_id} {deleted[1].serial}", message, None
    need = next((it for it in cell.needs if it.status == "stale"), None)
    about = cell.id if need is None else f"{need.name} {need.provider} {message}"
    return "stale", about, message, need


def _message(group: Group, verdict: NotebookVerdict) -> str:
    if group.kind == "not_installed" and len(group.names) > 1:
        return explanations.not_installed(group.names, verdict.context.namespace.python)
    return group.message
