"""Which formats of a graph are there, and where is one written?"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from jupyter_namespace_viz.cli.graph.drawn import DrawnNotebook
from jupyter_namespace_viz.cli.graph.formats.data import as_json
from jupyter_namespace_viz.cli.graph.formats.svg import NoGraphviz, as_svg
from jupyter_namespace_viz.cli.graph.formats.text import as_text
from jupyter_namespace_viz.drawing.dot import as_dot
from jupyter_namespace_viz.drawing.mermaid import as_mermaid

FORMATS: dict[str, Callable[[DrawnNotebook], str]] = {
    "text": as_text,
    "dot": lambda it: as_dot(it.drawing),
    "mermaid": lambda it: as_mermaid(it.drawing),
    "json": as_json,
    "svg": lambda it: as_svg(it.drawing),
}
_ENDINGS = {".dot": "dot", ".gv": "dot", ".mmd": "mermaid", ".mermaid": "mermaid"}
_ENDINGS |= {".json": "json", ".svg": "svg"}


class CouldNotDraw(click.ClickException):
    """The graph could not be drawn, or not be written; the message says why."""

    exit_code = 2


def format_for(output: Path | None) -> str:
    """The format that a file's name asks for."""
    return "text" if output is None else _ENDINGS.get(output.suffix.lower(), "text")


def write(drawn: DrawnNotebook, output_format: str, output: Path | None) -> None:
    """Write what was drawn to a file or to standard output, in UTF-8; raises CouldNotDraw."""
    if not drawn.file.is_python:
        where, language = drawn.file.path, drawn.file.language
        click.echo(f"{where}: drawn without edges, its language is {language}", err=True)
    try:
        text = FORMATS[output_format](drawn)
        with click.open_file("-" if output is None else output, "w", encoding="utf-8") as file:
            file.write(text)
    except NoGraphviz as error:
        raise CouldNotDraw(str(error)) from error
    except OSError as error:
        if output is None:
            raise  # a pipe that was closed, which click knows
        raise CouldNotDraw(f"{output} could not be written: {error.strerror}") from error
