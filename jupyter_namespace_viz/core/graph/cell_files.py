"""Which files does a cell read or write, judging by its text?

%%writefile setup.py     writes setup.py
%run setup.py            reads it
"""

from __future__ import annotations

import posixpath

from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph
from jupyter_namespace_viz.core.imports.path_values import CWD
from jupyter_namespace_viz.core.imports.search_changes import search_changes
from jupyter_namespace_viz.core.syntax.name_sources import RunFile


def files_written(graph: DependencyGraph, index: int) -> frozenset[str]:
    """The files that the cell at `index` writes, by calls or as the text of a magic."""
    changes, _ = search_changes(graph.cells[index].source, {})
    paths = (it.value for it in changes if it.kind == "file" and not it.value.startswith(CWD))
    return graph.names_at(index).written_files.union(map(posixpath.normpath, paths))


def files_read(graph: DependencyGraph, index: int) -> frozenset[str]:
    """The files that the cell at `index` reads, or runs, and does not write itself."""
    names = graph.names_at(index)
    runs = (it.file for it in names.name_sources if isinstance(it, RunFile))
    found = names.read_files.union(posixpath.normpath(it) for it in runs if it is not None)
    return found - files_written(graph, index)
