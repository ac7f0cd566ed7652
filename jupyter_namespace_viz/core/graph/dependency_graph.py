"""Which cell provides a given name at a given cell?"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from jupyter_namespace_viz.core.analysis.builtin_names import is_predefined
from jupyter_namespace_viz.core.analysis.calls.foreign import NO_OWN_MODULES, OwnModules
from jupyter_namespace_viz.core.analysis.cell_names import Cell, CellNames, Use, restoring_imports
from jupyter_namespace_viz.core.analysis.flow import is_unbound
from jupyter_namespace_viz.core.analysis.reader import read_cell
from jupyter_namespace_viz.core.syntax.dialect import PYTHON, Dialect

ReadSource = Callable[[str], CellNames]
"""Reads a text that ran, as cells are read."""

MAX_PROVIDERS = 10
"""How many of the cells that may have bound a name are told, and the last one. In 700 published
notebooks there are at most eight.
"""


@dataclass(frozen=True, slots=True)
class Edge:
    """The cell `consumer` uses `names`, which the cell `provider` defines (cell ids)."""

    provider: str
    consumer: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReboundReads:
    """Names that functions read and that are bound again before a cell calls the functions.

    `providers` maps the index of a function's cell to the indexes of the cells that bind the names,
    and these to the names. `involved` are all names that functions read, and the functions: an edit
    of other names does not change the result.
    """

    providers: Mapping[int, Mapping[int, frozenset[str]]]
    involved: frozenset[str]


NO_REBOUND_READS = ReboundReads(MappingProxyType({}), frozenset())


@dataclass(frozen=True, slots=True)
class DependencyGraph:
    """All cells of a notebook in document order, their names, and the edges between them.

    `index_of` maps each cell id to the cell's index, from 0. All other indexes are ascending:
    `definers` maps each name to the cells that define it; `unknown_definers` are the cells that may
    define any name (a star import of unknown names, `exec`); `clearing_indexes` those that delete
    all names; `unparsed_indexes` those that would define more names if their text could be parsed.

    `tested` are the names whose values decide which branches of cells run; their values are those
    that the texts give them, but for `held_otherwise`, of which the kernel may have others.

    `own_modules` tells what the names of the user's own modules are bound to; `dialect` is how the
    first cell is read.

    `memo` keeps what others have found out about the names of these cells.

    Edges are direct and in document order of their consumers, and include `rebound_reads`. A name
    that no cell defines has an edge from the nearest unknown definer above, if there is one.
    """

    cells: tuple[Cell, ...]
    names: Mapping[str, CellNames]
    index_of: Mapping[str, int]
    definers: Mapping[str, tuple[int, ...]]
    unknown_definers: tuple[int, ...] = ()
    clearing_indexes: tuple[int, ...] = ()
    unparsed_indexes: tuple[int, ...] = ()
    edges: tuple[Edge, ...] = ()
    rebound_reads: ReboundReads = NO_REBOUND_READS
    tested: frozenset[str] = frozenset()
    held_otherwise: frozenset[str] = frozenset()
    own_modules: OwnModules = field(default=NO_OWN_MODULES, repr=False, compare=False)
    dialect: Dialect = PYTHON
    memo: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    def names_at(self, index: int) -> CellNames:
        """The names of the cell at `index`."""
        return self.names[self.cells[index].id]

    def read(self, source: str) -> CellNames:
        """The names of a text that is no cell, such as one that ran, as a first cell is read."""
        return read_cell(source, self.dialect)

    def provider_at(self, name: str, index: int) -> int | None:
        """The index of the cell that provides the name to the cell at `index` when all cells run
        in order; None when no cell does.

        This is the nearest earlier cell that defines it, unless a cell in between deletes all
        names; else the nearest later one, except for builtin names.
        """
        definers = self.definers.get(name, ())
        split = bisect_left(definers, index)
        if split > 0 and not self.is_cleared_between(definers[split - 1], index):
            return definers[split - 1]
        if is_predefined(name):
            return None
        later = (definer for definer in definers[split:] if definer != index)
        return next(later, definers[split - 1] if split > 0 else None)

    def providers_at(self, name: str, index: int) -> Iterator[int]:
        """The indexes of the cells that may provide the name, nearest first.

        A cell that may not have bound the name leaves the value of the provider before it. Of many
        such cells in a row the nearest are told, and the last one, which has bound it for certain
        if any has: with all of them, the edges of a notebook would grow with the square of its
        cells.
        """
        provider = self.provider_at(name, index)
        if provider is None:
            return
        yield provider
        if provider > index or self._has_certainly_bound(name, provider):
            return
        definers = self.definers[name]
        position = bisect_left(definers, provider)
        last = self._last_providers(name)[position]
        nearest = max(last, position - MAX_PROVIDERS + 1)
        for earlier in range(position - 1, nearest - 1, -1):
            yield definers[earlier]
        if last < nearest:
            yield definers[last]

    def _last_providers(self, name: str) -> Sequence[int]:
        """For each cell that defines the name, the last of its providers if that cell is the
        nearest; all are positions in `definers`.
        """
        known: dict[str, list[int]] = self.memo.setdefault("last providers", {})
        if name not in known:
            found: list[int] = []
            definers = self.definers[name]
            for position, definer in enumerate(definers):
                is_last = (
                    position == 0
                    or self._has_certainly_bound(name, definer)
                    or self.is_cleared_between(definers[position - 1], definer + 1)
                )
                found.append(position if is_last else found[-1])
            known[name] = found
        return known[name]

    def _has_certainly_bound(self, name: str, index: int) -> bool:
        definition = self.names_at(index).definition_of(name)
        return definition is None or definition.certain

    def is_import_at(self, name: str, index: int) -> bool:
        """Whether the cell at `index` imports the name."""
        return bool(restoring_imports(self.names_at(index), name))

    def is_cleared_between(self, definer: int, index: int) -> bool:
        """Whether a cell after `definer` and before `index` deletes all names."""
        split = bisect_left(self.clearing_indexes, index)
        return split > 0 and self.clearing_indexes[split - 1] > definer

    def unknown_definer_before(self, index: int) -> int | None:
        """The index of the nearest earlier cell that may define any name."""
        return next(self.unknown_definers_before(index), None)

    def unknown_definers_before(self, index: int) -> Iterator[int]:
        """The indexes of the earlier cells that may define any name, nearest first."""
        return reversed(self.unknown_definers[: bisect_left(self.unknown_definers, index)])

    def intended_by(self, name: str, index: int) -> int | None:
        """The index of the cell that would define the name if its text could be parsed: the cell at
        `index` or the nearest above it, else the first below.
        """
        indexes = [it for it in self.unparsed_indexes if name in self.names_at(it).intended_names]
        return next((it for it in reversed(indexes) if it <= index), min(indexes, default=None))

    def binder_at(self, name: str, index: int) -> tuple[CellNames | None, int]:
        """The names of the cell that binds the name for the cell at `index`, and its index; None
        and -1 when there is no such cell.
        """
        provider = self.provider_at(name, index)
        return (None, -1) if provider is None else (self.names_at(provider), provider)


_NOTHING: Mapping[str, Any] = MappingProxyType({})
EMPTY_GRAPH = DependencyGraph((), _NOTHING, _NOTHING, _NOTHING)


def free_name_uses(graph: DependencyGraph, index: int) -> tuple[Use, ...]:
    """The uses of names that the cell at `index` takes from elsewhere.

    Builtins are included only where a cell defines them, names that the cell's own star import may
    bind only where another cell defines them, and unbound names never.
    """
    return tuple(
        use
        for use in graph.names_at(index).uses
        if not (use.star or is_predefined(use.name) or is_unbound(use.name))
        or graph.provider_at(use.name, index) is not None
    )
