"""How is the dependency graph of a notebook built and updated?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import count
from operator import is_
from types import MappingProxyType

from jupyter_namespace_viz.core.analysis.calls.foreign import NO_OWN_MODULES, OwnModules
from jupyter_namespace_viz.core.analysis.cell_names import Cell, CellNames
from jupyter_namespace_viz.core.analysis.reader import read_cell
from jupyter_namespace_viz.core.graph.dependency_graph import EMPTY_GRAPH, DependencyGraph
from jupyter_namespace_viz.core.graph.edges import with_edges
from jupyter_namespace_viz.core.graph.enrichment.aliases import add_aliases
from jupyter_namespace_viz.core.graph.enrichment.call_effects import add_call_effects
from jupyter_namespace_viz.core.graph.enrichment.constants import add_constants, tested_names
from jupyter_namespace_viz.core.graph.enrichment.observed_names import (
    NOTHING_OBSERVED,
    ObservedNames,
    with_observed_names,
)
from jupyter_namespace_viz.core.graph.enrichment.star_imports import (
    StarNameLookup,
    nothing_known,
    with_star_names,
)
from jupyter_namespace_viz.core.syntax.dialect import PYTHON, Dialect


def updated_graph(
    old: DependencyGraph,
    cells: Sequence[Cell],
    star_names: StarNameLookup = nothing_known,
    dialect: Dialect = PYTHON,
    observed: ObservedNames = NOTHING_OBSERVED,
    is_held_otherwise: Callable[[str], bool] = lambda _: False,
    *,
    is_read_alike: bool = True,
    own_modules: OwnModules = NO_OWN_MODULES,
) -> DependencyGraph:
    """The graph of `cells`; `old` itself when the cells are the same, and read in the same way.

    Only cells that changed are read again. `star_names` looks up the names that star imports bind;
    `dialect` is how the kernel reads the first cell; `observed` is what runs of the cells' texts
    bound without showing it. With `is_read_alike` `star_names`, `dialect` and `observed` are those
    of `old`; after a restart they are others, by which most notebooks are read as before.
    `is_held_otherwise` tells which names may have other values in the kernel than the texts give
    them; `own_modules` reads those of the user.
    """
    are_same = len(cells) == len(old.cells) and all(map(_is_same, cells, old.cells))
    are_same = are_same and own_modules is old.own_modules
    if are_same and is_read_alike and not _differs(old, is_held_otherwise):
        return old
    names, texts = _read(cells, dialect)
    tested = tested_names(names.values())
    held_otherwise = frozenset(filter(is_held_otherwise, tested))
    add_constants(names, texts, tested - held_otherwise)
    _add_observed_names(names, cells, observed)
    _add_star_names(names, star_names)
    add_call_effects(names)
    add_aliases(names)
    if not _agree(own_modules, old.own_modules):
        old = EMPTY_GRAPH  # its edges follow what the modules were
    if list(names) == list(old.names) and all(map(is_, names.values(), old.names.values())):
        if are_same and dialect == old.dialect and held_otherwise == old.held_otherwise:
            return old
        return replace(
            old,
            cells=tuple(cells),
            held_otherwise=held_otherwise,
            own_modules=own_modules,
            dialect=dialect,
        )
    graph = replace(
        _indexed(cells, names),
        tested=tested,
        held_otherwise=held_otherwise,
        own_modules=own_modules,
        dialect=dialect,
    )
    return with_edges(graph, old)


def _read(
    cells: Sequence[Cell], dialect: Dialect
) -> tuple[dict[str, CellNames], list[tuple[str, Dialect]]]:
    """The names of the cells, and the text and the dialect by which each is read: a cell may change
    the dialect of those below it.
    """
    names, texts = {}, []
    for cell in cells:
        names[cell.id] = cell_names = read_cell(cell.source, dialect)
        texts.append((cell.source, dialect))
        dialect = cell_names.dialect_after or dialect
    return names, texts


def _indexed(cells: Sequence[Cell], names: dict[str, CellNames]) -> DependencyGraph:
    """The cells without edges, and which of them define what."""
    definers: dict[str, list[int]] = {}
    unknown_definers: list[int] = []
    clearing_indexes: list[int] = []
    unparsed_indexes: list[int] = []
    for index, cell_names in enumerate(names.values()):
        for definition in cell_names.definitions:
            definers.setdefault(definition.name, []).append(index)
        if cell_names.unknown_sources:
            unknown_definers.append(index)
        if cell_names.clears_namespace:
            clearing_indexes.append(index)
        if cell_names.intended_names:
            unparsed_indexes.append(index)
    return DependencyGraph(
        cells=tuple(cells),
        names=MappingProxyType(names),
        index_of=MappingProxyType(dict(zip(names, count(), strict=False))),
        definers=MappingProxyType({name: tuple(indexes) for name, indexes in definers.items()}),
        unknown_definers=tuple(unknown_definers),
        clearing_indexes=tuple(clearing_indexes),
        unparsed_indexes=tuple(unparsed_indexes),
    )


def _add_observed_names(
    names: dict[str, CellNames], cells: Sequence[Cell], observed: ObservedNames
) -> None:
    """Add the names that runs of the same texts bound to the definitions of the cells."""
    for cell in cells if observed else ():
        if cell.source in observed:
            names[cell.id] = with_observed_names(names[cell.id], observed[cell.source])


def _add_star_names(names: dict[str, CellNames], star_names: StarNameLookup) -> None:
    """Add the names that star imports bind to the definitions of their cells."""
    importers = [cell_id for cell_id, cell in names.items() if cell.name_sources]
    if importers:
        used = frozenset(use.name for cell in names.values() for use in cell.uses)
        used |= {use.name for cell in names.values() for f in cell.functions for use in f.uses}
        for cell_id in importers:
            names[cell_id] = with_star_names(names[cell_id], star_names, used)


def _agree(new: OwnModules, old: OwnModules) -> bool:
    """Whether the new lookup answers all that the old one was asked as that did."""
    if new is old:
        return True
    answers = old.answers
    is_alike = all(new.has(module) == it for module, it in answers.modules.items())
    return is_alike and all(new.value(path) == it for path, it in answers.values.items())


def _differs(old: DependencyGraph, is_held_otherwise: Callable[[str], bool]) -> bool:
    """Whether the kernel has other values for the names that the cells test than it had."""
    return frozenset(filter(is_held_otherwise, old.tested)) != old.held_otherwise


def _is_same(one: Cell, other: Cell) -> bool:
    return one is other or one == other
