"""When are the problems of a notebook composed and reported?"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from jupyter_namespace_viz.core.forecast.findings import Finding
from jupyter_namespace_viz.notebook.assessment import Assessment
from jupyter_namespace_viz.notebook.threads import run_in_background_thread
from jupyter_namespace_viz.protocol import panel_messages, problems


@dataclass(frozen=True, slots=True)
class ProblemRequest:
    """The state of a notebook whose problems are to be reported.

    `forecast` is that of Restart & Run All, None where what a restart would bring out is not to be
    reported.
    """

    revision: int
    assessment: Assessment
    forecast: Sequence[Finding] | None


class ProblemReporter:
    """Passes the problems of the latest state of one notebook to `send`.

    Their remedies are plans, which take seconds in large notebooks, where verdicts take a fraction
    of that. So they are composed after the verdicts are sent, one state at a time; states that
    were replaced in the meantime are left out. Where that fails, `report_failure` is called.
    """

    def __init__(
        self,
        send: Callable[[panel_messages.Problems], Awaitable[None]],
        report_failure: Callable[[Exception], Awaitable[None]],
    ) -> None:
        self._send = send
        self._report_failure = report_failure
        self._next: ProblemRequest | None = None
        self._task: asyncio.Task[None] | None = None
        self._now: list[problems.NotebookProblem] | None = None
        self._after_restart: list[problems.NotebookProblem] | None = None

    def report(self, request: ProblemRequest) -> None:
        """Report the problems of this state soon, instead of a state that still waits."""
        self._next = request
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._report_requested())

    def close(self) -> None:
        """Stop reporting; safe to call twice."""
        if self._task is not None:
            self._task.cancel()

    async def _report_requested(self) -> None:
        while self._next is not None:
            request, self._next = self._next, None
            try:
                message = await run_in_background_thread(self._message, request)
            except Exception as error:  # noqa: BLE001 - logged, and told to the panel
                self._now = self._after_restart = None
                await self._report_failure(error)
            else:
                await self._send(message)

    def _message(self, request: ProblemRequest) -> panel_messages.Problems:
        """The problems of this state, None for what is the same as in the last message."""
        assessment, forecast = request.assessment, request.forecast
        found = assessment.problem_list()
        last = self._now, self._after_restart
        self._now = assessment.problem_reports(found)
        if forecast is not None:
            after = assessment.restart_problems(found, forecast)
            self._after_restart = assessment.problem_reports(after)
        return panel_messages.Problems(
            request.revision,
            None if self._now == last[0] else self._now,
            None if self._after_restart == last[1] else self._after_restart,
        )
