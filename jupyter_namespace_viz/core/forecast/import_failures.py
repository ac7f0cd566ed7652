"""Which imports would fail, or import another module, when the cells run in order?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from jupyter_namespace_viz.core.analysis.cell_names import Import, may_run, top_level_imports
from jupyter_namespace_viz.core.forecast.findings import Finding
from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph
from jupyter_namespace_viz.core.graph.failed_imports import handled_failures, module_not_imported
from jupyter_namespace_viz.core.graph.needs import imports_of_calls
from jupyter_namespace_viz.core.imports.change_types import SearchChange
from jupyter_namespace_viz.core.imports.failing_imports import (
    UNCHANGED,
    ImportFailure,
    ImportLookup,
    may_set_attribute,
)
from jupyter_namespace_viz.core.imports.search_changes import search_changes
from jupyter_namespace_viz.core.imports.search_states import after_change
from jupyter_namespace_viz.core.sentences import CellAt, Sentence, in_sequence, sentence
from jupyter_namespace_viz.core.verdicts.wording import module_explanations


@dataclass(frozen=True, slots=True)
class Shadow:
    """A file in the notebook's folder that is imported instead of the installed one of its name."""

    local: str
    installed: str


class HandledFailures(NamedTuple):
    """The modules that a cell cannot import and handles that; and by name, those that keep it from
    binding the names, which only these imports could bind."""

    modules: frozenset[str]
    not_bound: Mapping[str, str]


NOTHING_FAILS = HandledFailures(frozenset(), {})


def no_shadow(module: str) -> Shadow | None:  # noqa: ARG001
    """The lookup for a notebook whose folder is not searched."""
    return None


class FailingImports:
    """Finds the imports that fail in the environment.

    Call `failing_in` for each cell in document order. `lookup` says how an import fails; `python`
    is the path of the interpreter, where it is known.
    """

    def __init__(self, graph: DependencyGraph, lookup: ImportLookup, python: str | None) -> None:
        self.graph = graph
        self.lookup = lookup
        self.python = python
        self._state = UNCHANGED
        self._opened_by: int | None = None
        self._paths: Mapping[str, str] = {}
        self._imported: set[str] = set()
        self._reloads = any("reload" in cell.source for cell in graph.cells)

    def failing_in(self, index: int) -> Iterator[Finding]:
        """The imports of the cell at `index` that fail.

        Not certain where this cell or one above may install modules, or change where imports look
        in a way that its text does not show.
        """
        changes, self._paths = search_changes(self.graph.cells[index].source, self._paths)
        names = self.graph.names_at(index)
        found: dict[Sentence, Finding] = {}
        pending = list(changes)
        imports = [
            imported
            for imported in (*names.imports, *imports_of_calls(self.graph, index))
            if may_run(imported, self._is_there)
        ]
        for event in sorted(_events(imports), key=lambda it: (it.line, it.name is not None)):
            while pending and pending[0].line <= event.line:
                self._change(pending.pop(0), index)
            self._imported.add(event.module)
            if self.graph.own_modules.changes_search(event.module):
                self._change(SearchChange(event.line, "unknown"), index)
            finding = self._finding(event, index)
            if finding is not None:
                before = found.get(finding.message)
                if before is None or (finding.certain and not before.certain):
                    found[finding.message] = finding
        for change in pending:
            self._change(change, index)
        yield from sorted(found.values(), key=lambda it: it.name or "")

    def handled_in(self, index: int) -> HandledFailures:
        """What the cell at `index` cannot import, where it handles that. Call it after
        `failing_in`.

            try: import gone
            except ImportError: pass
        """
        names = self.graph.names_at(index)
        failing: frozenset[str] = frozenset()
        if not self._state.is_open:
            failing = handled_failures(names, self._is_missing)
        found = {
            it.name: module_not_imported(names, it.name, failing.__contains__)
            for it in (names.definitions if failing else ())
        }
        not_bound = {name: module for name, module in found.items() if module is not None}
        return HandledFailures(failing, not_bound)

    def bind(self, name: str, index: int) -> bool:
        """Whether imports of the cell at `index` bind the name without fail. Call it after
        `failing_in`.
        """
        definition = self.graph.names_at(index).definition_of(name)
        modules = () if definition is None else (it.module for it in definition.imports)
        return definition is not None and not any(map(self._is_missing, modules))

    def _is_there(self, module: str) -> bool:
        return self.lookup(module, None, self._state) is None

    def _is_missing(self, module: str) -> bool:
        failure = self.lookup(module, None, self._state)
        return failure is not None and failure.error == "ModuleNotFoundError"

    def _change(self, change: SearchChange, index: int) -> None:
        module = change.value.removesuffix(".py").replace("/", ".")
        if change.kind == "file" and module in self._imported and not self._reloads:
            return  # a module that is loaded stays as it is
        self._state = after_change(self._state, change)
        if (self._state.is_open and self._opened_by is None) or change.kind == "unknown":
            self._opened_by = index

    def _finding(self, event: _Event, index: int) -> Finding | None:
        failure = self.lookup(event.module, event.name, self._state)
        if failure is None:
            return None
        is_plain = failure.error == "ModuleNotFoundError" and failure.file is None
        is_top = is_plain and "." not in failure.module and not failure.is_blocked
        may_be_found = failure.error != "ImportError" and not failure.is_blocked
        is_open = self._state.is_open and may_be_found
        if not is_top and (is_open or not event.certain):
            return None
        if failure.error == "ImportError" and self._is_set(failure, index):
            return None
        cause = module_explanations.fails(failure, self.python, event.code)
        provider = None
        if is_open:
            assert self._opened_by is not None
            provider = self.graph.cells[self._opened_by].id
            changer = CellAt(self._opened_by)
            cause = in_sequence(cause, sentence("Cell {cell} may change that.", cell=changer))
        elif is_top:
            cause = in_sequence(cause, sentence("Install the package that provides it."))
        return Finding(
            self.graph.cells[index].id,
            failure.module if failure.name is None else failure.name,
            failure.error,
            "not_installed",
            event.certain and provider is None,
            provider,
            cause,
            event.line,
            imported=event.module,
            order=event.order,
        )

    def _is_set(self, failure: ImportFailure, index: int) -> bool:
        """Whether a cell so far may bind the name in the module: `m.name = 1`, or a call of a
        function of the module that does."""
        if failure.name is None:
            return False
        sources = [cell.source for cell in self.graph.cells[: index + 1]]
        functions = self.graph.own_modules.binding_functions(failure.module, failure.name)
        is_called = any(re.search(rf"\b{it}\b", text) for it in functions for text in sources)
        return is_called or may_set_attribute(failure.name, sources)


