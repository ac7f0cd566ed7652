"""Which names does `from m import *` bind in an environment?

The module's source is read, and nothing of it is run. Its `__all__` counts where the source spells
it out, otherwise the names that it binds at module level without a leading underscore: star imports
included, and the submodules of a package that its modules import. Branches for another Python or
platform are left out. The compiled modules of the standard library are asked for their names in
their Python. Where the source does not show all names, a stub shows some; without a stub the names
are unknown.

For the packages that notebooks star-import most often, `known_stars.json` has names for
environments without the package; another version may bind more.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Callable, Iterable, Sequence
from functools import cache, cached_property
from pathlib import Path

from jupyter_namespace_viz.core.analysis.cell_names import CellNames
from jupyter_namespace_viz.core.analysis.reader import read_cell
from jupyter_namespace_viz.core.graph.enrichment.star_imports import AtLeast
from jupyter_namespace_viz.core.syntax.name_sources import NameSource, RunFile, StarImport
from jupyter_namespace_viz.environment.interpreters import (
    KernelPython,
    Python,
    names_of_compiled,
    python_or_none,
)
from jupyter_namespace_viz.environment.module_exports import ModuleExports
from jupyter_namespace_viz.environment.module_files import Location, ModuleFinder, stubs_of
from jupyter_namespace_viz.environment.module_text import (
    ModuleText,
    absolute_module,
    module_text,
    read_text,
    text_of,
)
from jupyter_namespace_viz.environment.submodules import imported_submodules
from jupyter_namespace_viz.environment.version_tests import Target

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
    files; `fallback` is called for modules that the environment does not have. `kernel` is the
    environment's Python, None where it cannot be asked.
    """

    def __init__(
        self,
        paths: Sequence[str],
        folder: str = "",
        fallback: Callable[[str], frozenset[str] | None] = known_to_all,
        kernel: KernelPython | None = None,
    ) -> None:
        self._paths = tuple(paths)
        self._folder = folder
        self._fallback = fallback
        self._kernel = kernel
        self._known: dict[NameSource, frozenset[str] | None] = {}

    @cached_property
    def _python(self) -> Python | None:
        return None if self._kernel is None else python_or_none(self._kernel)

    @cached_property
    def _finder(self) -> ModuleFinder:
        if self._python is None:
            return ModuleFinder(self._paths)
        return self._python.finder.with_paths(self._paths)

    @cached_property
    def _target(self) -> Target:
        return Target() if self._python is None else self._python.target

    def __call__(self, source: NameSource) -> frozenset[str] | None:
        """The names that the module or file binds; None where they are not known."""
        if source not in self._known:
            self._known[source] = None  # for modules that import each other
            if isinstance(source, RunFile):
                self._known[source] = self._names_of_run(source)
            elif isinstance(source, StarImport) and source.module and source.module[0] != ".":
                self._known[source] = self._names_of_module(source.module)
        return self._known[source]

    def _names_of_module(self, module: str) -> frozenset[str] | None:
        location = self._finder.find(module)
        if location is not None and (names := self._names_at(module, location)) is not None:
            return names
        stubs = (self._names_in_stub(module, file) for file in stubs_of(module, self._finder))
        names = next((names for names in stubs if names is not None), None)
        return self._fallback(module) if location is None and names is None else names

    def _names_at(self, module: str, location: Location) -> frozenset[str] | None:
        """The names that the module itself shows; None where it does not show all."""
        file = location.file
        if file is None or file.suffix != ".py":
            found = None
            if self._python is not None:
                found = names_of_compiled(self._python, module, file)
            return None if found is None else _public(found)
        read = module_text(file, module, self._target)
        if read is None or read.error is not None:
            return None
        package = module.rpartition(".")[0] if location.folders is None else module
        names = self._names_in(read, package, {one.name for one in read.names.definitions})
        if names is None or _is_spelled_out(read):
            return names
        submodules = imported_submodules(module, self._finder, self._target)
        is_all = submodules is not None and not read.unseen
        is_all = is_all and not isinstance(names, AtLeast)
        return _public(names | (submodules or frozenset()), frozenset if is_all else AtLeast)

    def _names_in_stub(self, module: str, file: Path) -> AtLeast | None:
        read = module_text(file, module, self._target)
        if read is None or read.error is not None:
            return None
        package = module if file.stem == "__init__" else module.rpartition(".")[0]
        names = self._names_in(read, package, _stubbed_names(read.body, read.names))
        return None if names is None else AtLeast(names)

    def _names_in(self, read: ModuleText, package: str, bound: set[str]) -> frozenset[str] | None:
        """The names that the text exports, where its statements bind the names `bound`."""
        exports = ModuleExports(self, package)
        exports.read(read.body)
        if exports.is_literal is not None:
            kind = frozenset if exports.is_all else AtLeast
            return kind(exports.names) if exports.is_literal else None
        starred = self._bound_by(read.names.name_sources, package)
        return None if starred is None else _public(bound | starred, type(starred))

    def _bound_by(self, sources: Iterable[NameSource], package: str = "") -> frozenset[str] | None:
        """The names that several sources bind together."""
        found = [self(_absolute(source, package)) for source in sources]
        known = [names for names in found if names is not None]
        if len(known) < len(found):
            return None
        is_all = not any(isinstance(names, AtLeast) for names in known)
        return (frozenset if is_all else AtLeast)(name for names in known for name in names)

    def _names_of_run(self, source: RunFile) -> frozenset[str] | None:
        """The names that `%run` of a script, module or notebook leaves in the namespace."""
        file = self._file_to_run(source)
        text = None if file is None else text_of(file)
        if file is None or text is None:
            return None
        try:
            read = list(map(read_cell, _code_in(file, text)))
        except (ValueError, KeyError, TypeError, RecursionError):  # a damaged notebook
            return None
        imported = read_text(text, file.stem, self._target) if "-n" in source.words else None
        if imported is not None:
            read = [imported.names]
        names = frozenset(one.name for cell in read for one in cell.definitions)
        starred = self._bound_by(source for cell in read for source in cell.name_sources)
        return None if starred is None else type(starred)(names | starred)

    def _file_to_run(self, source: RunFile) -> Path | None:
        """`%run -i file`, `%run file.ipynb`, `%run -m module`"""
        if source.file is not None:
            return Path(self._folder, source.file)
        module = next((word for word in source.words if not word.startswith("-")), None)
        found = None if module is None else self._finder.find(module)
        return None if found is None else found.file


def _absolute(source: NameSource, package: str) -> NameSource:
    if not isinstance(source, StarImport):
        return source
    return StarImport(absolute_module(source.module, package))


def _is_spelled_out(read: ModuleText) -> bool:
    """Whether the text has an `__all__`."""
    return read.names.definition_of("__all__") is not None


def _public(names: Iterable[str], kind: type[frozenset[str]] = frozenset) -> frozenset[str]:
    return kind(name for name in names if not name.startswith("_"))


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
