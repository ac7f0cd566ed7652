"""What would running a notebook from top to bottom raise, and in which cells?"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from jupyter_namespace_viz.cli.notebooks.notebook_file import is_python
from jupyter_namespace_viz.cli.notebooks.reader import ReadNotebook, forget_star_names
from jupyter_namespace_viz.core.analysis.builtin_names import BUILTINS
from jupyter_namespace_viz.core.forecast.findings import Finding
from jupyter_namespace_viz.core.forecast.import_failures import Shadow
from jupyter_namespace_viz.core.forecast.restart_and_run_all import forecast
from jupyter_namespace_viz.core.imports.failing_imports import ImportLookup, nothing_fails
from jupyter_namespace_viz.core.vocabulary import FindingStatus
from jupyter_namespace_viz.environment.import_failures import EnvironmentImports
from jupyter_namespace_viz.environment.shadows import shadow_beside

KINDS: tuple[FindingStatus, ...] = ("missing", "not_installed", "clobbered", "syntax_error")
"""The kinds of findings."""


@dataclass(frozen=True, slots=True)
class CellLocation:
    """Where a cell is in its file: `number` counts code cells from 1, as messages do; `index`
    counts all cells from 0; `id` is the file's own."""

    number: int
    index: int
    id: str | None


@dataclass(frozen=True, slots=True)
class CheckedNotebook:
    """The findings in a notebook; `locations` has their cells by id.

    A notebook in another language than Python has no findings. `unknown_kernel` is the name of its
    kernel where that is not installed here, so that its modules are not known. `piped` is the text
    of a notebook that came through a pipe.
    """

    path: Path
    language: str
    findings: tuple[Finding, ...] = ()
    locations: dict[str, CellLocation] = field(default_factory=dict)
    unknown_kernel: str | None = None
    piped: str | None = None

    @property
    def is_python(self) -> bool:
        """Whether there was anything to check."""
        return is_python(self.language)

    @property
    def independent_findings(self) -> tuple[Finding, ...]:
        """Those that are no consequences of others: mending these mends all."""
        return tuple(finding for finding in self.findings if not finding.is_consequence)

    def location_of(self, finding: Finding) -> CellLocation:
        """The cell that would raise."""
        return self.locations[finding.cell_id]


_imports = cache(EnvironmentImports)  # shared by the notebooks of a folder


def forget_modules() -> None:
    """Look for modules again: in a process that goes on, some may be installed meanwhile."""
    _imports.cache_clear()
    forget_star_names()


def check_notebook(read: ReadNotebook, kinds: Collection[str] = KINDS) -> CheckedNotebook:
    """What running all cells in order in a new kernel would raise, of these kinds; but for errors
    that are expected."""
    file = read.file
    if not file.is_python:
        return CheckedNotebook(file.path, file.language)

    python = read.python
    import_failure: ImportLookup = nothing_fails
    if python is not None:
        import_failure = _imports(read.paths, str(read.folder), read.kernel)

    def shadow_of(module: str) -> Shadow | None:
        return shadow_beside(read.folder, module, read.paths)

    found = forecast(
        read.graph,
        import_failure,
        None if python is None else python.executable,
        shadow_of,
        file.language_version,
        BUILTINS if python is None else python.builtins,
        None if python is None else python.target.grammar,
    )
    findings = tuple(
        # The run goes on after an expected error: what follows from it is the first to end the run.
        replace(it, is_consequence=False) if it.provider in file.may_raise else it
        for it in found
        if it.status in kinds and it.cell_id not in file.may_raise
    )
    locations = {}
    for cell_id in {finding.cell_id for finding in findings}:
        index = read.graph.index_of[cell_id]
        locations[cell_id] = CellLocation(index + 1, file.indexes[index], file.ids[index])
    return CheckedNotebook(
        file.path, file.language, findings, locations, read.unknown_kernel, file.piped
    )
