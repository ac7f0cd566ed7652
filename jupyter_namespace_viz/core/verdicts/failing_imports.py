"""Which imports of a cell would fail though their modules are there?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePath

from jupyter_namespace_viz.core.analysis.cell_names import Import
from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph
from jupyter_namespace_viz.core.imports.change_types import SearchChange
from jupyter_namespace_viz.core.imports.failing_imports import (
    UNCHANGED,
    ImportFailure,
    may_set_attribute,
)
from jupyter_namespace_viz.core.imports.search_changes import search_changes
from jupyter_namespace_viz.core.imports.search_states import after_change
from jupyter_namespace_viz.core.sentences import Sentence
from jupyter_namespace_viz.core.verdicts.context import VerdictContext
from jupyter_namespace_viz.core.verdicts.verdict_types import Need
from jupyter_namespace_viz.core.verdicts.wording import module_explanations


def failing_import_needs(
    graph: DependencyGraph, context: VerdictContext, index: int, imports: Sequence[Import]
) -> Iterator[Need]:
    """Those of the `imports` of the cell at `index` that certainly fail for another reason than a
    module that is not installed: names that a module lacks, relative imports, errors in the user's
    files.

    A loaded module counts as the kernel holds it, not as its file is by now.
    """
    if not imports:
        return
    changes, _ = search_changes(graph.cells[index].source, {})
    if changes:
        yield from _after_own_changes(graph, context, index, changes)
        return
    found: dict[str, Need] = {}
    for imported in imports:
        if imported.certain and not imported.guarded:
            failure = _failure_of_module(imported, context)
            if failure is not None:
                code = imported.statements[0].code if imported.statements else ""
                message = module_explanations.fails(failure, context.namespace.python, code)
                found.setdefault(message, _need(imported.module, imported.line, message))
                continue
        for taken in imported.taken:
            if taken.certain and not taken.guarded:
                message_or_none = _lack(imported.module, taken.name, graph, context)
                if message_or_none is not None:
                    need = _need(taken.name, taken.line, message_or_none)
                    found.setdefault(message_or_none, need)
    yield from found.values()


def _after_own_changes(
    graph: DependencyGraph, context: VerdictContext, index: int, changes: Sequence[SearchChange]
) -> Iterator[Need]:
    """The same for a cell that changes itself where its imports look, where its text shows how."""
    state = UNCHANGED
    for change in changes:
        state = after_change(state, change)
    if state.is_open or not all(change.certain for change in changes):
        return
    sources = [cell.source for cell in graph.cells]
    for imported in graph.names_at(index).imports:
        answer = context.namespace.modules.get(imported.module)
        is_loaded = answer is not None and answer.loaded_as is not None
        if is_loaded or any(change.line > imported.line for change in changes):
            continue  # a loaded module is not looked up again
        for taken in imported.taken:
            if not taken.certain or taken.guarded or may_set_attribute(taken.name, sources):
                continue
            failure = context.import_failure(imported.module, taken.name, state)
            if failure is not None and failure.error == "ImportError" and failure.file is None:
                message = module_explanations.fails(failure, context.namespace.python, "")
                yield _need(taken.name, taken.line, message)


def _need(name: str, line: int, message: Sentence) -> Need:
    return Need(
        name,
        "missing",
        "immediate",
        True,
        reason="import_fails",
        message=message,
        by_import=True,
        line=line,
    )


def _failure_of_module(imported: Import, context: VerdictContext) -> ImportFailure | None:
    """How the import of the module fails; whether it is there, the kernel knows best."""
    if imported.module.startswith("."):
        return ImportFailure("ImportError", imported.module)
    answer = context.namespace.modules.get(imported.module)
    if answer is not None and answer.loaded_as is not None:
        return None
    failure = context.import_failure(imported.module, None, UNCHANGED)
    return None if failure is None or failure.file is None else failure


def _lack(
    module: str, name: str, graph: DependencyGraph, context: VerdictContext
) -> Sentence | None:
    """Why the module has no such name, where that is certain."""
    sentence = _lack_by_answer(module, name, context)
    if sentence is None or may_set_attribute(name, (cell.source for cell in graph.cells)):
        return None
    return sentence


def _lack_by_answer(module: str, name: str, context: VerdictContext) -> Sentence | None:
    """The same by what the kernel and the files say; a cell may still set the name in the module.
    That is looked up last: it searches the texts of all cells.
    """
    modules = context.namespace.modules
    answer = modules.get(module)
    if answer is None or not answer.found or not _is_where_files_are_read(answer.file, context):
        return None
    failure = context.import_failure(module, name, UNCHANGED)
    if answer.loaded_as is None or answer.changed == ():
        if failure is None or failure.error != "ImportError" or failure.file is not None:
            return None
        return module_explanations.fails(failure, context.namespace.python, "")
    is_held = answer.names is None or name in answer.names
    if is_held or answer.reloads or f"{module}.{name}" in modules:
        return None
    return module_explanations.lacks_new_name(module, name)


def _is_where_files_are_read(file: str | None, context: VerdictContext) -> bool:
    """Whether the module's file is in a folder that was searched when the kernel was last asked
    where it looks; it may have gone to another folder since."""
    paths = context.namespace.paths
    return file is None or not paths or any(PurePath(file).is_relative_to(path) for path in paths)
