"""Which constants decide the branches of a cell, though another cell binds them?

c1: TRAIN = False    c2: if TRAIN: model = fit()    c2 does not bind `model`
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence, Set

from jupyter_namespace_viz.core.analysis.cell_names import CellNames
from jupyter_namespace_viz.core.analysis.constant_bindings import (
    constant_bound_by,
    container_bound_by,
)
from jupyter_namespace_viz.core.analysis.reader import read_cell
from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph
from jupyter_namespace_viz.core.syntax.dialect import Dialect

MOST_CHARACTERS = 20_000
"""Longer cells are not read a second time."""


def tested_names(names: Iterable[CellNames]) -> frozenset[str]:
    """The names whose values would decide which branches of the cells run."""
    tested = [cell.tested for cell in names if cell.tested]
    return frozenset[str]().union(*tested)


def add_constants(
    names: dict[str, CellNames], texts: Sequence[tuple[str, Dialect]], tested: Set[str]
) -> None:
    """Read the cells again that test names which only one cell above binds, to a literal.

    `names` is in document order, as are the `texts` of the cells with their dialects. `tested` are
    the names that may be taken to have the values that the texts give them.
    """
    once = _bound_once(names.values(), tested) if tested else ()
    if not once:
        return
    known: dict[str, str] = {}
    for (cell_id, cell), (source, dialect) in zip(list(names.items()), texts, strict=True):
        if cell.name_sources or cell.clears_namespace:
            known.clear()  # also for this cell: it may bind the name before it tests it
        constants = tuple(sorted((it, known[it]) for it in cell.tested if it in known))
        if constants and len(source) <= MOST_CHARACTERS:
            names[cell_id] = read_cell(source, dialect, constants)
        for definition in cell.definitions:
            if definition.name in once and definition.certain:
                constant = constant_bound_by(definition.name, source)
                if constant is None and _mentions(names.values(), definition.name) == 1:
                    constant = container_bound_by(definition.name, source)
                if constant is not None:
                    known[definition.name] = constant


def _mentions(cells: Iterable[CellNames], name: str) -> int:
    """In how many cells something may be done with the object of the name; two where a function
    may."""
    return sum(
        2 if use.phase == "deferred" else 1
        for cell in cells
        for use in cell.uses
        if use.name == name
    )


def skipping_definer(graph: DependencyGraph, name: str) -> int | None:
    """The index of the first cell that would bind the name in a branch that does not run, as the
    constants of other cells decide."""
    decided = graph.memo.get("decided")
    if decided is None:
        cells = enumerate(graph.cells)
        decided = [index for index, cell in cells if graph.names[cell.id].constants]
        graph.memo["decided"] = decided
    texts = ((index, graph.cells[index].source) for index in decided)
    return next((index for index, it in texts if graph.read(it).definition_of(name)), None)


def _bound_once(cells: Iterable[CellNames], among: Set[str]) -> set[str]:
    """Those of the names that one cell binds, none deletes, and no function can bind."""
    counts = Counter[str]()
    others: set[str] = set()
    for cell in cells:
        counts.update(it.name for it in cell.definitions if it.name in among)
        others.update(cell.deletions)
        for function in cell.functions:
            others.update(function.assigned_globals, function.deleted_globals)
    return {name for name, count in counts.items() if count == 1 and name not in others}
