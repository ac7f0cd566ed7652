"""In which format is a graph written, and to which file?"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from jupyter_namespace_viz.cli.arguments import COULD_NOT_READ
from jupyter_namespace_viz.cli.graph.formats.as_json import as_json
from jupyter_namespace_viz.cli.graph.formats.as_svg import NoGraphviz, as_svg
from jupyter_namespace_viz.cli.graph.formats.as_text import as_text
from jupyter_namespace_viz.cli.notebooks.notebook_file import NotebookFile
from jupyter_namespace_viz.drawing.dot import as_dot
from jupyter_namespace_viz.drawing.mermaid import as_mermaid
from jupyter_namespace_viz.drawing.model import Drawing

FORMATS: dict[str, Callable[[NotebookFile, Drawing], str]] = {
    "text": as_text,
    "dot": lambda _, drawing: as_dot(drawing),
    "mermaid": lambda _, drawing: as_mermaid(drawing),
    "json": as_json,
    "svg": lambda _, drawing: as_svg(drawing),
}
_SUFFIXES = {".dot": "dot", ".gv": "dot", ".mmd": "mermaid", ".mermaid": "mermaid"}
_SUFFIXES |= {".json": "json", ".svg": "svg"}


class CouldNotDraw(click.ClickException):
    """The graph could not be drawn, or not be written; the message says why."""

    exit_code = COULD_NOT_READ


def format_for(output: Path | None) -> str:
    """The format that the suffix of a file's name means; text for others."""
    return "text" if output is None else _SUFFIXES.get(output.suffix.lower(), "text")


def write(file: NotebookFile, drawing: Drawing, output_format: str, output: Path | None) -> None:
    """Write a drawing to `output`, or standard output, in UTF-8; raises CouldNotDraw."""
    if not file.is_python:
        message = f"{file.path}: drawn without edges, its language is {file.language}"
        click.echo(message, err=True)
    try:
        text = FORMATS[output_format](file, drawing)
        with click.open_file("-" if output is None else output, "w", encoding="utf-8") as stream:
            stream.write(text)
    except NoGraphviz as error:
        raise CouldNotDraw(str(error)) from error
    except OSError as error:
        if output is None:
            raise  # a closed pipe, which click handles
        raise CouldNotDraw(f"{output} could not be written: {error.strerror}") from error
