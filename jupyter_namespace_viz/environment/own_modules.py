"""Which values do the names of the user's own modules have?

    from lib import go      lib.py: def go(): return np.zeros(3)

Only plain files are read, as an import would find them; nothing of them is run. A file that the
cells write more than once, or in a way that their text does not show, counts as unknown.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from jupyter_namespace_viz.core.analysis.builtin_names import BUILTINS, is_predefined
from jupyter_namespace_viz.core.analysis.calls.foreign import Answers, ModuleScope
from jupyter_namespace_viz.core.analysis.calls.origins import Known, Origin
from jupyter_namespace_viz.core.graph.enrichment.star_imports import AtLeast
from jupyter_namespace_viz.core.imports.failing_imports import may_set_attribute
from jupyter_namespace_viz.core.imports.search_changes import search_changes
from jupyter_namespace_viz.core.syntax.name_sources import StarImport
from jupyter_namespace_viz.core.syntax.text_cache import cached_by_text
from jupyter_namespace_viz.environment.interpreters import (
    PACKAGE_FOLDERS,
    KernelPython,
    Python,
    python_or_none,
)
from jupyter_namespace_viz.environment.module_files import Location, ModuleFinder
from jupyter_namespace_viz.environment.module_names import ModuleNames, is_of_every_module
from jupyter_namespace_viz.environment.module_text import ModuleText, absolute_module, text_of
from jupyter_namespace_viz.environment.star_names import EnvironmentStarNames


class OwnModuleValues:
    """The `OwnModules` of a notebook in `folder`, whose cells have the texts `sources`.

    `paths` is the `sys.path` of its kernel, whose Python is `kernel`. Where the kernel runs,
    `file_of` tells the file whose text is what it has of a module, None for others; without it
    modules are those that a new kernel would find.
    """

    to_find: frozenset[str] = frozenset()

    def __init__(
        self,
        paths: Sequence[str],
        folder: str,
        kernel: KernelPython,
        sources: Sequence[str],
        file_of: Callable[[str], Path | None] | None = None,
    ) -> None:
        self._paths = tuple(paths)
        self._folder = folder
        self._kernel = kernel
        self._sources = sources
        self._file_of = file_of
        self._found: dict[str, _OwnModule | None] = {}
        self._own: dict[str, bool] = {}
        self._values: dict[str, Origin] = {}

    def has(self, module: str) -> bool:
        """Whether it is a module or package of the user's own."""
        if module not in self._own:
            is_read = self._module(module) is not None
            self._own[module] = is_read or self._is_namespace_package(module)
        return self._own[module]

    def _is_namespace_package(self, module: str) -> bool:
        """Whether it is a folder of the user's own without a file that an import runs."""
        location = None if self._finder is None else self._finder.find(module)
        if location is None or location.file is not None or not location.folders:
            return False
        parts = {part for folder in location.folders for part in Path(folder).parts}
        return PACKAGE_FOLDERS.isdisjoint(parts)

    def changes_search(self, module: str) -> bool:
        """Whether an import of the module may change where imports look."""
        found = self._module(module)
        return found is not None and bool(search_changes(found.text, {})[0])

    def binding_functions(self, module: str, name: str) -> frozenset[str]:
        """The functions of the module that bind the name in it when they are called."""
        found = self._module(module)
        functions = () if found is None else found.functions
        return frozenset(it.name for it in functions if name in it.assigned_globals)

    def value(self, path: str) -> Origin:
        """The value of the module's name; None where the path is not that of one."""
        if path not in self._values:
            self._values[path] = None  # for names that refer to each other
            module, _, name = path.rpartition(".")
            found = self._module(module) if module else None
            self._values[path] = None if found is None else found.value(name)
        return self._values[path]

    @property
    def answers(self) -> Answers:
        """What it has answered so far."""
        return Answers(dict(self._values), dict(self._own))

    @property
    def imported(self) -> frozenset[str]:
        """What functions of the modules import that were looked into."""
        return frozenset().union(*(it.imported for it in self._found.values() if it is not None))

    def may_find(self, module: str) -> bool:
        """Whether a new kernel would find a module of the user's own by this name."""
        location = None if self._finder is None else self._finder.find(module)
        if location is None or location.file is None or location.file.suffix != ".py":
            return False
        return PACKAGE_FOLDERS.isdisjoint(location.file.parts)

    @cached_property
    def _python(self) -> Python | None:
        return python_or_none(self._kernel)

    @cached_property
    def _finder(self) -> ModuleFinder | None:
        if self._python is None:
            return None
        written = self._written if self._file_of is None else {}
        return self._python.finder.with_paths(self._paths).with_modules((), written)

    @cached_property
    def _written(self) -> Mapping[str, str | None]:
        """The files that the cells write, with their texts; None where they are not certain."""
        found: dict[str, str | None] = {}
        known: Mapping[str, str] = {}
        for source in self._sources:
            changes, known = search_changes(source, known)
            for change in changes:
                if change.kind == "file":
                    path = os.path.normpath(os.path.join(self._folder, change.value))
                    is_first = path not in found and change.certain
                    found[path] = change.text if is_first else None
        return found

    @cached_property
    def _set_by_cells(self) -> frozenset[str]:
        return frozenset().union(*map(_names_set_by, self._sources))

    @cached_property
    def _stars(self) -> EnvironmentStarNames:
        return EnvironmentStarNames(self._paths, kernel=self._kernel)

    def _module(self, module: str) -> _OwnModule | None:
        if module not in self._found:
            self._found[module] = self._read(module)
        return self._found[module]

    def _read(self, module: str) -> _OwnModule | None:
        location = self._location(module)
        finder = self._finder
        if finder is None or self._python is None or location is None or location.file is None:
            return None
        names = ModuleNames(finder, self._python, self._stars)
        if not self._is_text_known(location.file):
            return None
        if location.file.suffix != ".py" or not names.is_own(location.file):
            return None
        read = names.read(module, location)
        if read is None or read.error is not None:
            return None
        package = module if location.folders is not None else module.rpartition(".")[0]
        builtins = self._python.builtins | BUILTINS
        return _OwnModule(
            read, module, package, builtins, self._stars, self._sources, self._set_by_cells
        )

    def _location(self, module: str) -> Location | None:
        if self._file_of is None:
            return None if self._finder is None else self._finder.find(module)
        file = self._file_of(module)
        is_package = file is not None and file.stem == "__init__"
        return Location(file, (str(file.parent),) if file is not None and is_package else None)

    def _is_text_known(self, file: Path) -> bool:
        """Whether the text of the file is certain: cells may write it."""
        if str(file) not in self._written:
            return True
        text = self._written[str(file)]
        if text is None or self._file_of is None:
            return text is not None
        return text.rstrip("\n") == (text_of(file) or "").rstrip("\n")


