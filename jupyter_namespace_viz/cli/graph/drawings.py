"""In which formats are graphs drawn?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import click

from jupyter_namespace_viz.cli.graph.formats import as_json
from jupyter_namespace_viz.cli.graph.formats.as_svg import NoGraphviz, as_svg
from jupyter_namespace_viz.cli.graph.formats.as_text import as_text
from jupyter_namespace_viz.cli.notebooks.notebook_file import NotebookFile
from jupyter_namespace_viz.cli.notebooks.reader import NotebookReader
from jupyter_namespace_viz.cli.output import CouldNotWrite
from jupyter_namespace_viz.drawing.dot import as_dot
from jupyter_namespace_viz.drawing.mermaid import as_mermaid
from jupyter_namespace_viz.drawing.model import Drawing, drawing_of

_EACH: dict[str, Callable[[NotebookFile, Drawing], str]] = {
    "text": as_text,
    "dot": lambda _, drawing: as_dot(drawing),
    "mermaid": lambda _, drawing: as_mermaid(drawing),
    "svg": lambda _, drawing: as_svg(drawing),
}
FORMATS = ("text", "dot", "mermaid", "json", "svg")
ONE_PER_FILE = frozenset({"mermaid", "svg"})
"""Programs that read these expect one picture; a DOT file may have several graphs."""

_SUFFIXES = {".dot": "dot", ".gv": "dot", ".mmd": "mermaid", ".mermaid": "mermaid"}
_SUFFIXES |= {".json": "json", ".svg": "svg"}


def format_for(output: Path | None) -> str:
    """The format that the suffix of a file's name means; text for others."""
    return "text" if output is None else _SUFFIXES.get(output.suffix.lower(), "text")


def drawings_as(name: str, notebooks: NotebookReader, quiet: bool) -> Iterator[str]:
    """The text of the format for each notebook, JSON for all; raises CouldNotWrite."""
    drawn = _drawn(notebooks, quiet)
    if name == "json":
        yield as_json.text(drawn, notebooks)
        return
    for file, drawing in drawn:
        try:
            yield _EACH[name](file, drawing)
        except NoGraphviz as error:
            raise CouldNotWrite(str(error)) from error


def _drawn(notebooks: NotebookReader, quiet: bool) -> Iterator[tuple[NotebookFile, Drawing]]:
    for read in notebooks:
        file = read.file
        if not file.is_python and not quiet:
            message = f"{file.path}: drawn without edges, its language is {file.language}"
            click.echo(message, err=True)
        yield file, drawing_of(read.graph)
