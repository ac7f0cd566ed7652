"""Which edges does a graph have?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from jupyter_namespace_viz.core.analysis.builtin_names import is_predefined
from jupyter_namespace_viz.core.analysis.cell_names import CellNames
from jupyter_namespace_viz.core.analysis.function_effects import with_callers
from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph, Edge, ReboundReads
from jupyter_namespace_viz.core.graph.needs import reads_by_calls


def with_edges(graph: DependencyGraph, old: DependencyGraph) -> DependencyGraph:
    """The graph with its edges; what an edit of `old`, the one before, leaves alone is kept."""
    edit = _edit_between(old, graph)
    if edit is None:
        late, kept = rebound_reads(graph), {}
    else:
        late = rebound_reads(graph) if edit.concerns(old.late) else old.late
        changed = () if late is old.late else {*old.late.providers, *late.providers}
        kept = _kept_edges(graph, old, edit, {graph.cells[place].id for place in changed})
    edges: list[Edge] = []
    for position, cell in enumerate(graph.cells):
        if cell.id in kept:
            edges += kept[cell.id]
        else:
            edges += _edges_into(graph, position, late.providers.get(position, {}))
    return replace(graph, edges=tuple(edges), late=late)


@dataclass(frozen=True, slots=True)
class _Edit:
    """What is not as it was: the cells, before and after, and the names that they define."""

    cell_ids: frozenset[str]
    cells: tuple[CellNames, ...]
    defined: frozenset[str]

    def concerns(self, late: ReboundReads) -> bool:
        """Whether functions may be called with other names bound than before."""
        return not self.defined.isdisjoint(late.concerned) or any(
            cell.functions or not cell.called.isdisjoint(late.concerned) for cell in self.cells
        )


def _edit_between(old: DependencyGraph, graph: DependencyGraph) -> _Edit | None:
    """The edit that led from one graph to the other; None when cells were added, moved or removed,
    or any name may be touched.
    """
    marks = (graph.stars, graph.clearing)
    if list(graph.names) != list(old.names) or marks != (old.stars, old.clearing):
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
    graph: DependencyGraph, old: DependencyGraph, edit: _Edit, others: Iterable[str]
) -> dict[str, list[Edge]]:
    """The edges into the cells that an edit leaves as they are, by the cells' ids.

    `others` are cells to leave out.
    """
    kept: dict[str, list[Edge]] = {cell.id: [] for cell in graph.cells}
    for cell_id in (*edit.cell_ids, *others):
        kept.pop(cell_id, None)
    for edge in old.edges:
        if edge.consumer in kept:
            kept[edge.consumer].append(edge)
    for cell_id in list(kept) if edit.defined else ():
        if any(use.name in edit.defined for use in graph.names[cell_id].uses):
            del kept[cell_id]
    return kept


def _edges_into(
    graph: DependencyGraph, position: int, late: Mapping[int, frozenset[str]]
) -> Iterator[Edge]:
    """The edges into the cell at `position`; `late` are what its functions read that is bound
    again before they are called, by the place that binds it.
    """
    provided = {place: set(names) for place, names in late.items()}
    for use in graph.names_at(position).uses:
        places = list(graph.providers_at(use.name, position))
        if not places and not (use.guarded or use.star or is_predefined(use.name)):
            star = graph.star_at(position)  # who else?
            places = [] if star is None else [star]
        for place in places:
            provided.setdefault(place, set()).add(use.name)
    consumer = graph.cells[position].id
    for place in sorted(provided):
        yield Edge(graph.cells[place].id, consumer, tuple(sorted(provided[place])))


def rebound_reads(graph: DependencyGraph) -> ReboundReads:
    """All late bindings of a notebook.

    c1: a = 1    c2: def f(): return a    c3: a = 2    c4: f()    c3 provides a to c2
    """
    readers, functions = _late_readers(graph)
    found: dict[int, dict[int, set[str]]] = {}
    for position, cell in enumerate(graph.cells) if functions else ():
        called = functions & graph.names[cell.id].called
        for read in reads_by_calls(graph, position, called) if called else ():
            if not read.is_called or read.place > position:
                continue
            provider = graph.provider_at(read.use.name, position)
            if read.is_own:
                provider = position
            if provider is not None and read.place < provider <= position:
                names = found.setdefault(read.place, {}).setdefault(provider, set())
                names.add(read.use.name)
    providers = {
        place: {provider: frozenset(names) for provider, names in provided.items()}
        for place, provided in found.items()
    }
    return ReboundReads(providers, frozenset(readers).union(*readers.values()))


def _late_readers(graph: DependencyGraph) -> tuple[dict[str, list[str]], set[str]]:
    """The functions that read each name, and those that read one which is bound again further
    down, or call one that does.
    """
    readers: dict[str, list[str]] = {}
    found: set[str] = set()
    for position, names in enumerate(graph.names.values()):
        for function in names.functions:
            for read in function.uses:
                readers.setdefault(read.name, []).append(function.name)
                if graph.definers.get(read.name, (0,))[-1] > position:
                    found.add(function.name)
    return readers, with_callers(found, readers)
