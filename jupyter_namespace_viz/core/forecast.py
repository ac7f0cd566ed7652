"""What would Restart & Run All raise?

The cells run from top to bottom in a new kernel. Only what is certain counts as certain: after a
cell that may bind any name (an unknown star import, `exec`, a magic that nobody knows) a name that
nobody defines may be there, and is not reported.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from jupyter_namespace_viz.core import sentences
from jupyter_namespace_viz.core.cell_names import Import, Use
from jupyter_namespace_viz.core.given_names import is_given
from jupyter_namespace_viz.core.graph import DependencyGraph
from jupyter_namespace_viz.core.needs import needs_at
from jupyter_namespace_viz.core.problems import UNPARSED, UNREAD
from jupyter_namespace_viz.core.verdicts import NameStatus, Reason

FindingStatus = NameStatus | Literal["syntax_error"]
_STATUS: dict[str, FindingStatus] = {
    "NameError": "missing",
    "ModuleNotFoundError": "not_installed",
    "SyntaxError": "syntax_error",
    "AttributeError": "clobbered",
}

_MAY_BRING_MODULES = re.compile(
    r"^[^#\n]*\b(?:(?:pip3?|conda|mamba|uv)\b.*\binstall\b|sys\.path\b|chdir\b)"
    r"|^[ \t]*%?cd(?:[ \t]+[^\s=]|$)",
    re.MULTILINE,
)
"""Text that installs packages, or changes where modules are looked for."""


@dataclass(frozen=True, slots=True)
class Shadow:
    """A file beside the notebook that is imported instead of the installed one of its name."""

    local: str
    installed: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A cell would raise for a name, or might where not `certain`.

    `error` is the exception's class. `provider` is the id of the cell that the sentence speaks
    of; `name` is None for text that is no Python. `line` counts from 1 in the cell.

    A module that is shadowed is there, but is not what its import should give, so its status is
    that of any such name, `clobbered`; and AttributeError is what is raised most often, for what
    the other module has. Whether that is so is never certain.
    """

    cell_id: str
    name: str | None
    error: str
    reason: Reason | None
    certain: bool
    provider: str | None
    message: str
    line: int | None

    @property
    def status(self) -> FindingStatus:
        """What is wrong with the name, or with the text."""
        return _STATUS[self.error]


def _no_shadow(module: str) -> Shadow | None:  # noqa: ARG001
    return None


def forecast(
    graph: DependencyGraph,
    is_installed: Callable[[str], bool],
    python: str | None = None,
    shadow_of: Callable[[str], Shadow | None] = _no_shadow,
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
    modules = _Modules(graph, is_installed, python)
    shadows = _Shadows(graph, shadow_of)
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
            line, message = problem.line, problem.message
            yield Finding(cell_id, None, "SyntaxError", None, True, None, message, line)


class _Modules:
    """Which imports the environment cannot serve, while the cells run in order."""

    def __init__(
        self, graph: DependencyGraph, is_installed: Callable[[str], bool], python: str | None
    ) -> None:
        self.graph = graph
        self.is_installed = is_installed
        self.python = python
        self.changed_by: int | None = None

    def missing_in(self, position: int) -> Iterator[Finding]:
        """The modules that the cell cannot import; not certain after one that may bring some."""
        if _MAY_BRING_MODULES.search(self.graph.cells[position].source):
            self.changed_by = position
        for imported in self.graph.names_at(position).imports:
            if not imported.guarded and not self.is_installed(imported.module):
                yield self._finding(imported, position)

    def _finding(self, imported: Import, position: int) -> Finding:
        message = sentences.not_installed(imported.module, self.python)
        provider = None
        if self.changed_by is not None:
            message += f" {sentences.cell_number(self.changed_by).capitalize()} may change that."
            provider = self.graph.cells[self.changed_by].id
        return Finding(
            self.graph.cells[position].id,
            imported.module,
            "ModuleNotFoundError",
            "not_installed",
            imported.certain and provider is None,
            provider,
            message,
            imported.line,
        )


class _Shadows:
    """The modules whose imports give another file; each is told where it is imported first."""

    def __init__(self, graph: DependencyGraph, shadow_of: Callable[[str], Shadow | None]) -> None:
        self.graph = graph
        self.shadow_of = shadow_of
        self.seen: set[str] = set()

    def first_imported_in(self, position: int) -> Iterator[Finding]:
        """The shadowed modules that no cell above imports."""
        for imported in self.graph.names_at(position).imports:
            module = imported.module
            shadow = None if module in self.seen else self.shadow_of(module)
            self.seen.add(module)
            if shadow is not None:
                yield Finding(
                    self.graph.cells[position].id,
                    module,
                    "AttributeError",
                    "clobbered",
                    False,
                    None,
                    f"`{module}` is imported from `{shadow.local}` beside the notebook, not from "
                    f"the installed `{shadow.installed}`. Rename `{shadow.local}` unless it is "
                    "meant.",
                    imported.line,
                )


class _Run:
    """The names that are there while the cells run in order."""

    def __init__(self, graph: DependencyGraph) -> None:
        self.graph = graph
        self.bound: set[str] = set()
        self.deleted_by: dict[str, int] = {}
        self.any_name = False

    def missing_in(self, position: int) -> Iterator[Finding]:
        """What the cell would miss now."""
        callable_names = self.bound.union(self._bound_by(position))
        for use in needs_at(self.graph, position):
            if use.phase == "deferred" or use.name in self.bound or is_given(use.name):
                continue
            if use.via is not None and use.via not in callable_names:
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
            sentences.would_be_missing(use.name, use.via, reason, provider),
            use.line,
        )

    def finish(self, position: int) -> None:
        """The cell has run."""
        names = self.graph.names_at(position)
        for name in self.bound.copy() if names.resets else names.deletions:
            self.bound.discard(name)
            self.deleted_by[name] = position
        for name in self._bound_by(position):
            self.bound.add(name)
            self.deleted_by.pop(name, None)
        self.bound |= names.meant
        is_unknown_magic = (names.language or "").startswith("%%")
        is_unread = any(problem.kind in UNREAD for problem in names.problems)
        self.any_name |= bool(names.unknown_stars) or is_unknown_magic or is_unread

    def _bound_by(self, position: int) -> Iterator[str]:
        """What the cell defines, and what functions assign that it calls."""
        yield from (it.name for it in self.graph.names_at(position).definitions)
        waiting = [use.name for use in self.graph.names_at(position).uses]
        seen = set()
        while waiting:
            name = waiting.pop()
            function = None if name in seen else self.graph.function_at(name, position)
            seen.add(name)
            if function is not None:
                yield from function.assigns
                waiting += [use.name for use in function.uses]
