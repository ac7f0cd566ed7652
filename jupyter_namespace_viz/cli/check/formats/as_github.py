"""How does GitHub show findings on the files of a pull request? As workflow commands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jupyter_namespace_viz.cli.check.checker import CheckedNotebook
from jupyter_namespace_viz.cli.check.formats.sentences import description, location
from jupyter_namespace_viz.cli.notebooks.notebook_file import UnreadableNotebook
from jupyter_namespace_viz.cli.notebooks.paths import shown
from jupyter_namespace_viz.cli.notebooks.source_lines import file_lines


def lines(notebooks: Iterable[CheckedNotebook | UnreadableNotebook]) -> Iterator[str]:
    """A workflow command per finding, and per file that could not be read."""
    for notebook in notebooks:
        file = _escaped(shown(notebook.path), also=":,")
        if isinstance(notebook, UnreadableNotebook):
            yield f"::error file={file},title=Unreadable::{_escaped(str(notebook))}"
            continue
        in_file = file_lines(notebook.path, notebook.piped)
        for finding in notebook.independent_findings:
            level = "error" if finding.certain else "warning"
            text = _escaped(f"{location(notebook, finding)}: {description(finding)}")
            place = in_file.place_of(
                notebook.location_of(finding).index, finding.line, finding.name
            )
            where = f"file={file},line={place.line}"
            if place.column is not None and place.end_column is not None:
                where += f",col={place.column},endColumn={place.end_column - 1}"
            yield f"::{level} {where},title={finding.error}::{text}"


def _escaped(text: str, also: str = "") -> str:
    for character in "%\r\n" + also:
        text = text.replace(character, f"%{ord(character):02X}")
    return text
