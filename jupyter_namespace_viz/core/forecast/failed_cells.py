"""Which names does a cell that raises leave unbound?

x = 1
y = undefined; z = 2      raises: `x` is bound, `y` and `z` are not
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
    return min(certain, key=lambda it: (it.error != "SyntaxError", it.line or 0, it.order or 0))


def unbound_by(names: CellNames, error: Finding) -> frozenset[str]:
    """The names that the cell would bind, and does not as it ends with this error. Where only the
    line of the error is known, a name that is bound there counts where no other is.
    """
    if error.before_run:
        bound = (it.name for it in names.definitions if it.order != 0)  # 0: by a magic, in any case
        return names.intended_names.union(bound)
    on_line = [it for it in names.definitions if it.line == error.line]
    alone = on_line if error.order is None and len(on_line) == 1 else ()
    after = (it for it in names.definitions if _is_after(it, error))
    return frozenset(it.name for it in (*after, *alone))


def deleted_before(names: CellNames, error: Finding) -> frozenset[str]:
    """The names that the cell has deleted where it ends with this error."""
    if error.before_run or error.order is None:
        return frozenset()
    left = unbound_by(names, error).union(names.certain_deletions)
    return frozenset(
        it for it, order, _ in names.first_deletions if order <= error.order and it in left
    )


def not_yet_deleted(names: CellNames, error: Finding) -> frozenset[str]:
    """The names that the cell has bound where it ends with this error, and would delete later."""
    if error.before_run or error.order is None:
        return frozenset()
    return frozenset(
        it
        for it, order, bound in names.first_deletions
        if bound is not None and bound <= error.order < order
    )


def _is_after(definition: Definition, error: Finding) -> bool:
    """Whether the error is raised before the cell binds the name."""
    if definition.order is not None and error.order is not None:
        return definition.order > error.order
    return (definition.line or 0) > (error.line or 0)
