"""Is what the kernel holds under a name what its provider would give?"""

from __future__ import annotations

from dataclasses import replace

from jupyter_namespace_viz.core.analysis.cell_names import Use, restoring_imports
from jupyter_namespace_viz.core.analysis.constant_bindings import binds_same_value
from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph
from jupyter_namespace_viz.core.kernel_state.cell_runs import LastRuns, Origin, RunOrigins
from jupyter_namespace_viz.core.kernel_state.module_answers import is_module
from jupyter_namespace_viz.core.kernel_state.namespace import HeldName, Namespace
from jupyter_namespace_viz.core.verdicts import explanations
from jupyter_namespace_viz.core.verdicts.staleness import StaleCell, Staleness
from jupyter_namespace_viz.core.verdicts.verdict_types import Need
from jupyter_namespace_viz.core.vocabulary import Reason


class HeldNames:
    """Judges the names that one kernel holds, for the cells of one notebook."""

    def __init__(
        self,
        graph: DependencyGraph,
        namespace: Namespace,
        runs: LastRuns,
        origins: RunOrigins,
        freshness: Staleness,
    ) -> None:
        self._graph = graph
        self._namespace = namespace
        self._runs = runs
        self._origins = origins
        self._freshness = freshness

    def need(self, use: Use, held: HeldName, position: int) -> Need:
        """The verdict on a held name that the cell at `position` needs."""
        place = self._graph.provider_at(use.name, position)
        origin = self._origins.of(held.bound_by)
        provider = origin.place if origin.place is not None else place
        provider_id = None if provider is None else self._graph.cells[provider].id
        need = Need(use.name, "live", use.phase, use.certain, use.via, provider=provider_id)
        if place is not None:
            imports = restoring_imports(self._graph.names_at(place), use.name)
            # Several imports of one name are alternatives: any of their modules will do.
            modules = [one.gives for one in imports if one.gives is not None]
            known = self._namespace.modules
            if len(modules) < len(imports) or any(is_module(held, it, known) for it in modules):
                return replace(need, by_import=True)
            if modules:
                return self._clobbered(need, held, place, modules[-1], origin)
        elif not self._is_provided(held, origin, position):
            reason, message = self._why_ghost(use, origin)
            return replace(need, status="ghost", reason=reason, provider=None, message=message)
        return self._stale(need, held, place, origin) or need

    def why_outdated(self, outdated: StaleCell, position: int) -> str:
        """The sentence on the cell at `position`, which is out of date."""
        origin = None
        if outdated.read is not None:
            place = self._graph.positions.get(outdated.read.cell_id or "")
            origin = Origin("cell", place) if place is not None else Origin("outside")
        return explanations.outdated(outdated, origin, position)

    def _clobbered(
        self, need: Need, held: HeldName, place: int, module: str, origin: Origin
    ) -> Need:
        who = explanations.who(origin)
        return replace(
            need,
            status="clobbered",
            reason="clobbered",
            provider=self._graph.cells[place].id,
            message=explanations.clobbered(need.name, need.via, module, held, who),
            by_import=True,
        )

    # Ghosts

    def _is_provided(self, held: HeldName, origin: Origin, position: int) -> bool:
        """Whether a run of the notebook would give the name, though no cell's text says so.

        A startup file did it, or a cell that was seen to bind it and still has the same text, or a
        star import may, or text that cannot be parsed now.
        """
        graph = self._graph
        if held.initial or graph.star_at(position) is not None:
            return True
        if graph.intended_by(held.name, position) is not None:
            return True
        return origin.place is not None and not self._is_edited(held, origin.place)

    def _is_edited(self, held: HeldName, place: int) -> bool:
        """Whether the cell's text would bind the name to something else than that which ran."""
        run, source = held.bound_by, self._graph.cells[place].source
        if run is None or run.source == source:
            return False
        return not binds_same_value(held.name, run.source, source)

    def _why_ghost(self, use: Use, origin: Origin) -> tuple[Reason, str]:
        reason: Reason = "no_provider"
        if origin.kind == "cell":
            reason = "provider_edited"
        elif origin.kind == "deleted_cell":
            reason = "cell_deleted"
        who = explanations.who(origin)
        return reason, explanations.ghost(use.name, use.via, reason, who)

    # Stale names

    def _stale(self, need: Need, held: HeldName, place: int | None, origin: Origin) -> Need | None:
        """The need, if what the kernel holds is not what its provider would give by now."""
        if held.bound_by is None:
            return None
        reason: Reason | None = None
        if origin.place is None:
            reason = "bound_elsewhere"
        elif self._is_edited(held, origin.place):
            reason, place = "provider_edited", origin.place
        else:
            place = origin.place
            last = self._runs.of(place)
            if last is not None and not last.succeeded and last.serial > held.bound_by.serial:
                reason = "provider_failed"
            elif self._freshness.is_outdated(place, held.name):
                reason = "input_changed"
        if reason is None or place is None:
            return None
        message = explanations.stale(need.name, need.via, reason, place, explanations.who(origin))
        provider = self._graph.cells[place].id
        return replace(need, status="stale", reason=reason, provider=provider, message=message)
