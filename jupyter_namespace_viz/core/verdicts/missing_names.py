"""Why does the kernel not hold a name, and what would bind it?"""

from __future__ import annotations

from jupyter_namespace_viz.core.analysis.builtin_names import is_predefined
from jupyter_namespace_viz.core.analysis.cell_names import Use, restoring_codes, restoring_imports
from jupyter_namespace_viz.core.analysis.common_imports import COMMON_IMPORTS
from jupyter_namespace_viz.core.analysis.flow import is_unbound, spelling
from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph
from jupyter_namespace_viz.core.graph.enrichment.constants import skipping_definer
from jupyter_namespace_viz.core.graph.failed_imports import (
    as_read_without,
    handled_failures,
    module_not_imported,
)
from jupyter_namespace_viz.core.graph.output_names import is_output_name
from jupyter_namespace_viz.core.kernel_state.cell_runs import LastRuns
from jupyter_namespace_viz.core.kernel_state.module_answers import missing_module
from jupyter_namespace_viz.core.kernel_state.source_runs import has_code_run
from jupyter_namespace_viz.core.sentences import Sentence
from jupyter_namespace_viz.core.verdicts.context import VerdictContext
from jupyter_namespace_viz.core.verdicts.module_makers import ModuleMakers
from jupyter_namespace_viz.core.verdicts.verdict_types import Need
from jupyter_namespace_viz.core.verdicts.wording import (
    missing_explanations,
    module_explanations,
)
from jupyter_namespace_viz.core.verdicts.wording.mentions import subject_of
from jupyter_namespace_viz.core.vocabulary import NameStatus, Reason


