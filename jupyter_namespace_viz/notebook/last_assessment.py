"""What was assessed last, so that the next time only what changed is read and judged again?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from jupyter_namespace_viz.core.analysis.cell_names import Cell
from jupyter_namespace_viz.core.graph.dependency_graph import EMPTY_GRAPH, DependencyGraph
from jupyter_namespace_viz.core.syntax.known_magics import Magics
from jupyter_namespace_viz.core.verdicts.context import NotebookClients
from jupyter_namespace_viz.kernel.view import KernelView
from jupyter_namespace_viz.notebook.assessment import Assessment, assess
from jupyter_namespace_viz.notebook.reading.reading_context import (
    NO_KERNEL_CONTEXT,
    ReadingContext,
    reading_context_of,
)
from jupyter_namespace_viz.notebook.threads import run_in_worker_thread

T = TypeVar("T")


class LastAssessment:
    """The last assessment of one notebook, None before the first, and the graph and the reading
    context that it was made with.
    """

    def __init__(self, magics: Magics) -> None:
        self._magics = magics
        self.forget()

    def forget(self) -> None:
        """Begin anew: the next assessment reads and judges everything."""
        self.graph: DependencyGraph = EMPTY_GRAPH
        self.assessment: Assessment | None = None
        self._reading = NO_KERNEL_CONTEXT

    def reading(self, view: KernelView | None) -> ReadingContext:
        """How cells are to be read beside this kernel; the last one itself where that is equal."""
        return reading_context_of(view, self._magics, self._reading)

    async def next(
        self,
        cells: Sequence[Cell],
        view: KernelView | None,
        reading: ReadingContext,
        clients: NotebookClients,
        use: Callable[[Assessment], T],
        language: str | None = None,
    ) -> tuple[Assessment, T]:
        """The assessment of these cells, and what `use` makes of it, by one worker thread: after a
        restart each return to the event loop waits while the kernel is started.
        """

        def assess_and_use() -> tuple[Assessment, T]:
            assessment = assess(
                self.graph,
                cells,
                view,
                reading,
                clients,
                self.assessment,
                language,
                is_read_alike=reading is self._reading,
            )
            return assessment, use(assessment)

        assessment, used = await run_in_worker_thread(assess_and_use)
        # Set together, without an await: two assessments may be made at the same time.
        self._reading, self.graph, self.assessment = reading, assessment.graph, assessment
        return assessment, used
