"""Which imports certainly fail in an environment, and why?

An import fails where the module is not there or lacks a name that is taken from it. The user's own
files are followed as an import runs them: what they import themselves, and names that they use and
nothing defines. Nothing is imported, and what only code could tell is taken to succeed.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from jupyter_namespace_viz.core.analysis.builtin_names import BUILTINS, is_predefined
from jupyter_namespace_viz.core.graph.enrichment.star_imports import AtLeast
from jupyter_namespace_viz.core.imports.failing_imports import ImportFailure, SearchState
from jupyter_namespace_viz.core.syntax.name_sources import StarImport
from jupyter_namespace_viz.environment.interpreters import (
    KernelPython,
    Python,
    python_or_none,
)
from jupyter_namespace_viz.environment.module_files import Location, ModuleFinder
from jupyter_namespace_viz.environment.module_names import ModuleNames, is_of_every_module
from jupyter_namespace_viz.environment.module_text import (
    ModuleText,
    absolute_module,
)
from jupyter_namespace_viz.environment.star_names import EnvironmentStarNames
from jupyter_namespace_viz.environment.version_tests import Target

MAX_OWN_FILES = 200
"""The most files of the user's that one import is followed through."""


class EnvironmentImports:
    """The `ImportLookup` of one environment.

    `paths` is the `sys.path` of a kernel that starts in `folder`, which is one of them. `kernel` is
    its Python.
    """

    def __init__(self, paths: Sequence[str], folder: str, kernel: KernelPython) -> None:
        self._paths = tuple(paths)
        self._folder = folder
        self._kernel = kernel
        self._searches: dict[SearchState, _Search] = {}

    def __call__(self, module: str, name: str | None, state: SearchState) -> ImportFailure | None:
        """How the import certainly fails."""
        if self._python is None:
            return None
        if state not in self._searches:
            finder = self._finder_of(state)
            self._searches[state] = _Search(finder, self._python, self._kernel, state.blocked)
        failure = self._searches[state].failure(module, name)
        return None if failure is None else self._shown(failure)

    @cached_property
    def _python(self) -> Python | None:
        return python_or_none(self._kernel)

    def _finder_of(self, state: SearchState) -> ModuleFinder:
        assert self._python is not None
        here = os.path.normpath(os.path.join(self._folder, state.folder))
        paths = [here if path == self._folder else path for path in self._paths]
        added = ([self._absolute(it) for it in its] for its in (state.before, state.after))
        before, after = added
        written = {self._absolute(file): text for file, text in state.files}
        finder = self._python.finder.with_paths([*before, *paths, *after])
        return finder.with_modules(state.modules, written)

    def _shown(self, failure: ImportFailure) -> ImportFailure:
        """The failure with its file as it is called in the notebook's folder."""
        if failure.file is None or not Path(failure.file).is_relative_to(self._folder):
            return failure
        file = Path(failure.file).relative_to(self._folder).as_posix()
        return replace(failure, file=file)

    def _absolute(self, path: str) -> str:
        return os.path.normpath(os.path.join(self._folder, path))


