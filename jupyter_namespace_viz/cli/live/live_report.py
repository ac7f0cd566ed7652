"""What does the server report about a notebook at this moment?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from jupyter_namespace_viz.cli.live.kernels import FoundKernel
from jupyter_namespace_viz.cli.live.updates import cell_texts
from jupyter_namespace_viz.cli.notebooks.notebook_file import NotebookFile, read_notebook_file
from jupyter_namespace_viz.protocol import rest

MAX_ATTEMPTS = 5
"""How often a kernel that has not answered yet is asked about; the server waits 2 s each time."""


@dataclass(frozen=True, slots=True)
class LiveReport:
    """A notebook's file as it was last read, and the server's report on it."""

    file: NotebookFile
    report: rest.NotebookReport

    @property
    def is_blocked(self) -> bool:
        """Whether a cell has failed or would raise, other than those that wait for cells above."""
        return self.report.summary.failed + self.report.summary.blocked > 0

    @property
    def is_conclusive(self) -> bool:
        """Whether the content of the kernel's namespace is known; a dead kernel's is empty."""
        kernel = self.report.kernel
        return kernel.as_of is not None or kernel.state in {"starting", "dead", "not_python"}


Show = Callable[[LiveReport], None]
"""Shows one report; the next one may replace it."""


async def report_on(notebook: Path, kernel: FoundKernel) -> LiveReport:
    """The report at this moment; raises UnreadableNotebook or LiveError.

    A kernel that has just started is asked about until it answers, up to MAX_ATTEMPTS times.
    """
    file = read_notebook_file(notebook)
    cells = cell_texts(file)
    for _ in range(MAX_ATTEMPTS):
        report = await kernel.api.report(kernel.kernel_id, cells, list(file.other_ids))
        starts_first = report.kernel.state == "starting" and report.kernel.generation == 1
        if report.kernel.state != "connecting" and not starts_first:
            break  # the server waits for the first answer only: other states return at once
    return LiveReport(file, report)
