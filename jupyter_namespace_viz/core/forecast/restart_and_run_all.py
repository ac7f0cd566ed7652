"""Which errors are found when the cells are followed in order?

The cells run from top to bottom in a new kernel. After a cell that may bind any name (a star import
of unknown names, `exec`, an unknown magic) a name that no cell defines may be bound, so it is not
reported.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping

from jupyter_namespace_viz.core.analysis.builtin_names import BUILTINS, is_predefined
from jupyter_namespace_viz.core.analysis.cell_names import CellNames, Use
from jupyter_namespace_viz.core.analysis.flow import is_unbound, spelling
from jupyter_namespace_viz.core.forecast.failed_cells import (
    deleted_before,
    first_error,
    not_yet_deleted,
    unbound_by,
)
from jupyter_namespace_viz.core.forecast.findings import Finding
from jupyter_namespace_viz.core.forecast.import_failures import (
    NOTHING_FAILS,
    FailingImports,
    HandledFailures,
    Shadow,
    ShadowedModules,
    no_shadow,
)
from jupyter_namespace_viz.core.forecast.unreadable_cells import finding_for_python_2, unreadable
from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph
from jupyter_namespace_viz.core.graph.enrichment.constants import skipping_definer
from jupyter_namespace_viz.core.graph.failed_imports import as_read_without
from jupyter_namespace_viz.core.graph.missing_magics import MissingMagic, MissingMagics
from jupyter_namespace_viz.core.graph.needs import needs_at
from jupyter_namespace_viz.core.graph.output_names import is_never_bound
from jupyter_namespace_viz.core.imports.failing_imports import ImportLookup
from jupyter_namespace_viz.core.syntax.diagnostics import UNREAD
from jupyter_namespace_viz.core.syntax.known_magics import LINE_MAGICS
from jupyter_namespace_viz.core.syntax.name_sources import StarImport
from jupyter_namespace_viz.core.verdicts.wording import missing_explanations
from jupyter_namespace_viz.core.vocabulary import Reason


def forecast(
    graph: DependencyGraph,
    import_failure: ImportLookup,
    python: str | None = None,
    shadow_of: Callable[[str], Shadow | None] = no_shadow,
    language_version: str | None = None,
    builtins: frozenset[str] = BUILTINS,
    version: tuple[int, int] | None = None,
) -> list[Finding]:
    """The errors that the cells would raise, in document order. Where a cell raises, the cells that
    lack what it would have bound have one finding each, which is marked as a consequence.

    `import_failure` says how an import fails in the environment;
    `shadow_of` returns the file that shadows it, if any. `python` is the path of the interpreter,
    where it is known. `language_version` is the Python version in the notebook's metadata.
    `builtins` are those of the kernel's Python, and `version` is its version, where it is known.
    """
    if (python_2 := finding_for_python_2(graph, language_version)) is not None:
        return [python_2]
    run = _RunInOrder(graph, builtins)
    imports = FailingImports(graph, import_failure, python)
    magics = MissingMagics(graph)
    shadows = ShadowedModules(graph, shadow_of)
    found: list[Finding] = []
    for index in range(len(graph.cells)):
        names = graph.names_at(index)
        here = list(unreadable(graph, index, version))
        handled = NOTHING_FAILS
        if not here:
            here += imports.failing_in(index)
            here += shadows.first_imported_in(index)
            handled = imports.handled_in(index)
            here += run.missing_in(index, handled, imports.bind)
        error = first_error(here)
        if error is None:
            follow = [*run.consequence_in(index)]
            if (magic := magics.missing_in(index)) is not None:
                follow.append(_not_found(magic, graph, index))
            here += sorted(follow, key=lambda it: it.line or 0)[:1]
            error = first_error(here)
        magics.note(index, [it.imported for it in here if it.certain and it.imported])
        found += here if not names.keeps_errors else [it for it in here if it.status == "clobbered"]
        run.finish(index, error, handled.not_bound)
    return found


def _not_found(magic: MissingMagic, graph: DependencyGraph, index: int) -> Finding:
    """A magic that IPython does not find, as a cell above raises before it loads it."""
    message = missing_explanations.would_be_missing(
        magic.name, None, "provider_failed", magic.loader
    )
    return Finding(
        graph.cells[index].id,
        magic.name,
        "UsageError",
        "provider_failed",
        True,
        graph.cells[magic.loader].id,
        message,
        magic.line,
        is_consequence=True,
        before_run=magic.name.startswith("%%"),
    )


class _RunInOrder:
    """The names that are bound and deleted while the cells run in order."""

    def __init__(self, graph: DependencyGraph, builtins: frozenset[str]) -> None:
        self.graph = graph
        self.builtins = builtins
        self.bound: set[str] = set()
        self.deleted_by: dict[str, int] = {}
        self.unbound_by: dict[str, int] = {}
        self.not_imported: dict[str, str] = {}
        self.failed_star: int | None = None
        self.any_name = False

    def missing_in(
        self, index: int, handled: HandledFailures, imports_bind: Callable[[str, int], bool]
    ) -> Iterator[Finding]:
        """The names that the cell at `index` would lack now, but for the errors of other cells.

        `handled` is what it cannot import, `imports_bind` tells of which names its imports do not
        fail.
        """
        not_bound = handled.not_bound
        lines = self.graph.names_at(index).handled_lines
        for one in self._missing_uses(index):
            is_handled = one.doubt == "handled" or any(one.line in it for it in lines)
            if is_handled and not one.certain:
                continue
            if one.unless_imported and not not_bound and imports_bind(one.name, index):
                continue
            source = self.graph.cells[index].source
            use = as_read_without(one, source, handled.modules)
            if use is None:
                continue
            if is_unbound(use.name):
                yield self._unbound(use, index)
            elif use.name in not_bound and use.via is None:
                if not use.certain:
                    continue  # it is taken to be read where the import does not fail
                yield self._not_imported(use, index, index, not_bound[use.name])
            elif self._unbound_by(use.name, index) is None:
                yield self._finding(use, index, self.deleted_by.get(use.name))
            elif use.name in self.not_imported and use.certain:
                provider = self.unbound_by[use.name]
                yield self._not_imported(use, index, provider, self.not_imported[use.name])

    def consequence_in(self, index: int) -> Iterator[Finding]:
        """The first name that the cell at `index` lacks because a cell above raises."""
        lacking = (it for it in self._missing_uses(index) if it.certain and it.line is not None)
        unbound = [
            use
            for use in lacking
            if not is_unbound(use.name) and self._unbound_by(use.name, index) is not None
        ]
        if unbound:
            use = min(unbound, key=lambda it: (it.line or 0, it.order or 0))
            provider = self._unbound_by(use.name, index) or 0
            yield Finding(
                self.graph.cells[index].id,
                use.name,
                "NameError",
                "provider_failed",
                True,
                self.graph.cells[provider].id,
                missing_explanations.would_be_missing(
                    use.name, use.via, "provider_failed", provider
                ),
                use.line,
                is_consequence=True,
                order=use.order,
            )

    def _unbound_by(self, name: str, index: int) -> int | None:
        """The cell that would have bound the name, but raises: a star import that fails may have
        bound any name that no cell binds."""
        if name in self.unbound_by or self.failed_star is None or name in self.deleted_by:
            return self.unbound_by.get(name)
        return self.failed_star if self.graph.provider_at(name, index) is None else None

    def _missing_uses(self, index: int) -> Iterator[Use]:
        names = self.graph.names_at(index)
        magic = names.automagic
        if magic is not None and magic not in self.bound and magic not in LINE_MAGICS:
            return  # it runs as a magic, which runs no Python
        own = {definition.name for definition in names.definitions}
        for use in needs_at(self.graph, index):
            if use.phase == "deferred" or use.name in self.bound:
                continue
            is_there = is_predefined(use.name, self.builtins, deletes=use.deletes)
            if is_there and not is_never_bound(self.graph, use.name, index):
                continue
            if use.via is not None and use.via not in own and use.via not in self.bound:
                continue  # the call itself would raise
            is_deleted = is_unbound(use.name) or use.name in self.deleted_by
            if not is_deleted and (use.star or self.any_name):
                continue
            yield use

    def _not_imported(self, use: Use, index: int, provider: int, module: str) -> Finding:
        return Finding(
            self.graph.cells[index].id,
            use.name,
            "NameError",
            "not_installed",
            True,
            self.graph.cells[provider].id,
            missing_explanations.would_not_be_imported(use.name, use.via, provider, module),
            use.line,
            order=use.order,
        )

    def _unbound(self, use: Use, index: int) -> Finding:
        return Finding(
            self.graph.cells[index].id,
            spelling(use.name),
            "NameError",
            "unbound",
            use.certain,
            None,
            missing_explanations.unbound(use.name, use.via),
            use.line,
            order=use.order,
        )

    def _finding(self, use: Use, index: int, deleter: int | None) -> Finding:
        provider = deleter if deleter is not None else self.graph.provider_at(use.name, index)
        reason: Reason = "no_provider"
        if deleter is not None:
            reason = "deleted"
        elif provider is not None:
            reason = "later_cell"
        about = provider
        if reason == "no_provider":
            about = skipping_definer(self.graph, use.name)
        message = missing_explanations.would_be_missing(use.name, use.via, reason, about)
        if use.may_be_bound and deleter is None:
            reason, provider = "no_provider", None
            message = missing_explanations.bound_in_branch(use.name, use.via)
        return Finding(
            self.graph.cells[index].id,
            use.name,
            "NameError",
            reason,
            use.certain,
            None if provider is None else self.graph.cells[provider].id,
            message,
            use.line,
            order=use.order,
        )

    def finish(self, index: int, error: Finding | None, not_imported: Mapping[str, str]) -> None:
        """Add what the cell at `index` binds and deletes, where it ends with this error, if any.

        `not_imported` maps names that it does not bind, as it handles that an import fails, to the
        modules.
        """
        names = self.graph.names_at(index)
        unbound = frozenset() if error is None else unbound_by(names, error)
        gone = self._deleted(names) if error is None else deleted_before(names, error)
        for name in gone:
            self.bound.discard(name)
            self.deleted_by[name] = index
        left = frozenset() if error is None else not_yet_deleted(names, error)
        for name in {it.name for it in names.definitions} | names.intended_names | left:
            if name in unbound or name in not_imported:
                if name not in self.bound:
                    self._leave_unbound(name, index, not_imported.get(name))
            else:
                self.bound.add(name)
                self.deleted_by.pop(name, None)
                self.unbound_by.pop(name, None)
        is_unread = any(problem.kind in UNREAD for problem in names.problems)
        failing = None if error is None else error.imported
        is_run = error is None or not error.before_run
        is_unknown_magic = is_run and (names.language or "").startswith("%%")
        found = names.unknown_sources if is_run else ()
        sources = [it for it in found if it != StarImport(failing or "")]
        if len(sources) < len(names.unknown_sources):
            self.failed_star = index
        self.any_name |= bool(sources) or is_unknown_magic or is_unread

    def _deleted(self, names: CellNames) -> Collection[str]:
        return self.bound.copy() if names.clears_namespace else names.certain_deletions

    def _leave_unbound(self, name: str, index: int, module: str | None) -> None:
        self.unbound_by[name] = index
        self.not_imported.pop(name, None)
        if module is not None:
            self.not_imported[name] = module
