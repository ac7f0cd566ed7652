"""What does a notebook file's graph look like? (`jupyter namespace-viz graph`)"""

from __future__ import annotations

from dataclasses import dataclass

from jupyter_namespace_viz.cli.notebooks.notebook_file import NotebookFile
from jupyter_namespace_viz.cli.notebooks.reader import ReadNotebook
from jupyter_namespace_viz.drawing.model import Drawing, drawing_of


@dataclass(frozen=True, slots=True)
class DrawnNotebook:
    """A file, and what there is to draw of it; cells of other languages have no edges."""

    file: NotebookFile
    drawing: Drawing


def drawn(read: ReadNotebook) -> DrawnNotebook:
    """What there is to draw of a file that was read."""
    return DrawnNotebook(read.file, drawing_of(read.graph))
