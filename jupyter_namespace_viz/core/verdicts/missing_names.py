"""Why does the kernel not hold a name?"""

from __future__ import annotations

from jupyter_namespace_viz.core.analysis.builtin_names import is_predefined
from jupyter_namespace_viz.core.analysis.cell_names import Use, restoring_imports
from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph
from jupyter_namespace_viz.core.kernel_state.cell_runs import LastRuns, RunOrigins
from jupyter_namespace_viz.core.kernel_state.module_answers import missing_module
from jupyter_namespace_viz.core.kernel_state.namespace import Namespace
from jupyter_namespace_viz.core.verdicts import explanations
from jupyter_namespace_viz.core.vocabulary import Reason


class MissingNames:
    """Explains the names that one kernel does not hold, to the cells of one notebook."""

    def __init__(
        self, graph: DependencyGraph, namespace: Namespace, runs: LastRuns, origins: RunOrigins
    ) -> None:
        self._graph = graph
        self._namespace = namespace
        self._runs = runs
        self._origins = origins

    def reason(self, name: str, place: int | None, position: int) -> tuple[Reason, int | None]:
        """The reason that explains best why the cell at `position` lacks the name, which that at
        `place` provides; and the place that it speaks of.
        """
        graph = self._graph
        if name in self._namespace.deleted_by:
            return "deleted", place
        if place is None and is_predefined(name):
            return "not_built_in", None
        if place is None:
            star = graph.star_at(position)
            if star is not None and self._runs.of(star) is None:
                return "star_import", star
            meaning = graph.intended_by(name, position)
            return ("no_provider", None) if meaning is None else ("not_parsed", meaning)
        if self._absent_module(name, place) is not None:
            return "not_installed", place
        run = self._runs.of(place)
        if run is not None:
            if not run.succeeded:
                return "provider_failed", place
            edited = run.source != graph.cells[place].source
            return ("provider_edited" if edited else "not_bound"), place
        if place > position:
            return "later_cell", place
        return ("lost_at_restart" if name in self._namespace.lost else "never_run"), place

    def explanation(self, use: Use, reason: Reason, place: int | None) -> str:
        """The sentence on a missing name."""
        if reason == "not_installed" and place is not None:
            module = self._absent_module(use.name, place) or use.name
            python = self._namespace.python
            return explanations.cannot_be_imported(use.name, use.via, place, module, python)
        deleter = explanations.who(self._origins.of(self._namespace.deleted_by.get(use.name)))
        beginning = self._namespace.beginning
        return explanations.missing(use.name, use.via, reason, place, deleter, beginning)

    def _absent_module(self, name: str, place: int) -> str | None:
        """The module that keeps the cell at a place from importing the name, if one does."""
        names = self._graph.names_at(place)
        needed = {imported.module for imported in names.imports if not imported.guarded}
        for one in restoring_imports(names, name):
            absent = missing_module(one.module, self._namespace.modules)
            if absent is not None and one.module in needed:
                return absent
        return None
