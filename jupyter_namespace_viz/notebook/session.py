"""What changed about one notebook since its panel was last told?"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress

from jupyter_namespace_viz.core.analysis.cell_names import Cell
from jupyter_namespace_viz.core.graph.dependency_graph import EMPTY_GRAPH, DependencyGraph
from jupyter_namespace_viz.core.kernel_state.module_answers import (
    modules_to_find,
    name_sources_to_find,
)
from jupyter_namespace_viz.core.syntax.known_magics import Magics
from jupyter_namespace_viz.core.verdicts.context import NO_CLIENTS, NotebookClients
from jupyter_namespace_viz.kernel.errors import UnknownKernel
from jupyter_namespace_viz.kernel.link import KernelLink
from jupyter_namespace_viz.kernel.link_registry import KernelLinks
from jupyter_namespace_viz.notebook.assessment import Assessment, assess
from jupyter_namespace_viz.notebook.reading_context import NOWHERE, reading_context_of
from jupyter_namespace_viz.notebook.report_diff import ReportDiff
from jupyter_namespace_viz.notebook.threads import run_in_worker_thread
from jupyter_namespace_viz.protocol import panel_messages, reports
from jupyter_namespace_viz.protocol.errors import MalformedMessage, OverLimit

FIRST_ANSWER_SECONDS = 2.0
"""How long a first report waits for a kernel that is being asked, rather than tell that nothing is
known and a moment later something else."""

PLAN_SECONDS = 10.0
"""How long a plan waits for that: one that is made of nothing would be wrong."""

FILES_SECONDS = 2.0
"""How long files are taken to be as they were while the user edits cells and runs none."""


class NotebookSession:
    """One panel's view of one notebook: `update` goes in, reports come out through `send`.

    A report is sent whenever something in it is not as it was last sent, and none is made before
    `send` is done with the last one. Reading and judging run in a thread, so that the kernels'
    messages never wait for it.
    """

    def __init__(
        self,
        links: KernelLinks,
        max_cells: int,
        magics: Magics,
        send: Callable[[panel_messages.ServerMessage], Awaitable[None]],
    ) -> None:
        self._links = links
        self._max_cells = max_cells
        self._magics = magics
        self._send = send
        self._cells: dict[str, Cell] = {}
        self._order: list[str] = []
        self._clients = NO_CLIENTS
        self._in_full = False
        self._revision = 0
        self._kernel_id: str | None = None
        self._link: KernelLink | None = None
        self._unwatch: Callable[[], None] = _nothing
        self._graph: DependencyGraph = EMPTY_GRAPH
        self._around = NOWHERE
        self._assessment: Assessment | None = None
        self._asked: tuple[KernelLink, frozenset[str], frozenset[str]] | None = None
        self._asking: asyncio.Task[None] | None = None
        self._told = ReportDiff()
        self._is_changed = False
        self._reporting: asyncio.Task[None] | None = None

    def update(self, message: panel_messages.Update) -> None:
        """Take what the notebook says now; raises ProtocolError and changes nothing else."""
        order = self._order if message.order is None else message.order
        check_cells(order, self._max_cells, "$.order")
        known = set(order)
        for place, text in enumerate(message.changed):
            if text.id not in known:
                raise MalformedMessage(
                    f"$.changed[{place}].id",
                    f"The cell {text.id!r} is not in the notebook's order.",
                )
        cells = {cell_id: cell for cell_id, cell in self._cells.items() if cell_id in known}
        cells.update((text.id, cell_of(text)) for text in message.changed)
        deleted = (self._clients.deleted_cells | self._cells.keys()) - known
        sessions = frozenset() if message.client is None else frozenset([message.client])
        self._clients = NotebookClients(tuple(message.in_flight), deleted, sessions)
        self._in_full = message.in_full
        self._cells, self._order, self._revision = cells, list(order), message.revision
        if message.kernel_id != self._kernel_id or (message.kernel_id and self._link is None):
            self._follow(message.kernel_id)
        elif self._link is not None:
            self._link.look_at_modules(after=FILES_SECONDS)
        self._note_change()

    async def plan(self, request: panel_messages.PlanRequest) -> panel_messages.Planned:
        """A plan for what the notebook says now; raises MalformedMessage for an unknown cell."""
        if request.target is not None and request.target not in self._cells:
            raise MalformedMessage("$.target", f"There is no cell {request.target!r}.")
        if self._link is not None:
            await first_answer(self._link, PLAN_SECONDS)
        assessment = await self._assess()
        plan = await run_in_worker_thread(assessment.plan, request.target, request.mode)
        generation = assessment.kernel().generation
        return panel_messages.Planned(request.request_id, generation, plan.steps, plan.unresolved)

    def close(self) -> None:
        """Stop reporting; safe to call twice."""
        self._unwatch()
        for task in (self._reporting, self._asking):
            if task is not None:
                task.cancel()

    def _follow(self, kernel_id: str | None) -> None:
        """From now on report against this kernel."""
        self._unwatch()
        self._unwatch, self._link, self._kernel_id = _nothing, None, kernel_id
        if kernel_id is None:
            return
        try:
            self._link = self._links.link_to(kernel_id)
        except UnknownKernel:  # it ended meanwhile; the panel will name another
            return
        self._unwatch = self._link.watch(self._note_change)
        self._link.ask_again()  # a panel that is opened, or refreshed, shall not show old news

    def _note_change(self) -> None:
        """Report soon; changes that come while a report is made or sent go into the next one."""
        self._is_changed = True
        if self._reporting is None or self._reporting.done():
            self._reporting = asyncio.get_running_loop().create_task(self._report_changes())

    async def _report_changes(self) -> None:
        while self._is_changed:
            self._is_changed = False
            if len(self._cells) < len(self._order):
                continue  # a large notebook comes in several updates
            if self._link is not None:
                await first_answer(self._link)
            revision = self._revision
            assessment = await self._assess()
            report = await run_in_worker_thread(self._told.news, revision, assessment)
            if report is not None:
                await self._send(report)
            if self._in_full and not self._is_changed:
                details = await run_in_worker_thread(self._told.details, assessment)
                if details is not None:
                    await self._send(details)

    async def _assess(self) -> Assessment:
        cells = [self._cells[cell_id] for cell_id in self._order if cell_id in self._cells]
        view = None if self._link is None else self._link.view
        around = reading_context_of(view, self._magics, self._around)
        old = self._graph if around is self._around else EMPTY_GRAPH
        assessment = await run_in_worker_thread(
            assess, old, cells, view, around, self._clients, self._assessment
        )
        # All at once: a plan may have been asked for while a report is made.
        self._around, self._graph, self._assessment = around, assessment.graph, assessment
        self._ask_for_modules()
        return assessment

    def _ask_for_modules(self) -> None:
        """What the kernel's environment has comes as a change of its view, and so as a report."""
        if self._link is None:
            return
        asked = (self._link, modules_to_find(self._graph), name_sources_to_find(self._graph))
        if asked == self._asked:
            return
        self._asked = asked
        if self._asking is not None:
            self._asking.cancel()
        finding = self._link.find_modules(*asked[1:])
        self._asking = asyncio.get_running_loop().create_task(finding)


