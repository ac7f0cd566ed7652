"""When is what reported to the panel of one notebook?"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TypeVar

from jupyter_namespace_viz.core.syntax.known_magics import Magics
from jupyter_namespace_viz.kernel.link import KernelLink
from jupyter_namespace_viz.kernel.link_registry import LinkRegistry
from jupyter_namespace_viz.notebook.assessment import Assessment
from jupyter_namespace_viz.notebook.cell_texts import check_targets
from jupyter_namespace_viz.notebook.clients import CellsInFlight, UnstartedCells, clients_of
from jupyter_namespace_viz.notebook.followed_kernel import FollowedKernel
from jupyter_namespace_viz.notebook.kernel_waits import wait_for_first_answer, wait_until_watched
from jupyter_namespace_viz.notebook.languages import FAILED, text_of_refusal
from jupyter_namespace_viz.notebook.last_assessment import LastAssessment
from jupyter_namespace_viz.notebook.module_questions import ModuleQuestions, module_questions
from jupyter_namespace_viz.notebook.problem_reporter import ProblemReporter, ProblemRequest
from jupyter_namespace_viz.notebook.reading.long_texts import LONG_TEXTS
from jupyter_namespace_viz.notebook.reading.reading_context import dialect_of
from jupyter_namespace_viz.notebook.report_diff import ReportDiff
from jupyter_namespace_viz.notebook.shown_notebook import ShownNotebook
from jupyter_namespace_viz.notebook.threads import run_in_worker_thread
from jupyter_namespace_viz.protocol import panel_messages

T = TypeVar("T")

FILES_SECONDS = 2.0
"""How long files are assumed to be unchanged while the user edits cells and runs none."""


MODULES_SECONDS = 1.0
"""How long the first report waits for what the kernel tells of the notebook's modules."""


