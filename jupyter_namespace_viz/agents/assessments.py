"""What is the assessment of a notebook now, soon after it was asked for before?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timezone
from functools import partial

from jupyter_namespace_viz.agents.errors import Unanswerable
from jupyter_namespace_viz.agents.open_notebooks import NotebookText, OpenNotebooks
from jupyter_namespace_viz.core.analysis.cell_names import Cell
from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph
from jupyter_namespace_viz.core.kernel_state.notebooks import NotebookHistory
from jupyter_namespace_viz.core.syntax.known_magics import Magics
from jupyter_namespace_viz.core.verdicts.context import NotebookClients
from jupyter_namespace_viz.kernel.errors import UnknownKernel
from jupyter_namespace_viz.kernel.link import KernelLink
from jupyter_namespace_viz.kernel.link_registry import LinkRegistry
from jupyter_namespace_viz.kernel.view import KernelView
from jupyter_namespace_viz.notebook.assessment import Assessment, assess
from jupyter_namespace_viz.notebook.cell_texts import check_cells
from jupyter_namespace_viz.notebook.clients import clients_of, own_view
from jupyter_namespace_viz.notebook.kernel_waits import wait_until_watched
from jupyter_namespace_viz.notebook.last_assessment import LastAssessment
from jupyter_namespace_viz.notebook.module_questions import (
    ModuleQuestions,
    judged_with_answers,
    module_questions,
)
from jupyter_namespace_viz.notebook.reading.long_texts import LONG_TEXTS
from jupyter_namespace_viz.notebook.reading.reading_context import (
    ReadingContext,
)
from jupyter_namespace_viz.protocol.errors import ProtocolError

MOST_NOTEBOOKS = 16
"""Notebooks whose last assessment is kept: the next one reads only the cells that changed."""


@dataclass(frozen=True, slots=True)
class Assessed:
    """A notebook and its assessment at the time `at`.

    `clients` and `reading` are what it was assessed with; `view` is that of the kernel, None where
    no kernel runs the notebook.
    """

    text: NotebookText
    view: KernelView | None
    reading: ReadingContext
    clients: NotebookClients
    assessment: Assessment
    at: datetime

    @property
    def graph(self) -> DependencyGraph:
        """The cells as they were read."""
        return self.assessment.graph

    def changed(self, cells: Sequence[Cell]) -> Assessment:
        """What the assessment would be with these cells. Slow: call it in a worker thread."""
        gone = {cell.id for cell in self.text.cells}.difference(cell.id for cell in cells)
        deleted = self.clients.deleted_cells | gone
        clients = replace(self.clients, deleted_cells=deleted)
        return assess(self.graph, cells, self.view, self.reading, clients, self.assessment)


@dataclass(slots=True)
class _Known:
    """What is kept of a notebook; `link` is None while it has no kernel. `history` is for as long
    as no panel has shown it."""

    last: LastAssessment
    link: KernelLink | None = None
    history: NotebookHistory = field(default_factory=NotebookHistory)


class Assessments:
    """The assessments of a server's notebooks. Cells are read and judged in a worker thread."""

    def __init__(
        self, notebooks: OpenNotebooks, links: LinkRegistry, max_cells: int, magics: Magics
    ) -> None:
        self._notebooks = notebooks
        self._links = links
        self._max_cells = max_cells
        self._magics = magics
        self._known: dict[str, _Known] = {}

    async def of(self, path: str) -> Assessed:
        """The assessment of the notebook with this path now; raises Unanswerable."""
        path = self._notebooks.path_of(path)
        text = await self._notebooks.text_of(path)
        try:
            check_cells([cell.id for cell in text.cells], self._max_cells, "cells")
        except ProtocolError as error:
            raise Unanswerable(str(error)) from error
        link = await self._link_of(path)
        known = self._known_of(path)
        if known.link is not link:
            known.link, known.history = link, NotebookHistory()
            known.last.assessment = None  # it was about another kernel
        assess_now = partial(self._assess, path, text, known)
        if link is None:
            return await assess_now()
        await wait_until_watched(link)
        return await judged_with_answers(link, assess_now, await _ask_again(known.last.graph, link))

    async def _link_of(self, path: str) -> KernelLink | None:
        kernel_id = await self._notebooks.kernel_of(path)
        try:
            return None if kernel_id is None else self._links.link_to(kernel_id)
        except UnknownKernel:  # it has ended in the meantime
            return None

    def _known_of(self, path: str) -> _Known:
        """What is kept of the notebook; the one that was asked about longest ago is forgotten."""
        known = self._known.pop(path, None) or _Known(LastAssessment(self._magics))
        self._known[path] = known
        if len(self._known) > MOST_NOTEBOOKS:
            del self._known[next(iter(self._known))]
        return known

    async def _assess(self, path: str, text: NotebookText, known: _Known) -> Assessed:
        link, cells = known.link, text.cells
        ids = [cell.id for cell in cells]
        history: NotebookHistory | None = None
        view: KernelView | None = None
        if link is not None:
            history = link.notebooks.find(path, ids) or known.history
            if not history.panels:
                history.show((), ids)
                history.untagged.show_saved({cell.id: cell.source for cell in cells})
                history.untagged.show_counts(text.counts)
            view = own_view(link, history)
        reading = known.last.reading(view)
        clients = clients_of(link, history, ids, (), text.not_code)
        runs = () if view is None else view.namespace.runs.values()
        await LONG_TEXTS.read(cells, reading.dialect, runs)
        assessment, _ = await known.last.next(cells, view, reading, clients, lambda _: None)
        now = datetime.now(timezone.utc)
        return Assessed(text, view, reading, clients, assessment, now)


async def _ask_again(graph: DependencyGraph, link: KernelLink) -> ModuleQuestions:
    """Ask the kernel again for what may have changed: files, and what a run that is only just over
    has done. Returns what it was asked for.
    """
    questions = module_questions(graph, link)
    if link.view.state == "busy":
        link.ask_again()  # which cell runs: a run reports itself only when it is over
    await link.find_modules(*questions)
    return questions
