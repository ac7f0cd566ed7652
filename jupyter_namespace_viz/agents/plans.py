"""What should run for some purpose, and in which order?"""

from __future__ import annotations

from jupyter_namespace_viz.agents.answers import PlanAnswer, Step
from jupyter_namespace_viz.agents.assessments import Assessed
from jupyter_namespace_viz.agents.errors import Unanswerable
from jupyter_namespace_viz.agents.wording.bases import basis
from jupyter_namespace_viz.agents.wording.lines import cell_index, texts_within_limit
from jupyter_namespace_viz.core.vocabulary import PlanMode
from jupyter_namespace_viz.protocol import reports

MOST_CHARACTERS = 3_600
"""Characters of the steps in one answer, some 900 tokens. Who has run them asks again for more."""

STEP_CHARACTERS = 140
"""Those of a step apart from its texts."""


def plan_for(assessed: Assessed, cell: str | int | None, mode: PlanMode) -> PlanAnswer:
    """The plan for one cell, or for all."""
    if cell is None and mode == "dependents":
        raise Unanswerable("The mode dependents needs a cell.")
    graph = assessed.graph
    targets = None if cell is None else [graph.cells[cell_index(graph, cell)].id]
    plan = assessed.assessment.plan(targets, mode)
    steps = plan_steps(assessed, plan)
    return PlanAnswer(steps, len(plan.steps) - len(steps), unmended(plan), basis(assessed))


def plan_steps(assessed: Assessed, plan: reports.Plan) -> list[Step]:
    """The first steps of the plan, in their order."""
    steps: list[Step] = []
    length = 0
    for step in plan.steps:
        texts = (step.cell_id, step.code or "", step.why, *step.effects)
        length += STEP_CHARACTERS + sum(map(len, texts))
        if length > MOST_CHARACTERS and steps:
            break
        number = assessed.graph.index_of[step.cell_id] + 1
        steps.append(Step(step.cell_id, number, step.code, step.why, step.effects))
    return steps


def unmended(plan: reports.Plan) -> list[str]:
    """What the plan does not bind, in sentences."""
    return texts_within_limit([it.reason for it in plan.unresolved], most=1_500)
