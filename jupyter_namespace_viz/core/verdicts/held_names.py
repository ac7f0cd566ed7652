"""Is the value that the kernel holds under a name the one that the provider would bind?"""

from __future__ import annotations

from dataclasses import replace

from jupyter_namespace_viz.core.analysis.cell_names import Use, restoring_imports
from jupyter_namespace_viz.core.analysis.constant_bindings import binds_same_value
from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph
from jupyter_namespace_viz.core.kernel_state.cell_runs import LastRuns, Origin, RunOrigins
from jupyter_namespace_viz.core.kernel_state.module_answers import is_module
from jupyter_namespace_viz.core.kernel_state.namespace import HeldName, Namespace
from jupyter_namespace_viz.core.sentences import Sentence
from jupyter_namespace_viz.core.verdicts.staleness import Staleness
from jupyter_namespace_viz.core.verdicts.verdict_types import Need, StaleCell
from jupyter_namespace_viz.core.verdicts.wording import explanations, stale_explanations
from jupyter_namespace_viz.core.verdicts.wording.mentions import subject_of
from jupyter_namespace_viz.core.vocabulary import Reason


class HeldNames:
    """Judges the names that one kernel holds, for the cells of one notebook."""

    def __init__(
        self,
        graph: DependencyGraph,
        namespace: Namespace,
        runs: LastRuns,
        origins: RunOrigins,
        staleness: Staleness,
    ) -> None:
        self._graph = graph
        self._namespace = namespace
        self._runs = runs
        self._origins = origins
        self._staleness = staleness

    def need(self, use: Use, held: HeldName, index: int) -> Need:
        """The verdict on a held name that the cell at `index` needs."""
        provider_in_order = self._graph.provider_at(use.name, index)
        origin = self._origins.of(held.bound_by)
        provider = origin.index if origin.index is not None else provider_in_order
        provider_id = None if provider is None else self._graph.cells[provider].id
        need = Need(use.name, "live", use.phase, use.certain, use.via, provider=provider_id)
        if provider_in_order is not None:
            imports = restoring_imports(self._graph.names_at(provider_in_order), use.name)
            # Several imports of one name are alternatives: any of their modules will do.
            modules = [one.bound_module for one in imports if one.bound_module is not None]
            known = self._namespace.modules
            if len(modules) < len(imports) or any(is_module(held, it, known) for it in modules):
                return replace(need, by_import=True)
            if modules:
                return self._clobbered(need, held, provider_in_order, modules[-1], origin)
        elif not self._is_provided(held, origin, index):
            reason, message = self._why_ghost(use, origin)
            return replace(need, status="ghost", reason=reason, provider=None, message=message)
        return self._stale(need, held, provider_in_order, origin) or need

    def why_stale(self, stale: StaleCell, index: int) -> Sentence:
        """The sentence that explains why the cell at `index` is stale."""
        read_from = None
        if stale.read is not None:
            binder = self._graph.index_of.get(stale.read.cell_id or "")
            read_from = Origin("cell", binder) if binder is not None else Origin("outside")
        return stale_explanations.stale_cell(stale, read_from, index)

    def _clobbered(
        self, need: Need, held: HeldName, provider: int, module: str, origin: Origin
    ) -> Need:
        binder = subject_of(origin)
        return replace(
            need,
            status="clobbered",
            reason="clobbered",
            provider=self._graph.cells[provider].id,
            message=explanations.clobbered(need.name, need.via, module, held, binder),
            by_import=True,
        )

    # Ghosts

    def _is_provided(self, held: HeldName, origin: Origin, index: int) -> bool:
        """Whether a run of the notebook may bind the name, though no cell's text defines it.

        So it is when a startup file bound it, when a cell was seen to bind it and still has the
        same text, or when a star import or text that does not parse may bind it.
        """
        graph = self._graph
        if held.initial or graph.unknown_definer_before(index) is not None:
            return True
        if graph.intended_by(held.name, index) is not None:
            return True
        return origin.index is not None and not self._is_edited(held, origin.index)

    def _is_edited(self, held: HeldName, index: int) -> bool:
        """Whether the text of the cell at `index` would bind the name to another value than the
        text that ran.
        """
        run, source = held.bound_by, self._graph.cells[index].source
        if run is None or run.source == source:
            return False
        return not binds_same_value(held.name, run.source, source)

    def _why_ghost(self, use: Use, origin: Origin) -> tuple[Reason, Sentence]:
        reason: Reason = "no_provider"
        if origin.kind == "cell":
            reason = "provider_edited"
        elif origin.kind == "deleted_cell":
            reason = "cell_deleted"
        binder = subject_of(origin)
        return reason, explanations.ghost(use.name, use.via, reason, binder)

    # Stale names

    def _stale(self, need: Need, held: HeldName, index: int | None, origin: Origin) -> Need | None:
        """The need as stale, if its provider would bind another value now than the kernel holds;
        else None. `index` is that of the provider when the notebook runs in order.
        """
        if held.bound_by is None:
            return None
        reason: Reason | None = None
        if origin.index is None:
            reason = "bound_elsewhere"
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
        binder = subject_of(origin)
        message = explanations.stale_name(need.name, need.via, reason, index, binder)
        provider = self._graph.cells[index].id
        return replace(need, status="stale", reason=reason, provider=provider, message=message)
