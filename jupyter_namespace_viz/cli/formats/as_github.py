"""How does GitHub show it on the files of a pull request? As workflow commands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jupyter_namespace_viz.cli.check import CheckedNotebook
from jupyter_namespace_viz.cli.formats.sentences import told, where


def lines(notebooks: Iterable[CheckedNotebook]) -> Iterator[str]:
    """A workflow command a finding."""
    for notebook in notebooks:
        for finding in notebook.findings:
            level = "error" if finding.certain else "warning"
            file = _escaped(str(notebook.path), also=":,")
            text = _escaped(f"{where(notebook, finding)}: {told(finding)}")
            yield f"::{level} file={file},title={finding.error}::{text}"


def _escaped(text: str, also: str = "") -> str:
    for character in "%\r\n" + also:
        text = text.replace(character, f"%{ord(character):02X}")
    return text
