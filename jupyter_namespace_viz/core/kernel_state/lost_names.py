"""Which held names does a restart lose?"""

from __future__ import annotations

from jupyter_namespace_viz.core.analysis.builtin_names import is_made_by_running
from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph
from jupyter_namespace_viz.core.kernel_state.namespace import HeldName, Namespace
from jupyter_namespace_viz.core.kernel_state.source_runs import NotebookSources


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
