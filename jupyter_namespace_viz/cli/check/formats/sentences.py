"""How does a finding read?"""

from __future__ import annotations

from jupyter_namespace_viz.cli.check.checker import CheckedNotebook
from jupyter_namespace_viz.core.forecast.findings import Finding


def where(notebook: CheckedNotebook, finding: Finding) -> str:
    """`cell 3, line 2`."""
    line = "" if finding.line is None else f", line {finding.line}"
    return f"cell {notebook.place_of(finding).number}{line}"


def told(finding: Finding) -> str:
    """`NameError: …`, with how sure that is."""
    return f"{kind(finding)}: {finding.message}"


def kind(finding: Finding) -> str:
    """`NameError`, or `might be a NameError`."""
    if finding.certain:
        return finding.error
    article = "an" if finding.error[0] in "AEIOU" else "a"
    return f"might be {article} {finding.error}"
