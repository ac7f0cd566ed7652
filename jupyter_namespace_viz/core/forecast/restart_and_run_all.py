"""Which errors are found when the cells are followed in order?

The cells run from top to bottom in a new kernel. After a cell that may bind any name (a star import
of unknown names, `exec`, an unknown magic) a name that no cell defines may be bound, so it is not
reported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from jupyter_namespace_viz.core.analysis.builtin_names import BUILTINS, is_predefined
from jupyter_namespace_viz.core.analysis.cell_names import Use
from jupyter_namespace_viz.core.forecast.findings import Finding
from jupyter_namespace_viz.core.forecast.import_failures import (
    Shadow,
    ShadowedModules,
    UninstalledModules,
    no_shadow,
)
from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph
from jupyter_namespace_viz.core.graph.needs import needs_at
from jupyter_namespace_viz.core.sentences import counted, in_sequence, sentence
from jupyter_namespace_viz.core.syntax.diagnostics import UNPARSED, UNREAD
from jupyter_namespace_viz.core.verdicts.wording import missing_explanations
from jupyter_namespace_viz.core.vocabulary import Reason


def forecast(
    graph: DependencyGraph,
    is_installed: Callable[[str], bool],
    python: str | None = None,
    shadow_of: Callable[[str], Shadow | None] = no_shadow,
    language_version: str | None = None,
    builtins: frozenset[str] = BUILTINS,
) -> list[Finding]:
    """The errors that the cells would raise, in document order. A cell that raises is taken to bind
    its names all the same, as it would once it is fixed.

    `is_installed` takes the name of a top-level module and returns whether the environment has it;
    `shadow_of` returns the file that shadows it, if any. `python` is the path of the interpreter,
    where it is known. `language_version` is the Python version in the notebook's metadata.
    `builtins` are those of the kernel's Python.
    """
    if (python_2 := _for_python_2(graph, language_version)) is not None:
        return [python_2]
    run = _RunInOrder(graph, builtins)
    modules = UninstalledModules(graph, is_installed, python)
    shadows = ShadowedModules(graph, shadow_of)
    found: list[Finding] = []
    for index in range(len(graph.cells)):
        unreadable = list(_unreadable(graph, index))
        found += unreadable
        if not unreadable:
            found += modules.missing_in(index)
            found += shadows.first_imported_in(index)
            found += run.missing_in(index)
        run.finish(index)
    return found


def _for_python_2(graph: DependencyGraph, language_version: str | None) -> Finding | None:
    """A single finding for a notebook that does not parse because it is written for Python 2.

    Where the metadata do not give a version, one statement of Python 2 is enough.
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
    message = counted(
        "The notebook is written for Python 2: {count} of its cells is not valid Python 3. "
        "Convert it to Python 3.",
        "The notebook is written for Python 2: {count} of its cells are not valid Python 3. "
        "Convert it to Python 3.",
        cells,
    )
    cell_id, first = problems[0]
    return Finding(cell_id, None, "SyntaxError", None, True, None, message, first.line)


def _unreadable(graph: DependencyGraph, index: int) -> Iterator[Finding]:
    """The syntax errors of the cell at `index`."""
    for problem in graph.names_at(index).problems:
        if problem.kind in UNPARSED:
            cell_id = graph.cells[index].id
            remedy = sentence("Correct it or comment it out.")
            message = in_sequence(problem.message, remedy)
            yield Finding(cell_id, None, "SyntaxError", None, True, None, message, problem.line)


class _RunInOrder:
    """The names that are bound and deleted while the cells run in order."""

    def __init__(self, graph: DependencyGraph, builtins: frozenset[str]) -> None:
        self.graph = graph
        self.builtins = builtins
        self.bound: set[str] = set()
        self.deleted_by: dict[str, int] = {}
        self.any_name = False

    def missing_in(self, index: int) -> Iterator[Finding]:
        """The names that the cell at `index` would lack now."""
        own = {definition.name for definition in self.graph.names_at(index).definitions}
        for use in needs_at(self.graph, index):
            if use.phase == "deferred" or use.name in self.bound:
                continue
            if is_predefined(use.name, self.builtins):
                continue
            if use.via is not None and use.via not in own | self.bound:
                continue  # the call itself would raise
            deleter = self.deleted_by.get(use.name)
            if deleter is None and (use.star or self.any_name):
                continue
            yield self._finding(use, index, deleter)

    def _finding(self, use: Use, index: int, deleter: int | None) -> Finding:
        provider = deleter if deleter is not None else self.graph.provider_at(use.name, index)
        reason: Reason = "no_provider"
        if deleter is not None:
            reason = "deleted"
        elif provider is not None:
            reason = "later_cell"
        return Finding(
            self.graph.cells[index].id,
            use.name,
            "NameError",
            reason,
            use.certain,
            None if provider is None else self.graph.cells[provider].id,
            missing_explanations.would_be_missing(use.name, use.via, reason, provider),
            use.line,
        )

    def finish(self, index: int) -> None:
        """Add what the cell at `index` binds and deletes."""
        names = self.graph.names_at(index)
        for name in self.bound.copy() if names.clears_namespace else names.deletions:
            self.bound.discard(name)
            self.deleted_by[name] = index
        for definition in names.definitions:
            self.bound.add(definition.name)
            self.deleted_by.pop(definition.name, None)
        self.bound |= names.intended_names
        is_unknown_magic = (names.language or "").startswith("%%")
        is_unread = any(problem.kind in UNREAD for problem in names.problems)
        self.any_name |= bool(names.unknown_sources) or is_unknown_magic or is_unread
