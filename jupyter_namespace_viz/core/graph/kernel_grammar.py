"""Which cells are no Python of the kernel's version?

match x: …     SyntaxError in Python 3.9
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph
from jupyter_namespace_viz.core.syntax.diagnostics import UNPARSED, Problem
from jupyter_namespace_viz.core.syntax.older_python import too_new_syntax


def unparsed_problems(graph: DependencyGraph, index: int) -> list[Problem]:
    """Why running the cell at `index` would raise SyntaxError, whatever the kernel's Python."""
    return [problem for problem in graph.names_at(index).problems if problem.kind in UNPARSED]


def too_new_for(
    graph: DependencyGraph, index: int, version: tuple[int, int] | None
) -> Sequence[Problem]:
    """The problems of the cell at `index` whose syntax Python of that version does not have. None
    of its statements would run."""
    names = graph.names_at(index)
    if version is None or not names.can_run:
        return ()
    found = too_new_syntax(graph.cells[index].source, version)
    if found or version > sys.version_info[:2]:
        return found
    return [problem for problem in names.problems if problem.kind == "newer_python"]
