"""What does each cell of a notebook define and need? (`jupyter namespace-viz names`)"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from jupyter_namespace_viz.cli.notebooks.notebook_file import NotebookFile
from jupyter_namespace_viz.cli.notebooks.reader import ReadNotebook
from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph, free_uses


def names_as_json(notebooks: Iterator[ReadNotebook]) -> Iterator[str]:
    """The lines of one JSON object for all files, one notebook a line."""
    yield '{"notebooks": ['
    before = None
    for notebook in notebooks:
        if before is not None:
            yield before + ","
        before = json.dumps(_notebook(notebook))
    if before is not None:
        yield before
    yield "]}"


def names_as_text(read: ReadNotebook) -> Iterator[str]:
    """A line per code cell: its number, what it defines, what it needs and from which cell."""
    file, graph = read.file, read.graph
    yield str(file.path)
    for position, cell in enumerate(graph.cells):
        names = graph.names[cell.id]
        yield f"  cell {position + 1}"
        if names.language is not None:
            yield f"    holds    {names.language}"
        if names.definitions:
            yield f"    defines  {', '.join(one.name for one in names.definitions)}"
        uses = [_use_as_text(graph, use.name, position) for use in free_uses(graph, position)]
        if uses:
            yield f"    needs    {', '.join(uses)}"
        for problem in names.problems:
            where = "" if problem.line is None else f"line {problem.line}: "
            yield f"    problem  {where}{problem.message}"


def _use_as_text(graph: DependencyGraph, name: str, position: int) -> str:
    place = graph.provider_at(name, position)
    return f"{name} (no cell)" if place is None else f"{name} (cell {place + 1})"


def _notebook(read: ReadNotebook) -> dict[str, Any]:
    file, graph = read.file, read.graph
    cells = [_cell(file, graph, position) for position in range(len(file.cells))]
    edges = [
        {
            "provider": int(edge.provider),
            "consumer": int(edge.consumer),
            "names": list(edge.names),
        }
        for edge in graph.edges
    ]
    return {"path": str(file.path), "language": file.language, "cells": cells, "edges": edges}


def _cell(file: NotebookFile, graph: DependencyGraph, position: int) -> dict[str, Any]:
    names = graph.names_at(position)
    return {
        "index": file.indexes[position],
        "id": file.ids[position],
        "definitions": [
            {"name": one.name, "kind": one.kind, "certain": one.certain}
            for one in names.definitions
        ],
        "uses": [
            {"name": use.name, "phase": use.phase, "certain": use.certain, "via": use.via}
            for use in free_uses(graph, position)
        ],
        "deletions": list(names.deletions),
        "star_imports": list(names.star_imports),
        "problems": [
            {"kind": one.kind, "message": one.message, "line": one.line} for one in names.problems
        ],
    }