class MissingNames:
    """Judges the names that one kernel does not hold, for the cells of one notebook."""

    def __init__(
        self,
        graph: DependencyGraph,
        context: VerdictContext,
        runs: LastRuns,
        makers: ModuleMakers,
    ) -> None:
        self._graph = graph
        self._context = context
        self._namespace = context.namespace
        self._runs = runs
        self._makers = makers

    def as_read(self, use: Use, index: int) -> Use | None:
        """The use of a name that the kernel does not hold, as the cell at `index` reads it in this
        environment; None where it does not. An import whose failure a cell handles may fail:

            try: import gone
            except ImportError: pass
            gone.x()

        What is read on some paths only is taken to be read where the import does not fail.
        """
        found: Use | None = use
        if index < len(self._graph.cells):  # else asked below all cells
            names, source = self._graph.names_at(index), self._graph.cells[index].source
            handled = handled_failures(names, lambda it: self._is_missing_from(index, it))
            found = as_read_without(use, source, handled)
        if found is None or found.certain or found.via is not None:
            return found
        provider = self._graph.provider_at(use.name, index)
        binder = index if provider is None or provider > index else provider
        return None if self._module_not_imported(use.name, binder) else found

    def need(self, use: Use, index: int) -> Need | None:
        """The verdict on a name that the cell at `index` needs and that the kernel does not hold,
        or is not known to hold; None where the cell itself imports it, or may.
        """
        if is_unbound(use.name):
            return Need(
                spelling(use.name),
                "missing",
                use.phase,
                use.certain,
                use.via,
                reason="unbound",
                message=missing_explanations.unbound(use.name, use.via),
            )
        is_own = use.may_be_bound and not use.certain
        if is_own and self._context.has_answered and self._context.is_running:
            provider = self._graph.provider_at(use.name, index)
            if not use.star and (provider is None or provider > index):
                is_there = use.unless_imported and self._is_importable(use.name, index)
                return None if is_there else _bound_in_branch(use)
        provider = self._graph.provider_at(use.name, index)
        status: NameStatus = "unknown"
        by_import = False
        reason: Reason
        if not self._context.has_answered:
            reason, message = "cannot_ask", missing_explanations.cannot_ask(use.name, use.via)
        elif use.star and not self._namespace.paths:
            return None  # where the kernel would find the module is not known yet
        elif use.star:
            reason, provider = "star_import", None
            message = missing_explanations.own_star_import(use.name, use.via)
        else:
            status = "missing"
            by_import = provider is not None and self._graph.is_import_at(use.name, provider)
            reason, provider = self.reason(use.name, provider, index)
            if reason == "not_built_in" and use.deletes:
                reason = "no_provider"
            if reason == "star_import" and provider is not None:
                by_import = bool(restoring_codes(self._graph.names_at(provider), use.name))
            message = self.explanation(use, reason, provider)
        return Need(
            use.name,
            status,
            use.phase,
            use.certain,
            use.via,
            reason=reason,
            provider=None if provider is None else self._graph.cells[provider].id,
            message=message,
            by_import=by_import,
            import_code=self._import_to_insert(use.name, reason, provider),
        )

    def _is_importable(self, name: str, index: int) -> bool:
        """Whether no module is known to be missing from which the cell at `index` imports it."""
        imports = restoring_imports(self._graph.names_at(index), name)
        modules = self._namespace.modules
        return all(missing_module(it.module, modules) is None for it in imports)

    def reason(self, name: str, provider: int | None, index: int) -> tuple[Reason, int | None]:
        """Why the kernel does not hold a name that the cell at `index` needs and the cell at
        `provider` defines; and the index of the cell that the reason is about.
        """
        graph = self._graph
        if name in self._namespace.deleted_by:
            return "deleted", provider
        if provider is None and self._module_not_imported(name, index) is not None:
            return "not_installed", index
        if provider is None and is_predefined(name) and not is_output_name(name):
            return "not_built_in", None
        if provider is None:
            for definer in graph.unknown_definers_before(index):
                if not self._runs.may_bind(definer, name):
                    continue
                if not self._runs.has_code_run(definer):
                    return "star_import", definer
                if self._has_failed_to_define(definer):
                    return "provider_failed", definer
            unparsed = graph.intended_by(name, index)
            return ("no_provider", None) if unparsed is None else ("not_parsed", unparsed)
        absent = self._missing_module(name, provider)
        if absent is not None and not self._is_importable_later(absent, provider):
            return "not_installed", provider
        if self._runs.perhaps_of(provider) is not None:
            return "one_of_cells", provider
        run = self._runs.of(provider)
        if run is not None:
            if not run.succeeded:
                return "provider_failed", provider
            is_edited = run.source != graph.cells[provider].source
            return ("provider_edited" if is_edited else "not_bound"), provider
        if provider > index:
            return "later_cell", provider
        return ("lost_at_restart" if name in self._namespace.lost else "never_run"), provider

    def explanation(self, use: Use, reason: Reason, index: int | None) -> Sentence:
        """The sentence for a missing name; `index` is that of the cell that the reason is about."""
        if reason in {"never_run", "lost_at_restart"} and not self._context.is_running:
            return missing_explanations.has_to_run(use.name, use.via, index)
        if reason == "not_installed" and index is not None:
            module = self._missing_module(use.name, index)
            module = module or self._module_not_imported(use.name, index) or use.name
            python = self._namespace.python
            return module_explanations.cannot_be_imported(use.name, use.via, index, module, python)
        perhaps = None if index is None else self._runs.perhaps_of(index)
        if reason == "one_of_cells" and perhaps is not None:
            binder = subject_of(self._runs.origin(perhaps, use.name))
            return missing_explanations.after_one_of_cells(use.name, use.via, binder, perhaps)
        deleter = ""
        if reason == "deleted":
            deleted_by = self._namespace.deleted_by.get(use.name)
            deleter = subject_of(self._runs.origin(deleted_by, use.name))
        beginning = self._namespace.beginning
        run = None if index is None else self._runs.of(index)
        error = None if run is None else run.error
        if reason == "no_provider":
            index = skipping_definer(self._graph, use.name)
        if reason == "provider_failed" and index is not None:
            provider = self._graph.names_at(index)
            if provider.definition_of(use.name) is None:
                return missing_explanations.possible_provider_failed(
                    use.name, use.via, index, error
                )
        return missing_explanations.missing(
            use.name, use.via, reason, index, deleter, beginning, error
        )

    def _has_failed_to_define(self, index: int) -> bool:
        """Whether the cell at `index` failed before all ran in it that may define any name."""
        run, names = self._runs.of(index), self._graph.names_at(index)
        failed = run is not None and not run.succeeded
        return failed and not has_code_run(names, self._runs.codes_that_ran)

    def _import_to_insert(self, name: str, reason: Reason, provider: int | None) -> str | None:
        """The import statement that would bind the name, where no cell above binds it."""
        if reason == "no_provider":
            return COMMON_IMPORTS.get(name)
        if reason != "later_cell" or provider is None:
            return None
        if not self._graph.is_import_at(name, provider):
            return None
        return "\n".join(restoring_codes(self._graph.names_at(provider), name)) or None

    def _is_importable_later(self, module: str, index: int) -> bool:
        """Whether the cell at `index`, or one above that has not run, may make it importable."""
        lines = [it.line for it in self._graph.names_at(index).imports if it.module == module]
        own = (self._makers.found_after_own_changes(module, index, line) for line in lines)
        is_found_later = any(found is not False for found in own)
        return is_found_later or self._makers.maker_of(module, index) is not None

    def _module_not_imported(self, name: str, index: int) -> str | None:
        """The module that keeps the cell at `index` from binding the name, which only imports bind
        whose failure it handles."""
        if index == len(self._graph.cells):  # asked below all cells
            return None
        return module_not_imported(
            self._graph.names_at(index), name, lambda module: self._is_missing_from(index, module)
        )

    def _is_missing_from(self, index: int, module: str) -> bool:
        """Whether the cell at `index` cannot import the module."""
        is_missing = missing_module(module, self._namespace.modules) is not None
        return is_missing and not self._is_importable_later(module, index)

    def _missing_module(self, name: str, index: int) -> str | None:
        """The missing module that keeps the cell at `index` from importing the name, if any."""
        names = self._graph.names_at(index)
        imports = restoring_imports(names, name)
        if not imports:
            return None
        found = None
        is_bound_otherwise = False
        for one in imports:
            missing = missing_module(one.module, self._namespace.modules)
            if missing is None:
                is_bound_otherwise = True
            elif (imported := names.import_of(one.module)) is None or imported.guarded:
                continue
            elif imported.certain:
                return missing
            else:
                found = found or missing
        return None if is_bound_otherwise else found


def _bound_in_branch(use: Use) -> Need:
    """The verdict on a name that only the cell itself binds before, on some path."""
    message = missing_explanations.bound_in_branch(use.name, use.via)
    return Need(
        use.name, "missing", use.phase, False, use.via, reason="no_provider", message=message
    )
