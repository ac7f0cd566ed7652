"""What would Restart & Run All raise? (`jupyter namespace-viz check`)"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from jupyter_namespace_viz.cli.reading import ReadNotebook
from jupyter_namespace_viz.core.forecast import Finding, forecast
from jupyter_namespace_viz.core.verdicts import NameStatus
from jupyter_namespace_viz.environment.modules import is_in_environment

_STATUS: dict[str, NameStatus] = {"NameError": "missing", "ModuleNotFoundError": "not_installed"}


@dataclass(frozen=True, slots=True)
class CheckedNotebook:
    """A notebook and what was found in it; other languages than Python are left alone."""

    read: ReadNotebook
    findings: tuple[Finding, ...]

    @property
    def is_python(self) -> bool:
        """Whether there was anything to check."""
        return "python" in self.read.file.language

    def cell_number(self, finding: Finding) -> int:
        """The cell as messages count them: code cells, from 1."""
        return self.read.graph.positions[finding.cell_id] + 1


def check_notebook(read: ReadNotebook) -> CheckedNotebook:
    """What running all its cells in order in a new kernel would raise."""
    checked = CheckedNotebook(read, ())
    if not checked.is_python:
        return checked

    def is_installed(module: str) -> bool:
        return is_in_environment(module, read.paths)

    return CheckedNotebook(read, tuple(forecast(read.graph, is_installed, read.python)))


def as_text(checked: CheckedNotebook) -> Iterator[str]:
    """`path: cell 3, line 2: NameError: …`, a line a finding."""
    if not checked.is_python:
        yield f"{checked.read.file.path}: not checked, its language is {checked.read.file.language}"
    for finding in checked.findings:
        yield f"{checked.read.file.path}: {_where(checked, finding)}: {_told(finding)}"


def as_json(notebooks: Iterable[CheckedNotebook]) -> str:
    """One JSON object for all notebooks."""
    return json.dumps({"notebooks": [_notebook(checked) for checked in notebooks]})


def as_github(checked: CheckedNotebook) -> Iterator[str]:
    """Workflow commands, which GitHub shows on the files of a pull request."""
    for finding in checked.findings:
        level = "error" if finding.certain else "warning"
        file = _escaped(str(checked.read.file.path), also=":,")
        text = _escaped(f"{_where(checked, finding)}: {_told(finding)}")
        yield f"::{level} file={file},title={finding.error}::{text}"


def _where(checked: CheckedNotebook, finding: Finding) -> str:
    line = "" if finding.line is None else f", line {finding.line}"
    return f"cell {checked.cell_number(finding)}{line}"


def _told(finding: Finding) -> str:
    might = "" if finding.certain else "might be a "
    return f"{might}{finding.error}: {finding.message}"


def _escaped(text: str, also: str = "") -> str:
    for character in "%\r\n" + also:
        text = text.replace(character, f"%{ord(character):02X}")
    return text


def _notebook(checked: CheckedNotebook) -> dict[str, Any]:
    file = checked.read.file
    return {
        "path": str(file.path),
        "language": file.language,
        "findings": [_finding(checked, finding) for finding in checked.findings],
    }


def _finding(checked: CheckedNotebook, finding: Finding) -> dict[str, Any]:
    position = checked.read.graph.positions[finding.cell_id]
    return {
        "index": int(finding.cell_id),
        "id": checked.read.file.ids[position],
        "name": finding.name,
        "status": _STATUS.get(finding.error, "syntax_error"),
        "reason": finding.reason,
        "certain": finding.certain,
        "provider": None if finding.provider is None else int(finding.provider),
        "message": finding.message,
        "line": finding.line,
    }