class _Search:
    """Follows imports along one `sys.path`."""

    def __init__(
        self, finder: ModuleFinder, python: Python, kernel: KernelPython, blocked: frozenset[str]
    ) -> None:
        self._finder = finder
        self._blocked = blocked
        self._python = python
        self._target: Target = python.target
        self._stars = EnvironmentStarNames(finder.paths, kernel=kernel)
        self._names = ModuleNames(finder, python, self._stars)
        self._failures: dict[str, ImportFailure | None] = {}
        self._answers: dict[tuple[str, str | None], ImportFailure | None] = {}
        self._own_files = 0

    def failure(self, module: str, name: str | None) -> ImportFailure | None:
        """How `import module`, or `from module import name`, fails."""
        if (module, name) not in self._answers:
            self._answers[module, name] = self._failure(module, name)
        return self._answers[module, name]

    def _failure(self, module: str, name: str | None) -> ImportFailure | None:
        if module.startswith("."):
            return ImportFailure("ImportError", module, name)
        failure = self._failure_of_module(module)
        if failure is not None or name is None:
            return failure
        part = f"{module}.{name}"
        if self._finder.find(part) is not None:
            # The module may bind the name too, and then its submodule is not imported.
            return None if self._names.may_have(module, name) else self._failure_of_module(part)
        if self._names.may_have(module, name) or self._names.may_make(module, name):
            return None
        return ImportFailure("ImportError", module, name)

    def _failure_of_module(self, module: str) -> ImportFailure | None:
        parts = module.split(".")
        for end in range(1, len(parts) + 1):
            part = ".".join(parts[:end])
            if part in self._blocked:
                return ImportFailure("ModuleNotFoundError", part, is_blocked=True)
            if part not in self._failures:
                self._failures[part] = None  # for files that import each other
                self._failures[part] = self._failure_of_part(part)
            if self._failures[part] is not None:
                return self._failures[part]
        return None

    def _failure_of_part(self, module: str) -> ImportFailure | None:
        """How the import of a module fails whose package is there."""
        location = self._finder.find(module)
        if location is None:
            parent, _, tail = module.rpartition(".")
            if self._python.is_open or (parent and self._names.may_make(parent, tail)):
                return None
            return ImportFailure("ModuleNotFoundError", module)
        if location.file is None or not self._names.is_own(location.file):
            return None
        self._own_files += 1
        if self._own_files > MAX_OWN_FILES:
            return None
        return self._failure_in(module, location.file, location)

    def _failure_in(self, module: str, file: Path, location: Location) -> ImportFailure | None:
        """The first error that running the user's file raises."""
        read = self._names.read(module, location)
        if read is None:
            return None
        if read.error is not None:
            if self._target.grammar > sys.version_info[:2]:
                return None  # it may be syntax of that Python
            return ImportFailure("SyntaxError", module, None, str(file), read.error.lineno)
        package = module.rpartition(".")[0] if location.folders is None else module
        return self._missing_import(read, file, package) or self._missing_name(read, module, file)

    def _missing_import(self, read: ModuleText, file: Path, package: str) -> ImportFailure | None:
        events: list[tuple[int, str, str | None]] = []
        for one in read.names.imports:
            if one.certain and not one.guarded:
                events.append((one.line, one.module, None))
            taken = (it for it in one.taken if it.certain and not it.guarded)
            events += [(it.line, one.module, it.name) for it in taken]
        for line, imported, name in sorted(events, key=lambda it: (it[0], it[2] is not None)):
            if imported.startswith(".") and not package:
                failure: ImportFailure | None = ImportFailure("ImportError", imported, name)
            else:
                failure = self.failure(absolute_module(imported, package), name)
            if failure is not None:
                inner = (failure.file, failure.line) if failure.file else (str(file), line)
                return ImportFailure(failure.error, failure.module, failure.name, *inner)
        return None

    def _missing_name(self, read: ModuleText, module: str, file: Path) -> ImportFailure | None:
        if read.unseen:
            return None
        sources = [self._stars(it) for it in read.names.name_sources if isinstance(it, StarImport)]
        if len(sources) < len(read.names.name_sources):
            return None
        if any(names is None or isinstance(names, AtLeast) for names in sources):
            return None
        bound = frozenset().union(*(names for names in sources if names is not None))
        for use in sorted(read.names.uses, key=lambda it: it.line or 0):
            if use.phase == "deferred" or not use.certain or use.guarded or use.name in bound:
                continue
            if is_of_every_module(use.name) or is_predefined(use.name, self._builtins):
                continue
            return ImportFailure("NameError", module, use.name, str(file), use.line)
        return None

    @cached_property
    def _builtins(self) -> frozenset[str]:
        return self._python.builtins | BUILTINS
