"""When is what reported to the panel of one notebook?"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from operator import methodcaller
from typing import TypeVar

from jupyter_namespace_viz.core.analysis.cell_names import Cell
from jupyter_namespace_viz.core.graph.dependency_graph import EMPTY_GRAPH, DependencyGraph
from jupyter_namespace_viz.core.kernel_state.notebooks import NotebookHistory
from jupyter_namespace_viz.core.syntax.known_magics import Magics
from jupyter_namespace_viz.kernel.errors import UnknownKernel
from jupyter_namespace_viz.kernel.link import KernelLink
from jupyter_namespace_viz.kernel.link_registry import LinkRegistry
from jupyter_namespace_viz.notebook.assessment import Assessment, assess
from jupyter_namespace_viz.notebook.cell_texts import cell_of, check_targets, check_update
from jupyter_namespace_viz.notebook.clients import (
    CellsInFlight,
    ShownCells,
    UnstartedCells,
    clients_of,
    own_view,
)
from jupyter_namespace_viz.notebook.kernel_waits import wait_for_first_answer, wait_until_watched
from jupyter_namespace_viz.notebook.languages import FAILED, text_of_refusal
from jupyter_namespace_viz.notebook.module_questions import ModuleQuestions, module_questions
from jupyter_namespace_viz.notebook.problem_reporter import ProblemReporter, ProblemRequest
from jupyter_namespace_viz.notebook.reading.long_texts import LONG_TEXTS
from jupyter_namespace_viz.notebook.reading_context import (
    NO_KERNEL_CONTEXT,
    dialect_of,
    reading_context_of,
)
from jupyter_namespace_viz.notebook.report_diff import ReportDiff
from jupyter_namespace_viz.notebook.threads import run_in_worker_thread
from jupyter_namespace_viz.protocol import panel_messages

T = TypeVar("T")

FILES_SECONDS = 2.0
"""How long files are assumed to be unchanged while the user edits cells and runs none."""


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
        self._links = links
        self._max_cells = max_cells
        self._magics = magics
        self._send = send
        self._log = log
        self._failure: str | None = None
        self._cells: dict[str, Cell] = {}
        self._order: list[str] = []
        self._in_flight = CellsInFlight()
        later = asyncio.get_running_loop().call_later
        self._unstarted = UnstartedCells(later, self._schedule_report)
        self._not_code: frozenset[str] = frozenset()
        self._deleted_queued: dict[str, str] = {}
        self._history = NotebookHistory()
        self._shown: ShownCells | None = None
        self._counts: dict[str, int | None] = {}
        self._in_full = False
        self._language: str | None = None
        self._revision = 0
        self._kernel_id: str | None = None
        self._link: KernelLink | None = None
        self._unwatch: Callable[[], None] = _nothing
        self._is_open = False
        self._graph: DependencyGraph = EMPTY_GRAPH
        self._reading = NO_KERNEL_CONTEXT
        self._assessment: Assessment | None = None
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
        order = self._order if message.order is None else message.order
        check_update(order, message.changed, self._max_cells)
        known = set(order)
        if self._link is not None:
            own_view(self._link, self._history)  # what ran until now, ran what was shown until now
        code = self._deleted_queued | {cell.id: cell.source for cell in self._cells.values()}
        self._deleted_queued = {
            cell_id: code[cell_id]
            for cell_id in message.in_flight
            if cell_id in code and cell_id not in known
        }
        cells = {cell_id: cell for cell_id, cell in self._cells.items() if cell_id in known}
        cells.update((text.id, cell_of(text)) for text in message.changed)
        before = self._order
        self._in_flight.update(message.in_flight, message.ended_at)
        self._in_full = message.in_full
        self._language = message.language
        if message.not_code is not None:
            self._not_code = frozenset(message.not_code)
        self._cells, self._order, self._revision = cells, list(order), message.revision
        counts = self._counts | message.counts
        self._counts = {cell_id: counts[cell_id] for cell_id in counts if cell_id in known}
        if message.kernel_id != self._kernel_id or (message.kernel_id and self._link is None):
            self._use_kernel(message)
        elif self._link is not None:
            self._link.check_modules(after=FILES_SECONDS)
        self._update_history(before, message)
        self._schedule_report()

    async def plan(self, request: panel_messages.PlanRequest) -> panel_messages.Planned:
        """A plan for the notebook's current state; raises MalformedMessage for an unknown cell."""
        check_targets(request.targets or (), self._cells.keys())
        if self._link is not None:
            await wait_until_watched(self._link)
        make_plan = methodcaller("plan", request.targets, request.mode)
        assessment, plan = await self._assess_and(make_plan)
        generation = assessment.kernel().generation
        return panel_messages.Planned(request.request_id, generation, plan.steps, plan.unresolved)

    def close(self) -> None:
        """Stop reporting; safe to call twice."""
        self._leave()
        self._problems.close()
        self._unstarted.close()
        LONG_TEXTS.release(self)
        for task in (self._report_task, self._module_request):
            if task is not None:
                task.cancel()

    def _update_history(self, before: Sequence[str], message: panel_messages.Update) -> None:
        """Note which cells there are now, and who shows them."""
        if message.path is not None:
            self._history.path = message.path
        if message.client is not None:
            self._history.clients.add(message.client)
        if self._order != before or message.order is not None:
            self._history.show(before, self._order)
        if self._shown is not None and len(self._cells) == len(self._order):
            self._shown.show(self._cells.values(), message.in_flight, self._counts)

    def _use_kernel(self, message: panel_messages.Update) -> None:
        """Report on the kernel of the message from now on."""
        kernel_id = message.kernel_id
        self._leave()
        self._in_flight.forget_ended()
        self._link, self._kernel_id = None, kernel_id
        self._history = NotebookHistory()
        self._shown = ShownCells(self._history.untagged)
        if kernel_id is None:
            return
        try:
            self._link = self._links.link_to(kernel_id)
        except UnknownKernel:  # it has ended; the panel will send the id of another one
            return
        # A client that runs no cells, such as a terminal, is not another notebook on the kernel.
        notebooks = self._link.notebooks
        if message.client is None:
            known = notebooks.find(message.path, self._order)
            if known is not None:
                self._history, self._shown = known, None
        else:
            self._history = notebooks.open(message.path, self._order)
            self._shown = ShownCells(self._history.untagged)
            self._history.show((), self._order)
            self._is_open = True
        self._unwatch = self._link.watch(self._schedule_report)
        self._link.ask_again()  # a panel that was opened or refreshed must not show old facts

    def _leave(self) -> None:
        """Report no more on the kernel; safe to call twice."""
        self._unwatch()
        if self._shown is not None:
            self._shown.close()
        if self._is_open:
            self._history.panels -= 1
        self._unwatch, self._is_open = _nothing, False

    def _schedule_report(self) -> None:
        """Report soon; changes that happen while a report is made or sent go into the next one."""
        self._is_report_due = True
        if self._report_task is None or self._report_task.done():
            self._report_task = asyncio.get_running_loop().create_task(self._report_changes())

    async def _report_changes(self) -> None:
        while self._is_report_due:
            self._is_report_due = False
            if len(self._cells) < len(self._order):
                continue  # a large notebook arrives in several updates
            try:
                await self._report()
            except Exception as error:  # noqa: BLE001 - logged, and told to the panel
                await self._report_failure(error)

    async def _report(self) -> None:
        if self._link is not None:
            await wait_for_first_answer(self._link)
        revision = self._revision
        make_report = partial(self._diff.report, revision)
        assessment, report = await self._assess_and(make_report)
        if report is not None:
            await self._send(report)
        for details_of in (self._diff.name_details, self._diff.forecast_details):
            if self._in_full and not self._is_report_due:
                details = await run_in_worker_thread(details_of, assessment)
                if details is not None:
                    await self._send(details)
        self._failure = None
        if not self._is_report_due:
            forecast = self._diff.forecast if self._in_full else None
            self._problems.report(ProblemRequest(revision, assessment, forecast))

    async def _report_failure(self, error: Exception) -> None:
        """Tell the panel that there is no report, and begin anew with the next change."""
        self._diff, self._graph, self._assessment = ReportDiff(), EMPTY_GRAPH, None
        self._requested = None
        if repr(error) != self._failure:
            self._failure = repr(error)
            self._log.error("The notebook could not be judged.", exc_info=error)
        await self._send(panel_messages.Refused("$", text_of_refusal(FAILED, self._language), None))

    async def _assess_and(self, use: Callable[[Assessment], T]) -> tuple[Assessment, T]:
        """The assessment of the present state, and what `use` makes of it, by one worker thread:
        after a restart each return to the event loop waits while the kernel is started.
        """
        view = None if self._link is None else self._link.view
        runs = () if view is None else view.namespace.runs.values()
        await LONG_TEXTS.read(self._cells.values(), dialect_of(view, self._magics), runs)
        cells = [self._cells[cell_id] for cell_id in self._order if cell_id in self._cells]
        in_flight = self._in_flight.for_link(self._link)
        view = None if self._link is None else own_view(self._link, self._history)
        view = self._unstarted.seen(view, in_flight)
        reading = reading_context_of(view, self._magics, self._reading)
        clients = clients_of(
            self._link, self._history, self._order, in_flight, self._not_code, self._deleted_queued
        )

        def assess_and_use() -> tuple[Assessment, T]:
            assessment = assess(
                self._graph,
                cells,
                view,
                reading,
                clients,
                self._assessment,
                self._language,
                is_read_alike=reading is self._reading,
            )
            return assessment, use(assessment)

        assessment, used = await run_in_worker_thread(assess_and_use)
        # Set together, without an await: a plan may be made at the same time as a report.
        self._reading, self._graph, self._assessment = reading, assessment.graph, assessment
        self._request_modules()
        return assessment, used

    def _request_modules(self) -> None:
        """Ask the kernel for the notebook's modules; its answer is a change, which is reported."""
        if self._link is None:
            return
        questions = module_questions(self._graph, self._link)
        if (self._link, questions) == self._requested:
            return
        self._requested = self._link, questions
        if self._module_request is not None:
            self._module_request.cancel()
        request = self._link.find_modules(*questions)
        self._module_request = asyncio.get_running_loop().create_task(request)


def _nothing() -> None:
    """Ends a watch that was never started."""
