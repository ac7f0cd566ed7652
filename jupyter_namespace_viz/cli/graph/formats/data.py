"""How does a dependency graph read for programs?"""

from __future__ import annotations

import json

from jupyter_namespace_viz.cli.graph.drawn import DrawnNotebook


def as_json(drawn: DrawnNotebook) -> str:
    """The shape of `names --json`: `provider` and `consumer` are places among all cells."""
    file, drawing = drawn.file, drawn.drawing
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
        "path": str(file.path),
        "language": file.language,
        "cells": cells,
        "edges": edges,
    }
    return json.dumps({"notebooks": [notebook]}) + "\n"
