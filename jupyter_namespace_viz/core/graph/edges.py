"""Which cells depend on which, directly?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from jupyter_namespace_viz.core.analysis.builtin_names import is_predefined
from jupyter_namespace_viz.core.analysis.cell_names import CellNames
from jupyter_namespace_viz.core.analysis.flow import is_unbound
from jupyter_namespace_viz.core.analysis.function_effects import with_callers
from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph, Edge, ReboundReads
from jupyter_namespace_viz.core.graph.needs import reads_of_called_functions

MAX_READERS = 32
"""In how many cells the functions may be that one call runs and that read rebound names."""


def with_edges(graph: DependencyGraph, old: DependencyGraph) -> DependencyGraph:
    """The graph with its edges; those that are the same as in `old`, its predecessor, are kept."""
    edit = _edit_between(old, graph)
    if edit is None:
        rebound, kept = rebound_reads(graph), {}
    else:
        old_rebound = old.rebound_reads
        rebound = rebound_reads(graph) if edit.affects(old_rebound) else old_rebound
        changed = () if rebound is old_rebound else {*old_rebound.providers, *rebound.providers}
        kept = _kept_edges(graph, old, edit, {graph.cells[index].id for index in changed})
    edges: list[Edge] = []
    for index, cell in enumerate(graph.cells):
        if cell.id in kept:
            edges += kept[cell.id]
        else:
            edges += _edges_into(graph, index, rebound.providers.get(index, {}))
    return replace(graph, edges=tuple(edges), rebound_reads=rebound)


@dataclass(frozen=True, slots=True)
class _Edit:
    """What changed between two graphs: the ids of the cells, what they were and are, and the names
    whose definitions changed.
    """

    cell_ids: frozenset[str]
    cells: tuple[CellNames, ...]
    defined: frozenset[str]

    def affects(self, rebound: ReboundReads) -> bool:
        """Whether the rebound reads may have changed."""
        return not self.defined.isdisjoint(rebound.involved) or any(
            cell.functions or not cell.called.isdisjoint(rebound.involved) for cell in self.cells
        )


def _edit_between(old: DependencyGraph, graph: DependencyGraph) -> _Edit | None:
    """The edit that turned `old` into `graph`; None when cells were added, moved or removed, or
    when the edit may affect any name.
    """
    any_name = (graph.unknown_definers, graph.clearing_indexes)
    old_any_name = (old.unknown_definers, old.clearing_indexes)
    if list(graph.names) != list(old.names) or any_name != old_any_name:
        return None
    pairs = zip(old.names.items(), graph.names.values(), strict=True)
    changed = {
        cell_id: (before, after) for (cell_id, before), after in pairs if before is not after
    }
    defined = {
        name for before, after in changed.values() for name, _ in _bound(before) ^ _bound(after)
    }
    cells = (cell for pair in changed.values() for cell in pair)
    return _Edit(frozenset(changed), tuple(cells), frozenset(defined))


def _bound(names: CellNames) -> set[tuple[str, bool]]:
    return {(definition.name, definition.certain) for definition in names.definitions}


def _kept_edges(
    graph: DependencyGraph, old: DependencyGraph, edit: _Edit, excluded: Iterable[str]
) -> dict[str, list[Edge]]:
    """The edges of `old` into the cells that the edit does not affect, by the ids of these cells,
    without the `excluded` ones.
    """
    kept: dict[str, list[Edge]] = {cell.id: [] for cell in graph.cells}
    for cell_id in (*edit.cell_ids, *excluded):
        kept.pop(cell_id, None)
    for edge in old.edges:
        if edge.consumer in kept:
            kept[edge.consumer].append(edge)
    for cell_id in list(kept) if edit.defined else ():
        if any(use.name in edit.defined for use in graph.names[cell_id].uses):
            del kept[cell_id]
    return kept


def _edges_into(
    graph: DependencyGraph, index: int, rebound: Mapping[int, frozenset[str]]
) -> Iterator[Edge]:
    """The edges into the cell at `index`.

    `rebound` maps the indexes of cells to the names that they bind again after the cell at `index`
    and before a cell calls its functions, which read the names.
    """
    provided = {provider: set(names) for provider, names in rebound.items()}
    for use in graph.names_at(index).uses:
        providers = list(graph.providers_at(use.name, index))
        is_elsewhere = not (use.guarded or use.star or is_predefined(use.name))
        if not providers and is_elsewhere and not is_unbound(use.name):
            unknown_definer = graph.unknown_definer_before(index)
            providers = [] if unknown_definer is None else [unknown_definer]
        for provider in providers:
            provided.setdefault(provider, set()).add(use.name)
    consumer = graph.cells[index].id
    for provider in sorted(provided):
        yield Edge(graph.cells[provider].id, consumer, tuple(sorted(provided[provider])))


def rebound_reads(graph: DependencyGraph) -> ReboundReads:
    """All names of a notebook that are bound again between a function that reads them and a call.

    c1: a = 1    c2: def f(): return a    c3: a = 2    c4: f()    c3 provides a to c2

    Where a call runs functions of very many cells, some of them are left out: of cells that all
    call all functions, the edges would grow with the square.
    """
    readers, functions = _readers_of_rebound_names(graph)
    found: dict[int, dict[int, set[str]]] = {}
    for index, cell in enumerate(graph.cells) if functions else ():
        called = functions & graph.names[cell.id].called
        readers_of: dict[str | None, set[int]] = {}
        for read in reads_of_called_functions(graph, index, called) if called else ():
            if read.function_index > index:
                continue
            provider = graph.provider_at(read.use.name, index)
            if read.is_bound_by_caller:
                provider = index
            known = readers_of.setdefault(read.use.via, set())
            if len(known) == MAX_READERS and read.function_index not in known:
                continue
            if provider is not None and read.function_index < provider <= index:
                known.add(read.function_index)
                names = found.setdefault(read.function_index, {}).setdefault(provider, set())
                names.add(read.use.name)
    providers = {
        function_index: {provider: frozenset(names) for provider, names in provided.items()}
        for function_index, provided in found.items()
    }
    return ReboundReads(providers, frozenset(readers).union(*readers.values()))


def _readers_of_rebound_names(graph: DependencyGraph) -> tuple[dict[str, list[str]], set[str]]:
    """The functions that read each name; and the functions that read a name which is bound again
    further down, or call such a function.
    """
    readers: dict[str, list[str]] = {}
    found: set[str] = set()
    for index, names in enumerate(graph.names.values()):
        for function in names.functions:
            for read in function.uses:
                readers.setdefault(read.name, []).append(function.name)
                if graph.definers.get(read.name, (0,))[-1] > index:
                    found.add(function.name)
    return readers, with_callers(found, readers)
