"""How does a dependency graph read for programs?"""

from __future__ import annotations

import json

from jupyter_namespace_viz.cli.graph import Drawing


def as_json(drawing: Drawing) -> str:
    """The shape of `names --json`: `provider` and `consumer` are places among all cells."""
    index_of = {cell.number: cell.index for cell in drawing.cells}
    cells = [
        {
            "index": cell.index,
            "id": cell.id,
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
        "path": str(drawing.path),
        "language": drawing.language,
        "cells": cells,
        "edges": edges,
    }
    return json.dumps({"notebooks": [notebook]}) + "\n"
