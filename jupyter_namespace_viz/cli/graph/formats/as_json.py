"""How do programs read a dependency graph? In the shape of `names --json`."""

from __future__ import annotations

import json

from jupyter_namespace_viz.cli.notebooks.notebook_file import NotebookFile
from jupyter_namespace_viz.cli.notebooks.paths import shown
from jupyter_namespace_viz.drawing.model import Drawing


def as_json(file: NotebookFile, drawing: Drawing) -> str:
    """One object; `provider` and `consumer` are indexes among all cells of the file."""
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
    notebook = {
        "path": shown(file.path),
        "language": file.language,
        "cells": cells,
        "edges": edges,
    }
    return json.dumps({"notebooks": [notebook]}) + "\n"
