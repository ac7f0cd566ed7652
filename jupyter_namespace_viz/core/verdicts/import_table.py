"""What is the state of each import of the notebook in this kernel?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from jupyter_namespace_viz.core.analysis.bindings import ImportStatement
from jupyter_namespace_viz.core.analysis.cell_names import Import, Use
from jupyter_namespace_viz.core.kernel_state.module_answers import is_module, missing_module
from jupyter_namespace_viz.core.kernel_state.namespace import HeldName, ModuleAnswer
from jupyter_namespace_viz.core.sentences import Sentence
from jupyter_namespace_viz.core.verdicts.cell_status import CellJudge, NotebookVerdict
from jupyter_namespace_viz.core.verdicts.held_names import why_not_imported
from jupyter_namespace_viz.core.verdicts.name_table import waiting_names
from jupyter_namespace_viz.core.verdicts.wording import (
    explanations,
    missing_explanations,
    module_explanations,
)
from jupyter_namespace_viz.core.verdicts.wording.mentions import subject_of
from jupyter_namespace_viz.core.vocabulary import ImportState


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One name that an import of a cell binds (`*` for all names of a star import), and its state.

    `cell` is a cell id. `waiting` is whether the name is missing only because its provider has not
    run, or runs now, as in the row of the name. `file` is the file of the module that is or would
    be imported. `other_file` is another file with the module's name that is not imported; one of
    the two is the user's own and the other is not. `changed` are the modules whose files changed
    since they were imported, sorted; `reloads` is whether autoreload loads all of them again.
    `distribution` is the package to install or upgrade, where it is known. `server_has_it` is
    whether the server's environment has the module, which the kernel's does not have.
    """

    cell: str
    name: str
    module: str
    code: str
    state: ImportState
    message: Sentence | None = None
    version: str | None = None
    file: str | None = None
    other_file: str | None = None
    changed: tuple[str, ...] = ()
    reloads: bool = False
    distribution: str | None = None
    server_has_it: bool = False
    waiting: bool = False


def import_rows(verdict: NotebookVerdict) -> tuple[ImportRow, ...]:
    """The imports of all cells, in document order; none where the kernel does not run Python."""
    if verdict.judge is None:
        return ()
    rows = tuple(_ImportJudge(verdict.judge).rows())
    missing = {row.name for row in rows if row.state == "missing"}
    # A star import is missing only where it has not run.
    waiting = waiting_names(verdict, missing - {"*"}) | {"*"}
    return tuple(
        replace(row, waiting=True) if row.state == "missing" and row.name in waiting else row
        for row in rows
    )


