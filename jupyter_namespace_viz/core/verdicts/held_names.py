"""Is the value that the kernel holds under a name the one that the provider would bind?"""

from __future__ import annotations

from dataclasses import replace

from jupyter_namespace_viz.core.analysis.bindings import ImportStatement
from jupyter_namespace_viz.core.analysis.cell_names import Use, restoring_imports
from jupyter_namespace_viz.core.analysis.constant_bindings import binds_same_value
from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph
from jupyter_namespace_viz.core.kernel_state.cell_runs import LastRuns, RunOrigin
from jupyter_namespace_viz.core.kernel_state.module_answers import is_module
from jupyter_namespace_viz.core.kernel_state.namespace import HeldName, Namespace
from jupyter_namespace_viz.core.kernel_state.source_runs import NotebookSources
from jupyter_namespace_viz.core.sentences import Sentence
from jupyter_namespace_viz.core.verdicts.staleness import Staleness
from jupyter_namespace_viz.core.verdicts.verdict_types import Need, StaleCell
from jupyter_namespace_viz.core.verdicts.wording import explanations, stale_explanations
from jupyter_namespace_viz.core.verdicts.wording.mentions import subject_of
from jupyter_namespace_viz.core.vocabulary import Reason


def why_not_imported(
    runs: LastRuns, index: int, held: HeldName, imported: ImportStatement
) -> Reason | None:
    """Why the held name is not bound to the module that the cell at `index` imports; None where
    something overwrote it after the import had run.
    """
    run, perhaps = runs.of(index), runs.perhaps_of(index)
    if perhaps is not None:
        is_after = held.bound_by is not None and held.bound_by.serial >= perhaps.serial
        return None if is_after else "one_of_cells"
    if run is None:
        return "never_run"
    ran = {statement for it in runs.read(run.source).imports for statement in it.statements}
    if imported not in ran:
        return "provider_edited"
    if not run.succeeded and not any(change.is_of(run) for change in held.changes):
        return "provider_failed"
    is_newer = held.bound_by is None or held.bound_by.serial >= run.serial
    return None if is_newer else "not_bound"


