"""Which of the names `_3` and `_i3` are bound when the cells run in order?"""

from __future__ import annotations

import ast
import re

from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph
from jupyter_namespace_viz.core.syntax.magics import read_cell_magic
from jupyter_namespace_viz.core.syntax.parser import parse

_NAME = re.compile(r"_(i?)([1-9]\d*)")


def is_never_bound(graph: DependencyGraph, name: str, index: int) -> bool:
    """Whether the name is one of these, and not bound when the cell at `index` begins.

    The n-th cell that runs has the input `_in`, and the output `_n` if it displays a value.
    """
    found = _NAME.fullmatch(name)
    if found is None:
        return False
    number, is_input = int(found[2]), bool(found[1])
    counted = [it for it, cell in enumerate(graph.cells[: index + 1]) if cell.source.strip()]
    if is_input:
        return number > len(counted)
    return number >= len(counted) or _displays_nothing(graph, counted[number - 1])


def _displays_nothing(graph: DependencyGraph, index: int) -> bool:
    """Whether the cell at `index` certainly displays no value."""
    source, names = graph.cells[index].source, graph.names_at(index)
    if names.language is not None or names.problems or read_cell_magic(source) is not None:
        return False
    body = parse(source).body
    last = body[-1] if body else None
    if not isinstance(last, ast.Expr):
        return True
    line, end = last.end_lineno or 1, last.end_col_offset or 0
    rest = source.split("\n")[line - 1].encode()[end:]
    return rest.lstrip().startswith(b";")
