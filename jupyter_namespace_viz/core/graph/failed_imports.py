"""What does a cell read where an import whose failure it handles fails?

try: import gone
except ImportError: pass
gone.x()                      raises NameError where `gone` is not installed
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import replace

from jupyter_namespace_viz.core.analysis.cell_names import CellNames, Use
from jupyter_namespace_viz.core.analysis.flow import is_unbound
from jupyter_namespace_viz.core.analysis.reader import read_cell
from jupyter_namespace_viz.core.syntax.parser import parse
from jupyter_namespace_viz.core.syntax.text_cache import cached_by_text

_FAILS = "raise ModuleNotFoundError"


def module_not_imported(
    names: CellNames, name: str, is_missing: Callable[[str], bool]
) -> str | None:
    """The missing module that keeps the cell from binding the name, which only imports bind whose
    failure it handles."""
    definition = names.definition_of(name)
    if definition is None or definition.certain or definition.kind != "import":
        return None
    handled = {one.module for one in names.imports if one.guarded}
    modules = [statement.module for statement in definition.imports]
    if not all(it in handled and is_missing(it) for it in modules):
        return None
    return modules[-1]


def _size_of(uses: Mapping[str, Use]) -> int:
    return 250 * len(uses)


def handled_failures(names: CellNames, is_missing: Callable[[str], bool]) -> frozenset[str]:
    """The missing modules that the cell imports, which it handles."""
    return frozenset(it.module for it in names.imports if it.guarded and is_missing(it.module))


def as_read_without(use: Use, source: str, modules: frozenset[str]) -> Use | None:
    """The use of a name as the cell makes it where none of these modules can be imported; None
    where it does not need the name then."""
    if not modules or use.via is not None or is_unbound(use.name):
        return use
    found = _uses_without(source, modules).get(use.name)
    if found is None or found.guarded:
        return None
    return replace(use, certain=found.certain, line=found.line, order=None)


@cached_by_text(_size_of, unread={})
def _uses_without(source: str, modules: frozenset[str]) -> Mapping[str, Use]:
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
