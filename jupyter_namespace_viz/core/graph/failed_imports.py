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
            if isinstance(node, (ast.Import, ast.ImportFrom)):
                _replace(lines, node, modules)
    return {use.name: use for use in read_cell("\n".join(lines)).uses}


def _replace(lines: list[str], node: ast.Import | ast.ImportFrom, modules: frozenset[str]) -> None:
    """Put what raises in place of the statement, on its first line, where it fails; what it imports
    before that stays."""
    parts = [_FAILS]
    if isinstance(node, ast.Import):
        names = [alias.name for alias in node.names]
        failing = next((index for index, name in enumerate(names) if name in modules), None)
        if failing:
            parts.insert(0, ast.unparse(ast.Import(node.names[:failing])))
    else:
        failing = 0 if node.level == 0 and node.module in modules else None
    if failing is None:
        return
    first, last = node.lineno - 1, (node.end_lineno or node.lineno) - 1
    before = lines[first].encode()[: node.col_offset].decode()
    after = lines[last].encode()[node.end_col_offset or 0 :].decode()
    lines[first : last + 1] = [before + "; ".join(parts) + after, *[""] * (last - first)]
