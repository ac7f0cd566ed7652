"""What does a cell read where an import whose failure it handles fails?

try: import gone
except ImportError: pass
gone.x()                      raises NameError where `gone` is not installed
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from functools import lru_cache

from jupyter_namespace_viz.core.analysis.cell_names import Use
from jupyter_namespace_viz.core.analysis.reader import read_cell
from jupyter_namespace_viz.core.syntax.parser import parse

_FAILS = "raise ModuleNotFoundError"


@lru_cache(maxsize=500)
def uses_without(source: str, modules: frozenset[str]) -> Mapping[str, Use]:
    """The uses of the cell, by name, where none of these modules can be imported: it is read as if
    each of their imports raised."""
    lines = source.split("\n")
    if "\r" not in source:
        for node in ast.walk(ast.Module(parse(source).body, [])):
            if isinstance(node, (ast.Import, ast.ImportFrom)) and _module_of(node) in modules:
                _replace(lines, node)
    return {use.name: use for use in read_cell("\n".join(lines)).uses}


def _module_of(node: ast.Import | ast.ImportFrom) -> str | None:
    """The module that a statement imports, if it is one that is written out."""
    if isinstance(node, ast.ImportFrom):
        return node.module if node.level == 0 else None
    return node.names[0].name if len(node.names) == 1 else None


def _replace(lines: list[str], node: ast.stmt) -> None:
    """Put what raises in place of the statement, on its first line."""
    first, last = node.lineno - 1, (node.end_lineno or node.lineno) - 1
    before = lines[first].encode()[: node.col_offset].decode()
    after = lines[last].encode()[node.end_col_offset or 0 :].decode()
    lines[first : last + 1] = [before + _FAILS + after, *[""] * (last - first)]
