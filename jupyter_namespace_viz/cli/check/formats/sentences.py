"""How is a finding described in words? All formats for people share these."""

from __future__ import annotations

from jupyter_namespace_viz.cli.check.checker import CheckedNotebook
from jupyter_namespace_viz.core.forecast.findings import Finding


def location(notebook: CheckedNotebook, finding: Finding) -> str:
    """`cell 3, line 2`"""
    line = "" if finding.line is None else f", line {finding.line}"
    return f"cell {notebook.location_of(finding).number}{line}"


def description(finding: Finding) -> str:
    """`NameError: …`, or `might be a NameError: …`"""
    text = f"{error_label(finding)}: {finding.message}"
    return text.encode("utf-8", "replace").decode()  # the text of a cell need not be valid UTF-8


def error_label(finding: Finding) -> str:
    """`NameError`, or `might be a NameError`"""
    if finding.certain:
        return finding.error
    article = "an" if finding.error[0] in "AEIOU" else "a"
    return f"might be {article} {finding.error}"
