"""How do programs read a dependency graph? In the shape of `names --json`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from jupyter_namespace_viz.cli.notebooks.notebook_file import NotebookFile, unreadable_as_json
from jupyter_namespace_viz.cli.notebooks.paths import shown
from jupyter_namespace_viz.cli.notebooks.reader import NotebookReader
from jupyter_namespace_viz.cli.output import SCHEMA_VERSION
from jupyter_namespace_viz.drawing.model import Drawing


def text(drawn: Iterable[tuple[NotebookFile, Drawing]], notebooks: NotebookReader) -> str:
    """One object for all notebooks, with the files that could not be read."""
    found = [_notebook(file, drawing) for file, drawing in drawn]
    unreadable = unreadable_as_json(notebooks.unreadable)
    return (
        json.dumps({"schema_version": SCHEMA_VERSION, "notebooks": found, "unreadable": unreadable})
        + "\n"
    )


def _notebook(file: NotebookFile, drawing: Drawing) -> dict[str, Any]:
    """`provider` and `consumer` are indexes among all cells of the file."""
    index_of = {cell.number: file.indexes[cell.number - 1] for cell in drawing.cells}
    cells = [
        {
            "index": index_of[cell.number],
            "id": file.ids[cell.number - 1],
            "number": cell.number,
            "first_line": cell.first_line,
        }
        for cell in drawing.cells
    ]
    edges = [
        {
            "provider": index_of[edge.provider],
            "consumer": index_of[edge.consumer],
            "names": list(edge.names),
            "out_of_order": list(edge.out_of_order),
        }
        for edge in drawing.edges
    ]
    return {"path": shown(file.path), "language": file.language, "cells": cells, "edges": edges}
