"""Which names are bound again between a function that reads them and its call?"""

from __future__ import annotations

from jupyter_namespace_viz.core.analysis.scopes import with_callers
from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph, LateBindings
from jupyter_namespace_viz.core.graph.needs import reads_by_calls


def late_bindings(graph: DependencyGraph) -> LateBindings:
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
    return LateBindings(providers, frozenset(readers).union(*readers.values()))


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