async def assess_once(
    links: KernelLinks,
    kernel_id: str | None,
    cells: Sequence[reports.CellText],
    magics: Magics,
    in_flight: Sequence[str] = (),
) -> Assessment:
    """The assessment of cells that were posted; raises UnknownKernel."""
    texts = [cell_of(text) for text in cells]
    link = None if kernel_id is None else links.link_to(kernel_id)
    if link is not None:
        await first_answer(link)

    async def assess_now() -> Assessment:
        view = None if link is None else link.view
        around = reading_context_of(view, magics, NOWHERE)
        clients = NotebookClients(tuple(in_flight))
        return await run_in_worker_thread(assess, EMPTY_GRAPH, texts, view, around, clients)

    assessment = await assess_now()
    if link is None:
        return assessment
    graph = assessment.graph
    await link.find_modules(modules_to_find(graph), name_sources_to_find(graph))
    return await assess_now()


async def first_answer(link: KernelLink, seconds: float = FIRST_ANSWER_SECONDS) -> None:
    """Wait, for a while, until it is known what the kernel holds or why that cannot be known."""
    settled = asyncio.Event()

    def look() -> None:
        if not link.view.is_first_answer_due:
            settled.set()

    look()
    if settled.is_set():
        return
    unwatch = link.watch(look)
    with suppress(asyncio.TimeoutError):
        await asyncio.wait_for(settled.wait(), seconds)
    unwatch()


def check_cells(ids: Sequence[str], max_cells: int, field: str) -> None:
    """Refuse too many cells (OverLimit), or two of one id (MalformedMessage)."""
    if len(ids) > max_cells:
        raise OverLimit(
            field, f"The notebook has {len(ids):,} code cells; the server takes {max_cells:,}."
        )
    if len(set(ids)) < len(ids):
        twice = next(one for place, one in enumerate(ids) if one in ids[:place])
        raise MalformedMessage(field, f"The cell id {twice!r} occurs twice.")


def cell_of(text: reports.CellText) -> Cell:
    """A cell as it came over the wire."""
    return Cell(text.id, text.source, text.has_result)


def _nothing() -> None:
    """What ends a watch that was never begun."""
