"""What would Restart & Run All raise?

The cells run from top to bottom in a new kernel. Only what is certain counts as certain: after a
cell that may bind any name (an unknown star import, `exec`, a magic that nobody knows) a name that
nobody defines may be there, and is not reported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from jupyter_namespace_viz.core.analysis.builtin_names import is_predefined
from jupyter_namespace_viz.core.analysis.cell_names import Use
from jupyter_namespace_viz.core.forecast.findings import Finding
from jupyter_namespace_viz.core.forecast.import_failures import (
    AbsentModules,
    Shadow,
    ShadowedModules,
    no_shadow,
)
from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph
from jupyter_namespace_viz.core.graph.needs import needs_at
from jupyter_namespace_viz.core.syntax.diagnostics import UNPARSED, UNREAD
from jupyter_namespace_viz.core.verdicts import explanations
from jupyter_namespace_viz.core.vocabulary import Reason


def forecast(
    graph: DependencyGraph,
    is_installed: Callable[[str], bool],
    python: str | None = None,
    shadow_of: Callable[[str], Shadow | None] = no_shadow,
    language_version: str | None = None,
) -> list[Finding]:
    """What the cells would raise, in document order; each cell is taken to bind what it defines,
    once what is wrong with it is mended.

    `is_installed` tells whether the environment has a top-level module, `shadow_of` what an
    import of it gives instead. `language_version` is the Python that the notebook says it is for.
    """
    if (python_2 := _for_python_2(graph, language_version)) is not None:
        return [python_2]
    run = _Run(graph)
    modules = AbsentModules(graph, is_installed, python)
    shadows = ShadowedModules(graph, shadow_of)
    found: list[Finding] = []
    for position in range(len(graph.cells)):
        unreadable = list(_unreadable(graph, position))
        found += unreadable
        if not unreadable:
            found += modules.missing_in(position)
            found += shadows.first_imported_in(position)
            found += run.missing_in(position)
        run.finish(position)
    return found


def _for_python_2(graph: DependencyGraph, language_version: str | None) -> Finding | None:
    """One finding for all of a notebook that Python 3 cannot read because it is for Python 2.

    Where the notebook does not say which Python it is for, one statement does.
    """
    problems = [
        (cell.id, problem)
        for cell in graph.cells
        for problem in graph.names[cell.id].problems
        if problem.kind in UNPARSED
    ]
    if language_version is None:
        is_python_2 = any(problem.kind == "python2" for _, problem in problems)
    else:
        is_python_2 = bool(problems) and language_version.startswith("2")
    if not is_python_2:
        return None
    cells = len({cell_id for cell_id, _ in problems})
    told = "1 of its cells is" if cells == 1 else f"{cells} of its cells are"
    message = f"The notebook is written for Python 2: {told} no Python 3. Convert it to Python 3."
    cell_id, first = problems[0]
    return Finding(cell_id, None, "SyntaxError", None, True, None, message, first.line)


def _unreadable(graph: DependencyGraph, position: int) -> Iterator[Finding]:
    for problem in graph.names_at(position).problems:
        if problem.kind in UNPARSED:
            cell_id = graph.cells[position].id
            message = f"{problem.message} Correct it, or make it a comment."
            yield Finding(cell_id, None, "SyntaxError", None, True, None, message, problem.line)


class _Run:
    """The names that are there while the cells run in order."""

    def __init__(self, graph: DependencyGraph) -> None:
        self.graph = graph
        self.bound: set[str] = set()
        self.deleted_by: dict[str, int] = {}
        self.any_name = False

    def missing_in(self, position: int) -> Iterator[Finding]:
        """What the cell would miss now."""
        own = {definition.name for definition in self.graph.names_at(position).definitions}
        for use in needs_at(self.graph, position):
            if use.phase == "deferred" or use.name in self.bound or is_predefined(use.name):
                continue
            if use.via is not None and use.via not in own | self.bound:
                continue  # the call itself would raise
            deleter = self.deleted_by.get(use.name)
            if deleter is None and (use.star or self.any_name):
                continue
            yield self._finding(use, position, deleter)

    def _finding(self, use: Use, position: int, deleter: int | None) -> Finding:
        provider = deleter if deleter is not None else self.graph.provider_at(use.name, position)
        reason: Reason = "no_provider"
        if deleter is not None:
            reason = "deleted"
        elif provider is not None:
            reason = "later_cell"
        return Finding(
            self.graph.cells[position].id,
            use.name,
            "NameError",
            reason,
            use.certain,
            None if provider is None else self.graph.cells[provider].id,
            explanations.would_be_missing(use.name, use.via, reason, provider),
            use.line,
        )

    def finish(self, position: int) -> None:
        """The cell has run."""
        names = self.graph.names_at(position)
        for name in self.bound.copy() if names.clears_namespace else names.deletions:
            self.bound.discard(name)
            self.deleted_by[name] = position
        for definition in names.definitions:
            self.bound.add(definition.name)
            self.deleted_by.pop(definition.name, None)
        self.bound |= names.intended_names
        is_unknown_magic = (names.language or "").startswith("%%")
        is_unread = any(problem.kind in UNREAD for problem in names.problems)
        self.any_name |= bool(names.unknown_sources) or is_unknown_magic or is_unread
