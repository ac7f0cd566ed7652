"""Which held names does a restart lose, and which cells bound others without showing it?"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from jupyter_namespace_viz.core.analysis.builtin_names import is_made_by_running
from jupyter_namespace_viz.core.analysis.cell_names import CellNames
from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph
from jupyter_namespace_viz.core.graph.observed_names import ObservedNames
from jupyter_namespace_viz.core.kernel_state.namespace import HeldName, Namespace
from jupyter_namespace_viz.core.kernel_state.source_runs import NotebookSources
from jupyter_namespace_viz.core.syntax.name_sources import StarImport

MOST_TEXTS = 500
"""The most texts that are remembered; the oldest are forgotten."""


class LostNames:
    """The held names that no run of the notebook would bind again.

    A name comes back where a cell defines it, where a star import of the notebook gives it, as is
    known or as it was bound, and where a cell still has the text that bound it, whichever way that
    text did. What startup files and IPython bind comes back without a cell.
    """

    def __init__(self, graph: DependencyGraph, namespace: Namespace) -> None:
        self._defined = graph.definers.keys()
        self._texts = frozenset(cell.source for cell in graph.cells)
        self._sources = NotebookSources(graph)
        sources = {str(it) for names in graph.names.values() for it in names.name_sources}
        given = (namespace.star_names.get(source, frozenset()) for source in sources)
        self._given = frozenset[str]().union(*given)

    def __contains__(self, held: HeldName) -> bool:
        if held.initial or held.name in self._defined or held.name in self._given:
            return False
        if is_made_by_running(held.name):
            return False
        if held.bound_by is None:
            return True
        return not (held.bound_by.source in self._texts or self._sources.bind(held))


def observed_names(
    before: ObservedNames, held: Iterable[HeldName], read: Callable[[str], CellNames]
) -> ObservedNames:
    """What cells were observed to bind without showing it: what was known `before`, and what the
    names add to it that are held when the kernel's process ends.

    Names that star imports may have bound are left out: their modules tell.
    """
    found = {text: set(names) for text, names in before.items()}
    for it in held:
        run = it.bound_by
        if run is None or run.cell_id is None or is_made_by_running(it.name):
            continue
        names = read(run.source)
        has_star = any(isinstance(source, StarImport) for source in names.name_sources)
        if names.definition_of(it.name) is None and not has_star:
            found.setdefault(run.source, set()).add(it.name)
    kept = list(found.items())[-MOST_TEXTS:]
    return {text: frozenset(names) for text, names in kept}