class HeldNames:
    """Judges the names that one kernel holds, for the cells of one notebook."""

    def __init__(
        self,
        graph: DependencyGraph,
        namespace: Namespace,
        runs: LastRuns,
        staleness: Staleness,
    ) -> None:
        self._graph = graph
        self._namespace = namespace
        self._runs = runs
        self._staleness = staleness
        self._sources = NotebookSources(graph)

    def need(self, use: Use, held: HeldName, index: int) -> Need:
        """The verdict on a held name that the cell at `index` needs."""
        provider_in_order = self._graph.provider_at(use.name, index)
        origin = self._runs.origin(held.bound_by, held.name)
        provider = origin.index if origin.index is not None else provider_in_order
        provider_id = None if provider is None else self._graph.cells[provider].id
        need = Need(use.name, "live", use.phase, use.certain, use.via, provider=provider_id)
        is_below = provider_in_order is not None and provider_in_order > index
        is_lost = is_below and origin.is_gone
        if provider_in_order is not None and not is_lost:
            imports = restoring_imports(self._graph.names_at(provider_in_order), use.name)
            # Several imports of one name are alternatives: any of their modules will do.
            modules = [one.bound_module for one in imports if one.bound_module is not None]
            known = self._namespace.modules
            if len(modules) < len(imports) or any(is_module(held, it, known) for it in modules):
                return replace(need, by_import=True)
            if modules:
                other = self._other_import(need, held, provider_in_order, imports[-1], origin)
                return other or self._stale(need, held, provider_in_order, origin) or need
        elif not self._is_provided(held, origin, index):
            reason, message = self._why_ghost(use, held, origin)
            return replace(need, status="ghost", reason=reason, provider=None, message=message)
        return self._stale(need, held, provider_in_order, origin) or need

    def why_stale(self, stale: StaleCell, index: int) -> Sentence:
        """The sentence that explains why the cell at `index` is stale."""
        perhaps = self.why_perhaps_ran(index)
        if perhaps is not None and stale.index == index:
            return perhaps
        read_from = None
        if stale.read is not None:
            read_from = self._runs.origin_of_change(stale.read, stale.name)
        return stale_explanations.stale_cell(stale, read_from, index)

    def why_perhaps_ran(self, index: int) -> Sentence | None:
        """The sentence that says that the cell at `index`, or another one with its text, has run;
        None where it is known which one ran.
        """
        run = self._runs.perhaps_of(index)
        if run is None:
            return None
        origin = self._runs.origin(run, "")
        return stale_explanations.perhaps_ran(origin, run.execution_count or 0, run.error)

    def _other_import(
        self,
        need: Need,
        held: HeldName,
        provider: int,
        imported: ImportStatement,
        origin: RunOrigin,
    ) -> Need | None:
        """The need of a name that is not bound to the module that its provider imports; None where
        the provider has run and binds it to something else.
        """
        binder = subject_of(origin)
        cause = why_not_imported(self._runs, provider, held, imported)
        if cause == "not_bound":
            return None
        need = replace(need, provider=self._graph.cells[provider].id, by_import=True)
        if cause is None:
            module = imported.bound_module or imported.module
            message = explanations.clobbered(need.name, need.via, module, held, binder)
            return replace(need, status="clobbered", reason="clobbered", message=message)
        message = explanations.other_import(held, need.via, binder, imported.code, provider, cause)
        return replace(need, status="stale", reason="other_import", message=message)

    # Ghosts

    def _is_provided(self, held: HeldName, origin: RunOrigin, index: int) -> bool:
        """Whether a run of the notebook may bind the name, though no cell's text defines it.

        So it is when a startup file bound it, when a cell was seen to bind it and still has the
        same text, or when a star import or text that does not parse may bind it, as when that
        import was restored.
        """
        graph = self._graph
        if held.initial or graph.unknown_definer_before(index) is not None:
            return True
        if graph.intended_by(held.name, index) is not None or self._sources.bind(held, index):
            return True
        return origin.index is not None and not self._is_edited(held, origin.index)

    def _is_edited(self, held: HeldName, index: int) -> bool:
        """Whether the text of the cell at `index` would bind the name to another value than the
        text that ran.
        """
        run = held.bound_by
        if run is None or self._runs.contains(index, run):
            return False
        return not self._binds_same(held, index)

    def _binds_same(self, held: HeldName, index: int | None) -> bool:
        """Whether the cell at `index` would bind the name to the constant that the kernel holds."""
        if held.bound_by is None or index is None:
            return False
        return binds_same_value(held.name, held.bound_by.source, self._graph.cells[index].source)

    def _earlier_count(self, held: HeldName, origin: RunOrigin) -> int | None:
        """The execution count of the run that bound the name, if its cell has run again since: the
        notebook shows the count of the last run.
        """
        last = None if origin.index is None else self._runs.of(origin.index)
        run = held.bound_by
        if run is None or last is None or last.serial == run.serial:
            return None
        return run.execution_count

    def _why_ghost(self, use: Use, held: HeldName, origin: RunOrigin) -> tuple[Reason, Sentence]:
        reason: Reason = "no_provider"
        if origin.kind == "cell":
            reason = "provider_edited"
        elif origin.kind == "deleted_cell":
            reason = "cell_deleted"
        binder, count = subject_of(origin), self._earlier_count(held, origin)
        return reason, explanations.ghost(use.name, use.via, reason, binder, count)

    # Stale names

    def _stale(
        self, need: Need, held: HeldName, index: int | None, origin: RunOrigin
    ) -> Need | None:
        """The need as stale, if its provider would bind another value now than the kernel holds;
        else None. `index` is that of the provider when the notebook runs in order.
        """
        if held.bound_by is None:
            return None
        reason: Reason | None = None
        if origin.index is None:
            is_same = index in origin.indexes and self._binds_same(held, index)
            reason = None if is_same else "bound_elsewhere"
        elif self._is_edited(held, origin.index):
            reason, index = "provider_edited", origin.index
        else:
            index = origin.index
            last = self._runs.of(index)
            if last is not None and not last.succeeded and last.serial > held.bound_by.serial:
                reason = "provider_failed"
            elif self._staleness.is_stale(index, held.name):
                reason = "input_changed"
        if reason is None or index is None:
            return None
        binder, count = subject_of(origin), self._earlier_count(held, origin)
        if index in origin.indexes:
            message = stale_explanations.from_one_of_cells(need.name, need.via, binder)
        else:
            message = explanations.stale_name(need.name, need.via, reason, index, binder, count)
        provider = self._graph.cells[index].id
        return replace(need, status="stale", reason=reason, provider=provider, message=message)
