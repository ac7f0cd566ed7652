"""How do people read it in a terminal? `path: cell 3, line 2: NameError: …`, a line a finding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from click import style

from jupyter_namespace_viz.cli.check.checker import CheckedNotebook
from jupyter_namespace_viz.cli.check.formats.sentences import kind, where


def lines(notebooks: Iterable[CheckedNotebook]) -> Iterator[str]:
    """A line a finding, and one for a notebook of another language.

    Coloured: click removes that where no terminal reads it.
    """
    for notebook in notebooks:
        if not notebook.is_python:
            yield f"{notebook.path}: not checked, its language is {notebook.language}"
        for finding in notebook.findings:
            colour = "red" if finding.certain else "yellow"
            place = f"{style(str(notebook.path), bold=True)}: {where(notebook, finding)}"
            yield f"{place}: {style(kind(finding), fg=colour)}: {finding.message}"
