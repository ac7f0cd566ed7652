"""How is a question to a tool answered in the process of the Jupyter server?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from jupyter_namespace_viz.agents.answers import Answer
from jupyter_namespace_viz.agents.assessments import Assessments
from jupyter_namespace_viz.agents.before_run import before_run
from jupyter_namespace_viz.agents.effects import effects_of
from jupyter_namespace_viz.agents.import_states import import_states
from jupyter_namespace_viz.agents.name_facts import name_facts
from jupyter_namespace_viz.agents.notebook_state import notebook_state
from jupyter_namespace_viz.agents.plans import plan_for
from jupyter_namespace_viz.notebook.threads import run_in_worker_thread

_ANSWERS: dict[str, Callable[..., Answer]] = {
    "namespace_notebook_state": notebook_state,
    "namespace_before_run": before_run,
    "namespace_why": name_facts,
    "namespace_plan": plan_for,
    "namespace_effect_of": effects_of,
    "namespace_imports": import_states,
}


class Answerer:
    """Answers the questions of tools about the notebooks of one server; it is an `Ask`."""

    def __init__(self, assessments: Assessments) -> None:
        self._assessments = assessments

    async def __call__(self, tool: str, arguments: Mapping[str, Any]) -> Answer:
        """The answer of the tool to these arguments; raises Unanswerable."""
        others = dict(arguments)
        assessed = await self._assessments.of(others.pop("path"))
        return await run_in_worker_thread(_ANSWERS[tool], assessed, **others)
