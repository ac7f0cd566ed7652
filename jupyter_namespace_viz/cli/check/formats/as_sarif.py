"""How do code scanners such as GitHub's read findings? As SARIF 2.1.0."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from importlib.metadata import metadata, version
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jupyter_namespace_viz.cli.check.checker import CheckedNotebook
from jupyter_namespace_viz.cli.check.formats.sentences import description, location
from jupyter_namespace_viz.cli.notebooks.notebook_file import UnreadableNotebook
from jupyter_namespace_viz.cli.notebooks.source_lines import Place, file_lines
from jupyter_namespace_viz.core.forecast.findings import Finding
from jupyter_namespace_viz.core.vocabulary import FindingStatus

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_RULES: dict[FindingStatus, tuple[str, str, str]] = {
    "missing": (
        "A name is missing when its cell runs",
        "When all cells run from top to bottom in a new kernel, this cell reads a name that "
        "nothing has defined by then: no cell defines it, only a cell further down does, or a cell "
        "above has deleted it. Python raises NameError.",
        "Define or import the name above the cell.",
    ),
    "not_installed": (
        "A module is not installed",
        "The cell imports a module that the environment of the notebook's kernel does not have. "
        "Python raises ModuleNotFoundError.",
        "Install the package into that environment, or name the environment that the notebook is "
        "meant for with --python.",
    ),
    "clobbered": (
        "A file beside the notebook is imported instead of an installed module",
        "A Jupyter kernel looks for modules in the notebook's folder before it looks among the "
        "installed packages. Python raises AttributeError or ImportError for what only the "
        "installed module has.",
        "Rename the file, unless it is meant.",
    ),
    "syntax_error": (
        "The text of a cell is no Python",
        "Python raises SyntaxError before anything of the cell has run.",
        "Correct the text, or make it a text cell.",
    ),
}
_UNREADABLE = (
    "A file could not be read as a notebook",
    "The file is no notebook, it is damaged, or it is too large. Nothing is known about its cells.",
    "",
)
_INDEXES = {status: index for index, status in enumerate((*_RULES, "unreadable"))}


def lines(notebooks: Iterable[CheckedNotebook | UnreadableNotebook]) -> Iterator[str]:
    """One log of one run, once all notebooks are checked."""
    results: list[dict[str, Any]] = []
    notifications: list[dict[str, Any]] = []
    for notebook in notebooks:
        if isinstance(notebook, UnreadableNotebook):
            results.append(_unreadable(notebook))
            notifications.append(_notification(notebook))
        else:
            results += _results(notebook)
    invocation = {
        "executionSuccessful": not notifications,
        "toolExecutionNotifications": notifications,
    }
    run = {
        "tool": {"driver": _driver()},
        "columnKind": "unicodeCodePoints",
        "invocations": [invocation],
        "results": results,
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    yield json.dumps(log, indent=1)


def _driver() -> dict[str, Any]:
    driver: dict[str, Any] = {"name": "jupyter-namespace-viz"}
    driver["version"] = version("jupyter_namespace_viz")
    homepage = _homepage()
    if homepage is not None:
        driver["informationUri"] = homepage
    driver["rules"] = [
        {
            "id": status,
            "shortDescription": {"text": title},
            "fullDescription": {"text": what},
            "help": {"text": f"{what} {remedy}".rstrip()},
        }
        for status, (title, what, remedy) in (*_RULES.items(), ("unreadable", _UNREADABLE))
    ]
    return driver


def _homepage() -> str | None:
    """What our distribution names, if it names one."""
    for entry in metadata("jupyter_namespace_viz").get_all("Project-URL") or ():
        label, _, url = entry.partition(",")
        if label.strip().lower() == "homepage":
            return str(url.strip())
    return None


def _unreadable(notebook: UnreadableNotebook) -> dict[str, Any]:
    return {
        "ruleId": "unreadable",
        "ruleIndex": _INDEXES["unreadable"],
        "level": "error",
        "message": {"text": notebook.reason},
        "locations": [_file(notebook.path)],
    }


def _notification(notebook: UnreadableNotebook) -> dict[str, Any]:
    return {
        "level": "error",
        "message": {"text": str(notebook)},
        "locations": [_file(notebook.path)],
    }


def _results(notebook: CheckedNotebook) -> Iterator[dict[str, Any]]:
    in_file = file_lines(notebook.path, notebook.piped)
    for finding in notebook.independent_findings:
        place = in_file.place_of(notebook.location_of(finding).index, finding.line, finding.name)
        yield {
            "ruleId": finding.status,
            "ruleIndex": _INDEXES[finding.status],
            "level": "error" if finding.certain else "warning",
            "message": {"text": f"{location(notebook, finding)}: {description(finding)}"},
            "locations": [_location(notebook, finding, place)],
        }


def _location(notebook: CheckedNotebook, finding: Finding, place: Place) -> dict[str, Any]:
    region = {"startLine": place.line}
    if place.column is not None and place.end_column is not None:
        region |= {"startColumn": place.column, "endColumn": place.end_column}
    found = _file(notebook.path)
    found["physicalLocation"]["region"] = region
    found["logicalLocations"] = [{"name": f"cell {notebook.location_of(finding).number}"}]
    return found


def _file(path: Path) -> dict[str, Any]:
    return {"physicalLocation": {"artifactLocation": {"uri": _uri(path)}}}


def _uri(path: Path) -> str:
    """Relative to the current folder, which usually is that of the repository, if it can be."""
    absolute, here = Path(os.path.abspath(path)), Path.cwd()
    if absolute.is_relative_to(here):
        return quote(absolute.relative_to(here).as_posix())
    return absolute.as_uri()
