"""Which of the names `_3` and `_i3` are bound when the cells run in order, or after some runs?"""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping

from jupyter_namespace_viz.core.analysis.reader import read_cell
from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph
from jupyter_namespace_viz.core.syntax.magics import read_cell_magic
from jupyter_namespace_viz.core.syntax.parser import parse
from jupyter_namespace_viz.core.syntax.text_cache import cached_by_text

_NAME = re.compile(r"_(i?)([1-9]\d*)")


def is_output_name(name: str) -> bool:
    """Whether the name is one of these, which are bound when a cell is run."""
    return _NAME.fullmatch(name) is not None


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
    return number >= len(counted) or _displays_nothing(graph.cells[counted[number - 1]].source)


def is_unbound_after(name: str, inputs: Mapping[int, str]) -> bool:
    """Whether the name is one of these, and not bound after these `inputs` of one kernel, by their
    numbers; some of them may be missing, but not the last one."""
    found = _NAME.fullmatch(name)
    if found is None:
        return False
    number, last = int(found[2]), max(inputs, default=0)
    if found[1]:
        return number > last + 1
    return number > last or (number in inputs and _displays_nothing(inputs[number]))


@cached_by_text(lambda _: 100, unread=False)
def _displays_nothing(source: str) -> bool:
    """Whether a cell of this text certainly displays no value."""
    names = read_cell(source)
    if names.language is not None or names.problems or read_cell_magic(source) is not None:
        return False
    body = parse(source).body
    last = body[-1] if body else None
    if not isinstance(last, ast.Expr):
        return True
    line, end = last.end_lineno or 1, last.end_col_offset or 0
    rest = source.split("\n")[line - 1].encode()[end:]
    return rest.lstrip().startswith(b";")