class _OwnModule:
    """A module with what its names refer to."""

    def __init__(
        self,
        read: ModuleText,
        module: str,
        package: str,
        builtins: frozenset[str],
        stars: EnvironmentStarNames,
        sources: Sequence[str],
        set_by_cells: frozenset[str],
    ) -> None:
        self.text, self.functions = read.text, read.names.functions
        self._read = read
        self._module = module
        self._package = package
        self._builtins = builtins
        self._stars = stars
        self._sources = sources
        self._set_by_cells = set_by_cells
        self._scope = ModuleScope(self._path_of, self._lacks, self._absolute)

    def value(self, name: str) -> Origin:
        """The value of the module's name, None where it is not known."""
        definition = self._read.names.definition_of(name)
        if definition is None or not definition.certain or name in self._read.names.rebound:
            return None
        value = self._read.names.value_of(name)
        if value is None and definition.kind == "import" and len(definition.imports) == 1:
            imported = definition.imports[0]
            name = imported.code.partition(" import ")[2].partition(" as ")[0]
            module = self._absolute(imported.module)
            return Known(f"{module}.{name}" if name else imported.bound_module or module)
        return None if self._is_replaced(name) else self._scope.seen(value)

    @cached_property
    def imported(self) -> frozenset[str]:
        """The modules that its functions import."""
        functions = self._read.names.functions
        return frozenset(self._absolute(it.module) for one in functions for it in one.imports)

    def _is_replaced(self, name: str) -> bool:
        """Whether a function of the module, or a cell, may bind the name again."""
        by_functions = any(name in it.assigned_globals for it in self._read.names.functions)
        return by_functions or name in self._set_by_cells

    def _path_of(self, name: str) -> str | None:
        if self._read.names.definition_of(name) is not None:
            return f"{self._module}.{name}"
        return f"builtins.{name}" if name in BUILTINS else None

    def _lacks(self, name: str) -> bool:
        """Whether the module certainly does not have the name."""
        if name in self._bound or self._any_name or "<" in name or is_of_every_module(name):
            return False
        is_there = is_predefined(name, self._builtins) or may_set_attribute(name, self._sources)
        return not is_there

    @cached_property
    def _any_name(self) -> bool:
        """Whether the module may bind names that its text does not show."""
        sources = self._read.names.name_sources
        is_open = any(not isinstance(it, StarImport) or self._starred(it) is None for it in sources)
        return is_open or bool(self._read.unseen) or any("builtins" in it for it in self._sources)

    @cached_property
    def _bound(self) -> frozenset[str]:
        """The names that it may bind."""
        names = self._read.names
        found = {one.name for one in names.definitions}
        found.update(*(function.assigned_globals for function in names.functions))
        for source in names.name_sources:
            if isinstance(source, StarImport):
                found |= self._starred(source) or frozenset()
        return frozenset(found)

    def _starred(self, source: StarImport) -> frozenset[str] | None:
        names = self._stars(StarImport(self._absolute(source.module)))
        return None if isinstance(names, AtLeast) else names

    def _absolute(self, module: str) -> str:
        return absolute_module(module, self._package)


def _size_of(names: frozenset[str]) -> int:
    return 100 * (1 + len(names))


@cached_by_text(_size_of)
def _names_set_by(text: str) -> frozenset[str]:
    """The attributes that the text sets, and the names that it quotes: it may set them, too."""
    found = re.findall(r"\.(\w+)\s*=(?!=)|(\w+)['\"]", text)
    return frozenset(attribute or quoted for attribute, quoted in found)
