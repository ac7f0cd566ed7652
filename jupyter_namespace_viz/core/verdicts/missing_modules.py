"""Which modules that a cell imports, or whose magics it runs, does the environment not have?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from jupyter_namespace_viz.core.analysis.cell_names import Import, may_run
from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph
from jupyter_namespace_viz.core.graph.missing_magics import MissingMagics
from jupyter_namespace_viz.core.imports.failing_imports import UNCHANGED
from jupyter_namespace_viz.core.kernel_state.module_answers import (
    missing_module,
    unverified_module,
)
from jupyter_namespace_viz.core.sentences import Sentence
from jupyter_namespace_viz.core.syntax.known_magics import EXTENSION_MAGICS
from jupyter_namespace_viz.core.verdicts.context import VerdictContext
from jupyter_namespace_viz.core.verdicts.module_makers import ModuleMakers
from jupyter_namespace_viz.core.verdicts.verdict_types import Need
from jupyter_namespace_viz.core.verdicts.wording import module_explanations
from jupyter_namespace_viz.core.vocabulary import NameStatus


def module_needs(
    graph: DependencyGraph,
    context: VerdictContext,
    makers: ModuleMakers,
    index: int,
    imports: Iterable[Import],
) -> Iterator[Need]:
    """The modules of the `imports` of the cell at `index` that the kernel's environment does not
    have, or has no file for.

    A need is not certain where the cell may install the module, or change where imports look,
    before it imports it.
    """
    modules, python = context.namespace.modules, context.namespace.python
    found: dict[str, tuple[bool, int]] = {}

    def is_there(module: str) -> bool:
        return missing_module(module, modules) is None

    for imported in imports:
        if imported.guarded or not may_run(imported, is_there):
            continue
        unverified = unverified_module(imported.module, modules)
        if unverified is not None:
            yield _unverified(unverified, imported, context)
        missing = missing_module(imported.module, modules)
        if missing is None:
            continue
        is_found = makers.found_after_own_changes(missing, index, imported.line)
        if not is_found:
            is_certain, line = found.get(missing, (False, imported.line))
            found[missing] = (is_certain or (imported.certain and is_found is False), line)
    for module, (certain, line) in found.items():
        maker = makers.maker_of(module, index)
        if maker is not None:
            yield _awaiting(graph, module, maker, certain, line)
            continue
        server_has_it, distribution = context.installations.at_server(module)
        message = module_explanations.not_imported(module, python, server_has_it, guarded=False)
        need = _need(module, "not_installed", certain, line, message)
        yield replace(need, distribution=distribution)


def missing_magics(
    graph: DependencyGraph, context: VerdictContext, makers: ModuleMakers
) -> Mapping[int, Need]:
    """By the indexes of cells, the first magic that is not found, as its extension, which a cell
    above loads, is in a module that is not installed."""
    modules, python = context.namespace.modules, context.namespace.python
    absent = [it for it in EXTENSION_MAGICS if missing_module(it, modules) is not None]
    if not absent:
        return {}
    found: dict[int, Need] = {}
    magics = MissingMagics(graph)
    for index, cell in enumerate(graph.cells):
        magic = magics.missing_in(index)
        if magic is not None:
            message = module_explanations.cannot_be_imported(
                magic.name, None, magic.loader, magic.module, python
            )
            provider = graph.cells[magic.loader].id
            need = _need(magic.name, "missing", True, magic.line, message)
            found[index] = replace(need, provider=provider)
        lines = cell.source.count("\n") + 1
        magics.note(
            index,
            [
                module
                for module in absent
                if makers.maker_of(module, index) is None
                and makers.found_after_own_changes(module, index, lines) is False
            ],
        )
    return found


def _unverified(module: str, imported: Import, context: VerdictContext) -> Need:
    """The need of a submodule that has no file. The text of its package may show that its code does
    not provide it either."""
    python = context.namespace.python
    failure = context.import_failure(module, None, UNCHANGED)
    if failure is not None and failure.file is None and failure.error == "ModuleNotFoundError":
        message = module_explanations.not_installed(module, python)
        return _need(module, "not_installed", imported.certain, imported.line, message)
    message = module_explanations.not_seen(module, python)
    return _need(module, "unknown", imported.certain, imported.line, message)


def _awaiting(
    graph: DependencyGraph,
    module: str,
    maker: tuple[int, bool],
    certain: bool,
    line: int,
) -> Need:
    """The need of a module that a cell above, which has not run, lets the cell import."""
    above, is_certain = maker
    return Need(
        module,
        "missing",
        "immediate",
        certain,
        reason="never_run",
        provider=graph.cells[above].id,
        message=module_explanations.importable_later(module, above, is_certain),
        line=line,
    )


def _need(module: str, status: NameStatus, certain: bool, line: int, message: Sentence) -> Need:
    return Need(
        module,
        status,
        "immediate",
        certain,
        reason="not_installed",
        message=message,
        by_import=True,
        line=line,
    )