class NotebookSession:
    """One panel's view of one notebook: it takes the panel's updates, and passes reports to `send`.

    A report is sent whenever its content has changed. The next one is made only after `send` has
    finished with the last. Cells are read and judged in a worker thread, so that this does not
    delay the kernels' messages. Where that fails, `send` is told so instead, once for each failure,
    and the next change is reported as if it were the first.
    """

    def __init__(
        self,
        links: LinkRegistry,
        max_cells: int,
        magics: Magics,
        send: Callable[[panel_messages.ServerMessage], Awaitable[None]],
        log: logging.Logger,
    ) -> None:
        self._magics = magics
        self._send = send
        self._log = log
        self._failure: str | None = None
        self._shown = ShownNotebook(max_cells)
        self._kernel = FollowedKernel(links, self._schedule_report)
        self._in_flight = CellsInFlight()
        later = asyncio.get_running_loop().call_later
        self._unstarted = UnstartedCells(later, self._schedule_report)
        self._last = LastAssessment(magics)
        self._requested: tuple[KernelLink, ModuleQuestions] | None = None
        self._module_request: asyncio.Task[None] | None = None
        self._diff = ReportDiff()
        self._problems = ProblemReporter(send, self._report_failure)
        self._is_report_due = False
        self._report_task: asyncio.Task[None] | None = None
        LONG_TEXTS.hold(self)

    def update(self, message: panel_messages.Update) -> None:
        """Take the notebook's current state, and report on it soon.

        Raises ProtocolError, and then changes nothing.
        """
        self._shown.check(message)
        self._kernel.note_runs()
        before = self._shown.order
        self._shown.update(message)
        self._in_flight.update(message.in_flight, message.ended_at)
        if self._kernel.follow(message, self._shown.order):
            self._in_flight.forget_ended()
        elif self._kernel.link is not None:
            self._kernel.link.check_modules(after=FILES_SECONDS)
        self._kernel.note_cells(before, self._shown, message)
        self._schedule_report()

    async def plan(self, request: panel_messages.PlanRequest) -> panel_messages.Planned:
        """A plan for the notebook's current state; raises MalformedMessage for an unknown cell."""
        check_targets(request.targets or (), self._shown.cells.keys())
        if self._kernel.link is not None:
            await wait_until_watched(self._kernel.link)
        assessment, plan = await self._assess_and(lambda it: it.plan(request.targets, request.mode))
        generation = assessment.kernel().generation
        return panel_messages.Planned(request.request_id, generation, plan.steps, plan.unresolved)

    def close(self) -> None:
        """Stop reporting; safe to call twice."""
        self._kernel.leave()
        self._problems.close()
        self._unstarted.close()
        LONG_TEXTS.release(self)
        for task in (self._report_task, self._module_request):
            if task is not None:
                task.cancel()

    def _schedule_report(self) -> None:
        """Report soon; changes that happen while a report is made or sent go into the next one."""
        self._is_report_due = True
        if self._report_task is None or self._report_task.done():
            self._report_task = asyncio.get_running_loop().create_task(self._report_changes())

    async def _report_changes(self) -> None:
        while self._is_report_due:
            self._is_report_due = False
            try:
                if self._shown.is_complete:
                    await self._report()
            except Exception as error:  # noqa: BLE001 - logged, and told to the panel
                await self._report_failure(error)

    async def _report(self) -> None:
        if self._kernel.link is not None:
            await wait_for_first_answer(self._kernel.link)
            await self._wait_for_first_modules(self._kernel.link)
        revision = self._shown.revision
        make_report = partial(self._diff.report, revision)
        assessment, report = await self._assess_and(make_report)
        if report is not None:
            await self._send(report)
        for details_of in (self._diff.name_details, self._diff.forecast_details):
            if self._shown.in_full and not self._is_report_due:
                details = await run_in_worker_thread(details_of, assessment)
                if details is not None:
                    await self._send(details)
        self._failure = None
        if not self._is_report_due:
            forecast = self._diff.forecast if self._shown.in_full else None
            self._problems.report(ProblemRequest(revision, assessment, forecast))

    async def _wait_for_first_modules(self, link: KernelLink) -> None:
        """Wait until a kernel that was not asked before has told of the notebook's modules. Without
        the wait a cell that imports what is not installed would be ready, and blocked a moment
        later.
        """
        was_asked = self._requested is not None and self._requested[0] is link
        if was_asked or link.view.as_of is None:
            return
        await self._assess_and(lambda _: None)  # asks for them
        if self._module_request is not None:
            await asyncio.wait({self._module_request}, timeout=MODULES_SECONDS)

    async def _report_failure(self, error: Exception) -> None:
        """Tell the panel that there is no report, and begin anew with the next change."""
        self._diff, self._requested = ReportDiff(), None
        self._last.forget()
        if repr(error) != self._failure:
            self._failure = repr(error)
            self._log.error("The notebook could not be judged.", exc_info=error)
        await self._send(
            panel_messages.Refused("$", text_of_refusal(FAILED, self._shown.language), None)
        )

    async def _assess_and(self, use: Callable[[Assessment], T]) -> tuple[Assessment, T]:
        """The assessment of the present state, and what `use` makes of it in a worker thread."""
        kernel, shown = self._kernel, self._shown
        view = None if kernel.link is None else kernel.link.view
        runs = () if view is None else view.namespace.runs.values()
        await LONG_TEXTS.read(shown.cells.values(), dialect_of(view, self._magics), runs)
        cells = shown.in_order
        in_flight = self._in_flight.for_link(kernel.link)
        view = self._unstarted.seen(kernel.view, in_flight)
        reading = self._last.reading(view)
        clients = clients_of(
            kernel.link,
            kernel.history,
            shown.order,
            in_flight,
            shown.not_code,
            shown.deleted_queued,
        )
        assessment, used = await self._last.next(cells, view, reading, clients, use, shown.language)
        self._request_modules()
        return assessment, used

    def _request_modules(self) -> None:
        """Ask the kernel for the notebook's modules; its answer is a change, which is reported."""
        link = self._kernel.link
        if link is None:
            return
        questions = module_questions(self._last.graph, link)
        if (link, questions) == self._requested:
            return
        self._requested = link, questions
        if self._module_request is not None:
            self._module_request.cancel()
        request = link.find_modules(*questions)
        self._module_request = asyncio.get_running_loop().create_task(request)
