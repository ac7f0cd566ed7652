"""What would running a notebook from top to bottom raise, and in which of its cells?"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from jupyter_namespace_viz.cli.notebooks.notebook_file import is_python
from jupyter_namespace_viz.cli.notebooks.reader import ReadNotebook
from jupyter_namespace_viz.core.forecast.findings import Finding
from jupyter_namespace_viz.core.forecast.import_failures import Shadow
from jupyter_namespace_viz.core.forecast.restart_and_run_all import forecast
from jupyter_namespace_viz.environment.interpreters import built_in_modules
from jupyter_namespace_viz.environment.module_files import is_in_environment
from jupyter_namespace_viz.environment.shadows import shadow_beside


@dataclass(frozen=True, slots=True)
class CellPlace:
    """How a cell is found again: `number` is how messages count it, code cells from 1; `index`
    is its place among all cells of the file, from 0; `id` is the file's own."""

    number: int
    index: int
    id: str | None


@dataclass(frozen=True, slots=True)
class CheckedNotebook:
    """What was found in a notebook; `places` has the cells of the findings, by their ids.

    Other languages than Python are left alone.
    """

    path: Path
    language: str
    findings: tuple[Finding, ...] = ()
    places: dict[str, CellPlace] = field(default_factory=dict)

    @property
    def is_python(self) -> bool:
        """Whether there was anything to check."""
        return is_python(self.language)

    def place_of(self, finding: Finding) -> CellPlace:
        """The cell that would raise."""
        return self.places[finding.cell_id]


def check_notebook(read: ReadNotebook) -> CheckedNotebook:
    """What running all its cells in order in a new kernel would raise."""
    file = read.file
    if not file.is_python:
        return CheckedNotebook(file.path, file.language)

    def is_installed(module: str) -> bool:
        return is_in_environment(module, read.paths, built_in_modules(read.python))

    def shadow_of(module: str) -> Shadow | None:
        return shadow_beside(read.folder, module, read.paths)

    findings = tuple(
        forecast(read.graph, is_installed, read.python, shadow_of, file.language_version)
    )
    places = {}
    for cell_id in {finding.cell_id for finding in findings}:
        position = read.graph.index_of[cell_id]
        places[cell_id] = CellPlace(position + 1, file.indexes[position], file.ids[position])
    return CheckedNotebook(file.path, file.language, findings, places)
