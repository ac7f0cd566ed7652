"""How is what each cell defines and needs written, for people and for programs?"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from jupyter_namespace_viz.cli.notebooks.notebook_file import NotebookFile, unreadable_as_json
from jupyter_namespace_viz.cli.notebooks.paths import shown
from jupyter_namespace_viz.cli.notebooks.reader import NotebookReader, ReadNotebook
from jupyter_namespace_viz.cli.output import SCHEMA_VERSION
from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph, free_name_uses


def names_as_text(notebooks: NotebookReader) -> Iterator[str]:
    """Per code cell its number, what it defines, what it needs and from which cell."""
    for notebook in notebooks:
        yield from _text_of(notebook)


def names_as_json(notebooks: NotebookReader) -> Iterator[str]:
    """The lines of one JSON object for all files, one notebook per line."""
    yield f'{{"schema_version": {SCHEMA_VERSION}, "notebooks": ['
    before = None
    for notebook in notebooks:
        if before is not None:
            yield before + ","
        before = json.dumps(_notebook(notebook))
    if before is not None:
        yield before
    yield f'], "unreadable": {json.dumps(unreadable_as_json(notebooks.unreadable))}}}'


FORMATS: dict[str, Callable[[NotebookReader], Iterator[str]]] = {
    "text": names_as_text,
    "json": names_as_json,
}
"""Each writes notebooks as lines, as soon as it can."""


def _text_of(read: ReadNotebook) -> Iterator[str]:
    file, graph = read.file, read.graph
    yield shown(file.path)
    for index, cell in enumerate(graph.cells):
        names = graph.names[cell.id]
        yield f"  cell {index + 1}"
        if names.language is not None:
            yield f"    written in {names.language}"
        if names.definitions:
            yield f"    defines  {', '.join(one.name for one in names.definitions)}"
        uses = [_use_as_text(graph, use.name, index) for use in free_name_uses(graph, index)]
        if uses:
            yield f"    needs    {', '.join(uses)}"
        for problem in names.problems:
            where = "" if problem.line is None else f"line {problem.line}: "
            yield f"    problem  {where}{problem.message}"


def _use_as_text(graph: DependencyGraph, name: str, index: int) -> str:
    provider = graph.provider_at(name, index)
    return f"{name} (no cell)" if provider is None else f"{name} (cell {provider + 1})"


def _notebook(read: ReadNotebook) -> dict[str, Any]:
    file, graph = read.file, read.graph
    cells = [_cell(file, graph, index) for index in range(len(file.cells))]
    edges = [
        {
            "provider": int(edge.provider),
            "consumer": int(edge.consumer),
            "names": list(edge.names),
        }
        for edge in graph.edges
    ]
    return {"path": shown(file.path), "language": file.language, "cells": cells, "edges": edges}


def _cell(file: NotebookFile, graph: DependencyGraph, index: int) -> dict[str, Any]:
    names = graph.names_at(index)
    return {
        "index": file.indexes[index],
        "id": file.ids[index],
        "definitions": [
            {"name": one.name, "kind": one.kind, "certain": one.certain}
            for one in names.definitions
        ],
        "uses": [
            {"name": use.name, "phase": use.phase, "certain": use.certain, "via": use.via}
            for use in free_name_uses(graph, index)
        ],
        "deletions": list(names.deletions),
        "star_imports": list(map(str, names.name_sources)),
        "problems": [
            {"kind": one.kind, "message": one.message, "line": one.line} for one in names.problems
        ],
    }
