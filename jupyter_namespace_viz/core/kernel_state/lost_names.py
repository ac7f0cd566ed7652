"""Which of the held names does a restart lose for good?"""

from __future__ import annotations

from jupyter_namespace_viz.core.analysis.builtin_names import is_made_by_running
from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph
from jupyter_namespace_viz.core.kernel_state.namespace import HeldName, Namespace


class LostNames:
    """The held names that no run of the notebook would bind again.

    A name comes back where a cell defines it, where a star import of the notebook gives it, and
    where a cell still has the text that bound it, whichever way that text did. What startup files
    and IPython bind comes back without a cell.
    """

    def __init__(self, graph: DependencyGraph, namespace: Namespace) -> None:
        self._defined = graph.definers.keys()
        self._texts = frozenset(cell.source for cell in graph.cells)
        sources = {str(it) for names in graph.names.values() for it in names.name_sources}
        given = (namespace.star_names.get(source, frozenset()) for source in sources)
        self._given = frozenset[str]().union(*given)

    def __contains__(self, held: HeldName) -> bool:
        if held.initial or held.name in self._defined or held.name in self._given:
            return False
        if is_made_by_running(held.name):
            return False
        return held.bound_by is None or held.bound_by.source not in self._texts
