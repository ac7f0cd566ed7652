"""Would a cell raise if it ran now, and what should run first?"""

from __future__ import annotations

from jupyter_namespace_viz.agents.answers import BeforeRun, Outcome
from jupyter_namespace_viz.agents.assessments import Assessed
from jupyter_namespace_viz.agents.notebook_state import messages, perhaps_run, shown
from jupyter_namespace_viz.agents.plans import plan_steps, unmended
from jupyter_namespace_viz.agents.wording.bases import basis
from jupyter_namespace_viz.agents.wording.lines import cell_index, mention, texts_within_limit
from jupyter_namespace_viz.core.verdicts.verdict_types import CellVerdict


def before_run(assessed: Assessed, cell: str | int) -> BeforeRun:
    """The answer for one cell."""
    index = cell_index(assessed.graph, cell)
    verdict = assessed.assessment.verdict.cells[index]
    plan = assessed.assessment.plan([verdict.id], "cells")
    steps = plan_steps(assessed, plan)
    would_raise = outcome(verdict)
    perhaps = perhaps_run(assessed.assessment.verdict, index)
    if would_raise == "no" and perhaps is not None and not perhaps.succeeded:
        would_raise = "maybe"  # as the same text did
    return BeforeRun(
        would_raise,
        mention(assessed.graph, index),
        "not run yet" if verdict.waiting else shown(verdict.status),
        texts_within_limit(_reasons(verdict), most=1_500),
        steps,
        len(plan.steps) - len(steps),
        unmended(plan),
        basis(assessed),
    )


def outcome(verdict: CellVerdict) -> Outcome:
    """Whether the cell would raise, as far as can be known before it runs."""
    if verdict.status in {"syntax_error", "blocked"} or verdict.would_raise:
        return "yes"
    if verdict.status == "failed" and verdict.error != "KeyboardInterrupt":
        return "yes"
    if verdict.status == "not_python":
        return "unknown"
    risks = [need for need in verdict.needs if need.is_risk]
    if risks and all(need.status == "unknown" for need in risks):
        return "unknown"
    return "maybe" if risks or verdict.status == "at_risk" else "no"


def _reasons(verdict: CellVerdict) -> list[str]:
    """The sentences on the cell, and on stale names that it would read."""
    reasons = messages(verdict)
    stale = (it.message for it in verdict.needs if it.status == "stale" and it.message is not None)
    return [*reasons, *(str(it) for it in dict.fromkeys(stale) if it not in reasons)]
