"""Which names does `from m import *` bind in an environment?

The module's source is read, and nothing is imported. Its `__all__` counts where the source spells
it out, otherwise the names that it binds at module level without a leading underscore, star imports
included. Where `__all__` is computed, the module's stub is read; without a stub the names are
unknown.

For the packages that notebooks star-import most often, `known_stars.json` has names for
environments without the package; another version may bind more.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path

from jupyter_namespace_viz.core.analysis.cell_names import CellNames
from jupyter_namespace_viz.core.analysis.reader import read_cell
from jupyter_namespace_viz.core.graph.star_imports import AtLeast
from jupyter_namespace_viz.core.syntax.name_sources import NameSource, RunFile, StarImport
from jupyter_namespace_viz.core.syntax.work import TooMuchWork, tokens_in
from jupyter_namespace_viz.environment.module_exports import ModuleExports, absolute_module
from jupyter_namespace_viz.environment.module_files import sources_of
from jupyter_namespace_viz.environment.regular_files import text_of

MAX_MODULE_BYTES = 2_000_000
"""Larger sources are not read."""

KNOWN_STARS = Path(__file__).with_name("known_stars.json")
"""Written by scripts/make_known_stars.py: module → its names, separated by spaces."""


def names_in_environment(module: str, paths: Sequence[str]) -> frozenset[str] | None:
    """The names that the files at `paths` show; None where they do not show all of them."""
    return EnvironmentStarNames(paths, fallback=_not_known)(StarImport(module))


def _not_known(module: str) -> None:  # noqa: ARG001
    return


@cache
def _known_stars() -> dict[str, AtLeast]:
    known = json.loads(KNOWN_STARS.read_text(encoding="utf-8"))
    return {module: AtLeast(names.split()) for module, names in known.items()}


def known_to_all(module: str) -> frozenset[str] | None:
    """The names that a module of a well-known package binds in one version; the notebook's version
    may bind others. None for other modules.
    """
    return _known_stars().get(module)


def known_elsewhere(source: NameSource) -> frozenset[str] | None:
    """The names for an environment whose files are on another machine: those of the standard
    library and of well-known packages, in the versions that are known here. None for others.
    """
    names = _without_files()(source) if isinstance(source, StarImport) else None
    return None if names is None else AtLeast(names)


@cache
def _without_files() -> EnvironmentStarNames:
    return EnvironmentStarNames(())


class EnvironmentStarNames:
    """Looks up star imports in one environment, and caches the answers.

    `paths` is the environment's `sys.path`; `folder` is the notebook's, in which `%run` looks for
    files; `fallback` is called for modules that the environment does not have.
    """

    def __init__(
        self,
        paths: Sequence[str],
        folder: str = "",
        fallback: Callable[[str], frozenset[str] | None] = known_to_all,
    ) -> None:
        self._paths = tuple(paths)
        self._folder = folder
        self._fallback = fallback
        self._known: dict[NameSource, frozenset[str] | None] = {}

    def __call__(self, source: NameSource) -> frozenset[str] | None:
        """The names that the module or file binds; None where they are not known."""
        if source not in self._known:
            self._known[source] = None  # for modules that import each other
            if isinstance(source, RunFile):
                self._known[source] = self._names_of_run(source.words)
            elif isinstance(source, StarImport) and source.module and source.module[0] != ".":
                self._known[source] = self._names_of_module(source.module)
        return self._known[source]

    def _names_of_module(self, module: str) -> frozenset[str] | None:
        files = list(sources_of(module, self._paths))
        readings = (self._names_in(module, file) for file in files)
        first_known = next((names for names in readings if names is not None), None)
        return first_known if files else self._fallback(module)

    def _names_in(self, module: str, file: Path) -> frozenset[str] | None:
        text = _text_of(file)
        if text is None:
            return None
        try:
            tokens_in(text)
            tree = ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError, TooMuchWork):
            return None
        package = module if file.stem == "__init__" else module.rpartition(".")[0]
        exports = ModuleExports(self, package)
        exports.read(tree.body)
        if exports.is_literal is not None:
            return frozenset(exports.names) if exports.is_literal else None
        cell = read_cell(text)
        if cell.problems:
            return None
        if file.suffix == ".pyi":
            names = _stubbed_names(tree.body, cell)
        else:
            names = {one.name for one in cell.definitions}
        starred = self._bound_by(cell.name_sources, package)
        if starred is None:
            return None
        return type(starred)(name for name in names | starred if not name.startswith("_"))

    def _bound_by(self, sources: Iterable[NameSource], package: str = "") -> frozenset[str] | None:
        """The names that several sources bind together."""
        found = [self(_absolute(source, package)) for source in sources]
        known = [names for names in found if names is not None]
        if len(known) < len(found):
            return None
        is_all = not any(isinstance(names, AtLeast) for names in known)
        return (frozenset if is_all else AtLeast)(name for names in known for name in names)

    def _names_of_run(self, words: Sequence[str]) -> frozenset[str] | None:
        """The names that `%run` of a script, module or notebook leaves in the namespace."""
        file = self._file_to_run(words)
        text = None if file is None else _text_of(file)
        if file is None or text is None:
            return None
        try:
            read = list(map(read_cell, _code_in(file, text)))
        except (ValueError, KeyError, TypeError, RecursionError):  # a damaged notebook
            return None
        names = frozenset(one.name for cell in read for one in cell.definitions)
        starred = self._bound_by(source for cell in read for source in cell.name_sources)
        return None if starred is None else type(starred)(names | starred)

    def _file_to_run(self, words: Sequence[str]) -> Path | None:
        """`%run -i file`, `%run file.ipynb`, `%run -m module`"""
        first = next((word for word in words if not word.startswith("-")), None)
        if first is None:
            return None
        if "-m" in words:
            return next(sources_of(first, self._paths), None)
        file = Path(self._folder, first)
        return file if file.suffix else file.with_suffix(".py")


def _absolute(source: NameSource, package: str) -> NameSource:
    if not isinstance(source, StarImport):
        return source
    return StarImport(absolute_module(source.module, package))


def _stubbed_names(body: Iterable[ast.stmt], cell: CellNames) -> set[str]:
    """The names that a stub exports: `a: int` counts, and of imports only `import a as a`."""
    names = {
        one.name
        for one in cell.definitions
        if one.kind != "import" or any(" as " in it.code for it in one.imports)
    }
    for node in body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            names.add(node.target.id)
        elif isinstance(node, ast.If):
            names |= _stubbed_names([*node.body, *node.orelse], cell)
    return names


def _code_in(file: Path, text: str) -> list[str]:
    """The sources that `%run` runs: a script's, or those of a notebook's code cells."""
    if file.suffix != ".ipynb":
        return [text]
    cells = json.loads(text)["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]


def _text_of(file: Path) -> str | None:
    try:
        return text_of(file, MAX_MODULE_BYTES)
    except (OSError, UnicodeDecodeError):
        return None
