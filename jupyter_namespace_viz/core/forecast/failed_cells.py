"""Which names does a cell that raises leave unbound?

x = 1
y = undefined      raises: `x` is bound, `y` and `z` are not
z = 2
"""

from __future__ import annotations

from collections.abc import Iterable

from jupyter_namespace_viz.core.analysis.bindings import Definition
from jupyter_namespace_viz.core.analysis.cell_names import CellNames
from jupyter_namespace_viz.core.forecast.findings import Finding


def first_error(findings: Iterable[Finding]) -> Finding | None:
    """The error with which the cell ends, of those that are found in it; None where none is
    certain, or it is not known where it is raised."""
    certain = [it for it in findings if it.certain]
    if not certain or any(it.line is None for it in certain):
        return None
    return min(certain, key=lambda it: (it.error != "SyntaxError", it.line or 0))


def unbound_by(names: CellNames, error: Finding) -> frozenset[str]:
    """The names that the cell would bind, and does not as it ends with this error.

    A name that is bound on the line of the error counts only where the line binds nothing else.
    """
    if error.before_run:
        return names.intended_names.union(it.name for it in names.definitions)
    on_line = [it for it in names.definitions if it.line == error.line]
    unbound = {it.name for it in names.definitions if _is_after(it, error.line or 0)}
    if error.imported is None:
        return frozenset(unbound.union(it.name for it in on_line[:1] if len(on_line) == 1))
    return frozenset(unbound.union(_not_imported(names, error)))


def _is_after(definition: Definition, line: int) -> bool:
    return definition.line is not None and definition.line > line


def _not_imported(names: CellNames, error: Finding) -> Iterable[str]:
    """The names that the failing import statement leaves unbound: all of them, or those from the
    name on that the module lacks."""
    for imported in names.imports:
        if imported.module != error.imported:
            continue
        statements = [it for it in imported.statements if _is_at(names, it.name, error.line)]
        lacking = [it.code for it in statements if f" import {error.name}" in it.code]
        is_of_name = error.error == "ImportError" and bool(lacking)
        start = [it.code for it in statements].index(lacking[0]) if is_of_name else 0
        yield from (it.name for it in statements[start:])


def _is_at(names: CellNames, name: str, line: int | None) -> bool:
    definition = names.definition_of(name)
    return definition is not None and definition.line == line
