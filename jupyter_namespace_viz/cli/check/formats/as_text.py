"""How do people read findings in a terminal? As lines: `path: cell 3, line 2: NameError: …`"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from click import style

from jupyter_namespace_viz.cli.check.checker import CheckedNotebook
from jupyter_namespace_viz.cli.check.formats.sentences import error_label, location
from jupyter_namespace_viz.cli.notebooks.notebook_file import UnreadableNotebook
from jupyter_namespace_viz.cli.notebooks.paths import shown


def lines(notebooks: Iterable[CheckedNotebook | UnreadableNotebook]) -> Iterator[str]:
    """A line per finding, and a line per notebook in another language.

    The lines are coloured; click removes the colours where the output is not a terminal. Files
    that could not be read are named on standard error.
    """
    for notebook in notebooks:
        if isinstance(notebook, UnreadableNotebook):
            continue
        if not notebook.is_python:
            yield f"{shown(notebook.path)}: not checked, its language is {notebook.language}"
        for finding in notebook.independent_findings:
            colour = "red" if finding.certain else "yellow"
            where = f"{style(shown(notebook.path), bold=True)}: {location(notebook, finding)}"
            yield f"{where}: {style(error_label(finding), fg=colour)}: {finding.message}"
