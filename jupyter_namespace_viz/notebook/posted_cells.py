"""What is the assessment of cells that a program posts once?"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from jupyter_namespace_viz.core.graph.dependency_graph import EMPTY_GRAPH
from jupyter_namespace_viz.core.kernel_state.notebooks import NotebookHistory
from jupyter_namespace_viz.core.syntax.known_magics import Magics
from jupyter_namespace_viz.core.verdicts.context import NotebookClients
from jupyter_namespace_viz.kernel.link_registry import LinkRegistry
from jupyter_namespace_viz.notebook.assessment import Assessment, assess
from jupyter_namespace_viz.notebook.cell_texts import cell_of
from jupyter_namespace_viz.notebook.clients import clients_of, view_without_panel
from jupyter_namespace_viz.notebook.kernel_waits import wait_for_first_answer
from jupyter_namespace_viz.notebook.module_questions import judged_with_answers
from jupyter_namespace_viz.notebook.reading.long_texts import LONG_TEXTS
from jupyter_namespace_viz.notebook.reading.reading_context import (
    NO_KERNEL_CONTEXT,
    reading_context_of,
)
from jupyter_namespace_viz.notebook.threads import run_in_worker_thread
from jupyter_namespace_viz.protocol import reports


async def assess_once(
    links: LinkRegistry,
    kernel_id: str | None,
    cells: Sequence[reports.CellText],
    magics: Magics,
    in_flight: Sequence[str] = (),
    not_code: Collection[str] = (),
) -> Assessment:
    """The assessment of the cells of one REST request; raises UnknownKernel."""
    texts = [cell_of(text) for text in cells]
    link = None if kernel_id is None else links.link_to(kernel_id)
    if link is not None:
        await wait_for_first_answer(link)

    async def assess_now() -> Assessment:
        view, clients = None, NotebookClients(tuple(in_flight))
        if link is not None:
            ids = [cell.id for cell in cells]
            history = link.notebooks.find(None, ids) or NotebookHistory()
            view = view_without_panel(link, history, texts)
            clients = clients_of(link, history, ids, clients.in_flight, frozenset(not_code))
        reading = reading_context_of(view, magics, NO_KERNEL_CONTEXT)
        runs = () if view is None else view.namespace.runs.values()
        await LONG_TEXTS.read(texts, reading.dialect, runs)
        return await run_in_worker_thread(assess, EMPTY_GRAPH, texts, view, reading, clients)

    return await (assess_now() if link is None else judged_with_answers(link, assess_now))