class _Event(NamedTuple):
    """An import of a module, or of a name from it, at one line of a cell; `code` is its text."""

    line: int
    module: str
    name: str | None
    certain: bool
    code: str
    order: int | None


def _events(imports: Iterable[Import]) -> Iterator[_Event]:
    """The imports whose failure is not handled, each before the names that it takes."""
    for one in imports:
        code = one.statements[0].code if one.statements else f"import {one.module}"
        if not one.guarded:
            yield _Event(one.line, one.module, None, one.certain, code, one.order)
        for taken in one.taken:
            if not taken.guarded:
                yield _Event(taken.line, one.module, taken.name, taken.certain, code, taken.order)


class ShadowedModules:
    """Finds the imports that import a file of the notebook's folder instead of an installed module.

    Call `first_imported_in` for each cell in document order: each module is found where it is first
    imported.
    """

    def __init__(self, graph: DependencyGraph, shadow_of: Callable[[str], Shadow | None]) -> None:
        self.graph = graph
        self.shadow_of = shadow_of
        self.seen: set[str] = set()

    def first_imported_in(self, index: int) -> Iterator[Finding]:
        """The shadowed modules that the cell at `index` imports and no cell above does."""
        for imported in top_level_imports(self.graph.names_at(index)):
            module = imported.module
            shadow = None if module in self.seen else self.shadow_of(module)
            self.seen.add(module)
            if shadow is not None:
                yield Finding(
                    self.graph.cells[index].id,
                    module,
                    "AttributeError",
                    "clobbered",
                    False,
                    None,
                    module_explanations.shadowed_beside_notebook(
                        module, shadow.local, shadow.installed
                    ),
                    imported.line,
                )
