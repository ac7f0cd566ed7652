"""How do code scanners such as GitHub's read findings? As SARIF 2.1.0."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path
from urllib.parse import quote

from sarif_pydantic import (
    ArtifactLocation,
    Level,
    Location,
    LogicalLocation,
    Message,
    PhysicalLocation,
    Region,
    ReportingDescriptor,
    Result,
    Run,
    Sarif,
    Tool,
    ToolDriver,
)

from jupyter_namespace_viz.cli.check.checker import CheckedNotebook
from jupyter_namespace_viz.cli.check.formats.sentences import description, location
from jupyter_namespace_viz.cli.notebooks.notebook_file import UnreadableNotebook
from jupyter_namespace_viz.cli.notebooks.source_lines import file_lines
from jupyter_namespace_viz.core.forecast.findings import Finding
from jupyter_namespace_viz.core.vocabulary import FindingStatus

_RULES: dict[FindingStatus, tuple[str, str]] = {
    "missing": (
        "A name is missing when its cell runs",
        "When all cells run from top to bottom in a new kernel, this cell reads a name that "
        "nothing has defined by then: no cell defines it, only a cell further down does, or a cell "
        "above has deleted it. Python raises NameError. Define or import the name above the cell.",
    ),
    "not_installed": (
        "A module is not installed",
        "The cell imports a module that the environment of the notebook's kernel does not have. "
        "Python raises ModuleNotFoundError. Install the package into that environment, or name "
        "the environment that the notebook is meant for with --python.",
    ),
    "clobbered": (
        "A file beside the notebook is imported instead of an installed module",
        "A Jupyter kernel looks for modules in the notebook's folder before it looks among the "
        "installed packages. Python raises AttributeError or ImportError for what only the "
        "installed module has. Rename the file, unless it is meant.",
    ),
    "syntax_error": (
        "The text of a cell is no Python",
        "Python raises SyntaxError before anything of the cell has run. Correct the text, or make "
        "it a text cell.",
    ),
}
_UNREADABLE = (
    "A file could not be read as a notebook",
    "The file is no notebook, it is damaged, or it is too large. Nothing is known about its cells.",
)
_INDEXES = {status: index for index, status in enumerate(_RULES)}


def lines(notebooks: Iterable[CheckedNotebook | UnreadableNotebook]) -> Iterator[str]:
    """One log of one run, once all notebooks are checked."""
    driver = ToolDriver(
        name="jupyter-namespace-viz", version=version("jupyter_namespace_viz"), rules=_rules()
    )
    results = [
        result
        for notebook in notebooks
        for result in (
            [_unreadable(notebook)]
            if isinstance(notebook, UnreadableNotebook)
            else _results(notebook)
        )
    ]
    log = Sarif(runs=[Run(tool=Tool(driver=driver), results=results)])
    yield log.model_dump_json(by_alias=True, exclude_none=True, indent=1)


def _rules() -> list[ReportingDescriptor]:
    return [
        ReportingDescriptor(
            id=status, short_description=Message(text=title), help=Message(text=help_text)
        )
        for status, (title, help_text) in (*_RULES.items(), ("unreadable", _UNREADABLE))
    ]


def _unreadable(notebook: UnreadableNotebook) -> Result:
    artifact = ArtifactLocation(uri=_uri(notebook.path))
    return Result(
        rule_id="unreadable",
        rule_index=len(_RULES),
        level=Level.ERROR,
        message=Message(text=notebook.reason),
        locations=[Location(physical_location=PhysicalLocation(artifact_location=artifact))],
    )


def _results(notebook: CheckedNotebook) -> Iterator[Result]:
    in_file = file_lines(notebook.path)
    for finding in notebook.independent_findings:
        line = in_file.line_of(notebook.location_of(finding).index, finding.line)
        yield Result(
            rule_id=finding.status,
            rule_index=_INDEXES[finding.status],
            level=Level.ERROR if finding.certain else Level.WARNING,
            message=Message(text=f"{location(notebook, finding)}: {description(finding)}"),
            locations=[_location(notebook, finding, line)],
        )


def _location(notebook: CheckedNotebook, finding: Finding, line: int) -> Location:
    return Location(
        physical_location=PhysicalLocation(
            artifact_location=ArtifactLocation(uri=_uri(notebook.path)),
            region=Region(start_line=line),
        ),
        logical_locations=[LogicalLocation(name=f"cell {notebook.location_of(finding).number}")],
    )


def _uri(path: Path) -> str:
    """Relative to the current folder, which usually is that of the repository, if it can be."""
    absolute, here = Path(os.path.abspath(path)), Path.cwd()
    if absolute.is_relative_to(here):
        return quote(absolute.relative_to(here).as_posix())
    return absolute.as_uri()
