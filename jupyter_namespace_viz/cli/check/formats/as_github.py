"""How does GitHub show findings on the files of a pull request? As workflow commands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jupyter_namespace_viz.cli.check.checker import CheckedNotebook
from jupyter_namespace_viz.cli.check.formats.sentences import description, location
from jupyter_namespace_viz.cli.notebooks.source_lines import file_lines


def lines(notebooks: Iterable[CheckedNotebook]) -> Iterator[str]:
    """A workflow command per finding."""
    for notebook in notebooks:
        in_file = file_lines(notebook.path)
        for finding in notebook.independent_findings:
            level = "error" if finding.certain else "warning"
            file = _escaped(str(notebook.path), also=":,")
            text = _escaped(f"{location(notebook, finding)}: {description(finding)}")
            line = in_file.line_of(notebook.location_of(finding).index, finding.line)
            yield f"::{level} file={file},line={line},title={finding.error}::{text}"


def _escaped(text: str, also: str = "") -> str:
    for character in "%\r\n" + also:
        text = text.replace(character, f"%{ord(character):02X}")
    return text
