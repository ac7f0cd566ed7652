"""Which cells raised when they last ran, with nothing changed since that could mend them?

c1: json = 3    c2: json.dumps(np.pi)  (AttributeError)    np is imported: c2 would raise again
"""

from __future__ import annotations

from jupyter_namespace_viz.core.analysis.builtin_names import BUILTINS, is_predefined
from jupyter_namespace_viz.core.analysis.cell_names import Use
from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph
from jupyter_namespace_viz.core.graph.needs import reads_of_run
from jupyter_namespace_viz.core.graph.values import Binders
from jupyter_namespace_viz.core.kernel_state.cell_runs import LastRuns
from jupyter_namespace_viz.core.kernel_state.namespace import (
    MOST_CHANGES,
    Change,
    Namespace,
    Run,
)


class FailedRuns:
    """Finds the cells that would most likely raise again, because they would do the same as before.

    What a run reads from elsewhere, such as a file, is not known, and counts as unchanged.
    """

    def __init__(
        self,
        graph: DependencyGraph,
        namespace: Namespace,
        runs: LastRuns,
        binders: Binders,
    ) -> None:
        self._graph = graph
        self._namespace = namespace
        self._runs = runs
        self._binders = binders
        self._builtins = BUILTINS if namespace.builtins is None else namespace.builtins

    def of(self, index: int) -> Run | None:
        """The last run of the cell at `index`, if it raised, and neither the cell's text nor what
        could mend it has changed since; else None.
        """
        run = self._runs.of(index)
        if run is None or run.succeeded or run.source != self._graph.cells[index].source:
            return None
        if self._is_found_now(run.missing_module):
            return None
        if run.missing_module is not None and self._graph.names_at(index).imports:
            return run
        reads = tuple(reads_of_run(self._graph, index, self._binders))
        if run.error == "NameError" and any(map(self._is_lacking, reads)):
            return run
        return None if any(self._could_mend(use, index, run) for use in reads) else run

    def _is_found_now(self, module: str | None) -> bool:
        """Whether a module that the run did not find is there now."""
        answer = self._namespace.modules.get(module or "")
        return answer is not None and answer.found and answer.certain

    def _is_lacking(self, use: Use) -> bool:
        """Whether using the name would certainly raise NameError now."""
        is_held = use.name in self._namespace.names or is_predefined(use.name, self._builtins)
        return use.certain and not use.guarded and not is_held

    def _could_mend(self, use: Use, index: int, run: Run) -> bool:
        """Whether the name has changed since the run, and may have led to its error.

        A name that was missing then has not led to another error than NameError, unless the cell
        handles that one.
        """
        if not self._has_changed(use.name, index, run):
            return False
        held = self._namespace.names.get(use.name)
        if run.error in {None, "NameError"} or use.guarded or held is None or not held.changes:
            return True
        if held.initial or is_predefined(use.name, self._builtins):
            return True
        is_all_known = len(held.changes) < MOST_CHANGES
        return not (is_all_known and all(it.serial > run.serial for it in held.changes))

    def _has_changed(self, name: str, index: int, run: Run) -> bool:
        """Whether the name was bound, mutated or deleted after the run."""
        held = self._namespace.names.get(name)
        if held is None:
            deleted_by = self._namespace.deleted_by.get(name)
            return deleted_by is not None and deleted_by.serial > run.serial
        if held.changes:
            return any(_is_after(change, run) for change in held.changes)
        # When it was bound was not seen.
        provider = self._graph.provider_at(name, index)
        provided_by = None if provider is None else self._runs.of(provider)
        return provided_by is not None and provided_by.serial > run.serial


def _is_after(change: Change, run: Run) -> bool:
    """Whether the change came after the run had begun, and not from the run itself."""
    is_outside = change.kind == "outside" and change.serial == run.serial
    return is_outside or change.serial > run.serial