class _ImportJudge:
    def __init__(self, judge: CellJudge) -> None:
        self._graph = judge.graph
        self._context = judge.context
        self._namespace = judge.context.namespace
        self._judge = judge

    def rows(self) -> Iterator[ImportRow]:
        """The rows of all cells, in document order."""
        for index in range(len(self._graph.cells)):
            imports = self._graph.names_at(index).imports
            for imported in sorted(imports, key=lambda it: it.line):
                for statement in imported.statements:
                    yield self._row_of(index, imported, statement)

    def _row_of(self, index: int, imported: Import, statement: ImportStatement) -> ImportRow:
        """The row of one import of the cell at `index`."""
        row = ImportRow(
            self._graph.cells[index].id,
            statement.name,
            imported.module,
            statement.code,
            "unknown",
        )
        if not self._context.is_running:
            has_to_run = missing_explanations.has_to_run(statement.name, None, index)
            return replace(row, state="missing", message=has_to_run)
        if not self._context.has_answered:
            return replace(row, message=missing_explanations.cannot_ask(statement.name, None))
        row = self._with_module(row, imported)
        absent = missing_module(imported.module, self._namespace.modules)
        if absent is not None:
            return self._with_missing_module(row, absent, imported.guarded)
        state, message = self._state_of(row, index, statement)
        return replace(row, state=state, message=message)

    def _with_module(self, row: ImportRow, imported: Import) -> ImportRow:
        """The row with what is known about the module, which is the same for all its imports."""
        modules = self._namespace.modules
        answers = [modules.get(it) for it in (imported.module, imported.top_level_module or "")]
        known = [answer for answer in answers if answer is not None]
        if not known:
            return row
        file = known[0].file
        changed = {name for answer in known for name in answer.changed or ()}
        owner = None if file is None else self._context.installations.owner_of(file)
        version = next((answer.version for answer in known if answer.version), None)
        if version is None and owner is not None and not changed:
            version = owner.version
        return replace(
            row,
            file=file,
            other_file=_other_file(known[-1]),
            version=version,
            changed=tuple(sorted(changed)),
            reloads=bool(changed) and all(it.reloads for it in known if it.changed),
            distribution=None if owner is None else owner.name,
        )

    def _with_missing_module(self, row: ImportRow, absent: str, guarded: bool) -> ImportRow:
        """The row of an import whose module the kernel's environment does not have."""
        server_has_it, distribution = self._context.installations.at_server(absent)
        python = self._namespace.python
        message = module_explanations.not_imported(absent, python, server_has_it, guarded)
        return replace(
            row,
            state="not_installed",
            message=message,
            distribution=distribution or row.distribution,
            server_has_it=server_has_it,
        )

    def _state_of(
        self, row: ImportRow, index: int, statement: ImportStatement
    ) -> tuple[ImportState, Sentence | None]:
        """The state of an import whose module may exist, and the sentence that explains it."""
        held = self._namespace.names.get(statement.name)
        answer = self._namespace.modules.get(row.module)
        top = self._namespace.modules.get(row.module.partition(".")[0])
        is_star = statement.name == "*"
        if top is not None and row.other_file is not None and top.file in top.own_files:
            return "shadowed", module_explanations.shadowed(top.name, top.file, row.other_file)
        if held is None and not (is_star and self._has_run(index, statement)):
            if row.module.startswith("."):
                return "unknown", module_explanations.relative_import(statement.code)
            if answer is not None and not answer.certain:
                if answer.absent is not None:
                    return "unknown", module_explanations.not_seen(
                        answer.absent, self._namespace.python
                    )
                if top is not None and not top.certain:
                    return "unknown", module_explanations.uncertain_module(
                        top.name, is_loaded=False
                    )
                is_loaded = top is not None and top.loaded_as is not None
                return "unknown", module_explanations.uncertain_module(row.module, is_loaded)
            return "missing", self._why_missing(statement, index)
        if held is not None and (clobbered := self._clobbered(statement, held, index)) is not None:
            return clobbered
        if row.changed:
            gone = answer is not None and answer.gone
            message = module_explanations.changed_on_disk(
                row.module, row.changed, row.reloads, gone
            )
            return "changed_on_disk", message
        if row.other_file is not None and top is not None:
            is_next = top.file is not None and top.files[0] == row.other_file
            return "live", module_explanations.namesake(top.name, top.file, row.other_file, is_next)
        return "live", None

    def _has_run(self, index: int, statement: ImportStatement) -> bool:
        """Whether the cell at `index`, or the statement elsewhere, ran to its end in this
        generation.
        """
        run = self._judge.runs.of(index)
        has_ended = run is not None and run.succeeded
        return has_ended or statement.code in self._judge.runs.codes_that_ran

    def _why_missing(self, statement: ImportStatement, index: int) -> Sentence:
        """Why the kernel does not hold the name; of a star import, that it has not run."""
        if statement.name == "*":
            return module_explanations.star_not_run(statement.code)
        if index in self._judge.queued:
            return missing_explanations.will_be_bound(statement.name, None, index)
        reason, about = self._judge.missing.reason(statement.name, index, index)
        use = Use(statement.name, "immediate", True)
        return self._judge.missing.explanation(use, reason, about)

    def _clobbered(
        self, statement: ImportStatement, held: HeldName, index: int
    ) -> tuple[ImportState, Sentence] | None:
        """The state and the sentence for a name that is not bound to the module of this import.

        None where it is bound to that module, or where that is not known. `live` where another
        import of the cell bound the name, `missing` where the import has not run.
        """
        modules = self._namespace.modules
        if statement.bound_module is None or is_module(held, statement.bound_module, modules):
            return None
        imports = self._graph.names_at(index).imports
        others = [
            one.bound_module for it in imports for one in it.statements if one.name == held.name
        ]
        if any(other is None or is_module(held, other, modules) for other in others):
            return "live", explanations.bound_by_other_import(held)
        runs = self._judge.runs
        binder = subject_of(runs.origin(held.bound_by, held.name))
        cause = why_not_imported(runs, index, held, statement)
        if cause is not None:
            code = statement.code
            return "missing", explanations.other_import(held, None, binder, code, index, cause)
        message = explanations.clobbered(held.name, None, statement.bound_module, held, binder)
        return "clobbered", message


def _other_file(top: ModuleAnswer) -> str | None:
    """Another file with the module's name, which is not imported; only where one of the two is the
    user's own and the other is not.
    """
    is_own = top.file in top.own_files
    others = (it for it in top.files if it != top.file and (it in top.own_files) != is_own)
    return next(others, None)
