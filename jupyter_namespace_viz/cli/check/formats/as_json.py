"""How do the user's own programs read findings? As one JSON object for all notebooks."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from jupyter_namespace_viz.cli.check.checker import CheckedNotebook
from jupyter_namespace_viz.cli.notebooks.notebook_file import UnreadableNotebook, unreadable_as_json
from jupyter_namespace_viz.cli.notebooks.paths import shown
from jupyter_namespace_viz.cli.output import SCHEMA_VERSION
from jupyter_namespace_viz.core.forecast.findings import Finding


def lines(notebooks: Iterable[CheckedNotebook | UnreadableNotebook]) -> Iterator[str]:
    """One line, once all notebooks are checked."""
    checked, unreadable = [], []
    for notebook in notebooks:
        if isinstance(notebook, UnreadableNotebook):
            unreadable.append(notebook)
        else:
            checked.append(_notebook(notebook))
    yield json.dumps(
        {
            "schema_version": SCHEMA_VERSION,
            "notebooks": checked,
            "unreadable": unreadable_as_json(unreadable),
        }
    )


def _notebook(notebook: CheckedNotebook) -> dict[str, Any]:
    return {
        "path": shown(notebook.path),
        "language": notebook.language,
        "unknown_kernel": notebook.unknown_kernel,
        "findings": [_finding(notebook, finding) for finding in notebook.findings],
    }


def _finding(notebook: CheckedNotebook, finding: Finding) -> dict[str, Any]:
    location = notebook.location_of(finding)
    return {
        "index": location.index,
        "id": location.id,
        "name": finding.name,
        "status": finding.status,
        "reason": finding.reason,
        "certain": finding.certain,
        "provider": None if finding.provider is None else int(finding.provider),
        "message": finding.message,
        "line": finding.line,
        "is_consequence": finding.is_consequence,
    }
