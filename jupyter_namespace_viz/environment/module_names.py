"""May a module have a name, once it is imported?

Its text tells, with the texts of modules that it star-imports; the Python tells which names the
modules of its standard library have. What only code of an installed module could tell is open.
"""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path

from jupyter_namespace_viz.core.graph.enrichment.star_imports import AtLeast
from jupyter_namespace_viz.core.syntax.name_sources import StarImport
from jupyter_namespace_viz.environment.interpreters import (
    PACKAGE_FOLDERS,
    Python,
    names_in_python,
    names_of_compiled,
)
from jupyter_namespace_viz.environment.made_modules import MakingFiles
from jupyter_namespace_viz.environment.module_code.unseen_bindings import may_bind_unseen
from jupyter_namespace_viz.environment.module_files import COMPILED, Location, ModuleFinder
from jupyter_namespace_viz.environment.module_text import (
    ModuleText,
    absolute_module,
    module_text,
    read_text,
    starred_modules,
    text_of,
)
from jupyter_namespace_viz.environment.star_names import EnvironmentStarNames

_OF_EVERY_MODULE = frozenset(
    "__builtins__ __cached__ __class__ __dict__ __doc__ __file__ __loader__ __name__ __package__"
    " __path__ __spec__ __annotations__ __dir__ __getattribute__ __warningregistry__".split()
)
_NOT_RUN = re.compile(r"if\s+(?:\w+\.)?TYPE_CHECKING\b")
_STARS = re.compile(r"\bimport\s*\(?\s*\*")


def is_of_every_module(name: str) -> bool:
    """Whether each module has an attribute of that name."""
    return name in _OF_EVERY_MODULE or hasattr(object, name)


class ModuleNames:
    """What the modules have that `finder` finds for this Python; `stars` looks up their star
    imports."""

    def __init__(self, finder: ModuleFinder, python: Python, stars: EnvironmentStarNames) -> None:
        self._finder = finder
        self._python = python
        self._stars = stars

    def may_have(self, module: str, name: str) -> bool:
        """Whether the module may bind the name, or give it otherwise."""
        return self._may_have(module, name, frozenset())

    def _may_have(self, module: str, name: str, visited: frozenset[str]) -> bool:
        """The same; `visited` are modules that star-import this one."""
        if is_of_every_module(name) or name == "__all__":  # which decorators make
            return True
        location = self._finder.find(module)
        if location is None:
            return True
        shown = self._shown_at_once(module, location.file, name)
        if shown is not None:
            return shown
        read = self.read(module, location)
        if read is None:
            return self._may_be_compiled_in(module, name, location)
        if read.error is not None or not read.refuses(name):
            return True
        if name in read.text and (
            name in read.plainly_bound or read.names.definition_of(name) is not None
        ):
            return True
        if not self._may_bind_otherwise(module, name, location, read, visited | {module}):
            return False
        names = self._names_in_library(module, location.file)
        return names is None or name in names

    def _shown_at_once(self, module: str, file: Path | None, name: str) -> bool | None:
        """Whether the text of an installed module certainly binds the name, or certainly not; None
        where it needs to be parsed for that, or is no such text."""
        if file is None or file.suffix != ".py" or self.is_own(file):
            return None
        text = text_of(file)
        if text is None:
            return None
        if name not in text:
            opens = "__getattr__" in text or _STARS.search(text) or may_bind_unseen(text, module)
            return None if opens else False
        if re.search(rf"^[ \t]*del\b[^\n]*\b{name}\b", text, re.MULTILINE):
            return None
        binds = re.compile(
            rf"^(?:def|class)\s+{name}\b|^{name}\s*=(?!=)|^[^#\n]*\bimport\b[^#\n]*\b{name}\b"
            rf"|^[ \t]+{name},?[ \t]*(?:#.*)?$",
            re.MULTILINE,
        )
        return any(_runs(text, found.start()) for found in binds.finditer(text)) or None

    def _may_bind_otherwise(
        self, module: str, name: str, location: Location, read: ModuleText, visited: frozenset[str]
    ) -> bool:
        """Whether the module may bind the name by a star import, or in a way that its statements do
        not show."""
        package = module.rpartition(".")[0] if location.folders is None else module
        starred = (it for it in starred_modules(read.body, package) if it not in visited)
        if any(self._may_export(it, name, visited) for it in starred):
            return True
        unseen = read.unseen
        listing = (absolute_module(it, package) for it in unseen.listed_by)
        return (
            unseen.is_any
            or name in unseen.names
            or any(self._may_list(it, name, visited) for it in listing)
        )

    def _may_export(self, module: str, name: str, visited: frozenset[str]) -> bool:
        """Whether a star import of the module may bind the name."""
        location = self._finder.find(module)
        if location is None:  # the import raises, unless something makes the module
            parent, _, tail = module.rpartition(".")
            return self._python.is_open or (parent != "" and self.may_make(parent, tail))
        if self._finder.find(f"{module}.{name}") is not None:
            return True  # once it is imported, the package has it
        read = self.read(module, location)
        if read is not None and "__all__" in read.text:
            names = self._stars(StarImport(module))
            if names is not None and not isinstance(names, AtLeast):
                return name in names
        elif read is not None and name.startswith("_"):
            return False
        return self._may_have(module, name, visited)

    def _may_list(self, module: str, name: str, visited: frozenset[str]) -> bool:
        """Whether the `__all__` of the module may have the name."""
        location = self._finder.find(module)
        read = None if location is None else self.read(module, location)
        is_named = read is None or re.search(rf"['\"]{name}['\"]", read.text) is not None
        return is_named or self._may_export(module, name, visited)

    def _names_in_library(self, module: str, file: Path | None) -> frozenset[str] | None:
        """The names that a module of the standard library has in its Python; None for others."""
        if file is None or self.is_own(file) or not PACKAGE_FOLDERS.isdisjoint(file.parts):
            return None
        return names_in_python(self._python.executable, module)

    def _may_be_compiled_in(self, module: str, name: str, location: Location) -> bool:
        if location.folders is not None and location.file is None:
            return False  # a namespace package binds nothing
        names = names_of_compiled(self._python, module, location.file)
        return names is None or name in names

    def may_make(self, package: str, name: str) -> bool:
        """Whether code of the package may make a submodule without a file, or bind the name in the
        package from elsewhere."""
        location = self._finder.find(package)
        if location is None:
            return True
        if location.file is None:
            return False
        if location.file.suffix in COMPILED:
            return names_of_compiled(self._python, package, location.file) is None
        if package in self._python.finder.loaded:
            return False  # what it has made is there
        folders = self._folders_around(package)
        files = MakingFiles(location.file, folders, self._finder.written)
        return files.may_make(package, name, is_package=location.folders is not None)

    def _folders_around(self, package: str) -> tuple[str, ...]:
        """The folders of the outermost package with a file that holds the module."""
        parts = package.split(".")
        for end in range(1, len(parts) + 1):
            location = self._finder.find(".".join(parts[:end]))
            if location is not None and location.file is not None:
                return location.folders or ()
        return ()

    def read(self, module: str, location: Location) -> ModuleText | None:
        """The text of the module; None where it has none that can be read."""
        file = location.file
        if file is None or file.suffix != ".py":
            return None
        if str(file) in self._finder.written:
            text = self._finder.written[str(file)]
            return None if text is None else read_text(text, module, self._python.target)
        return module_text(file, module, self._python.target)

    def is_own(self, file: Path) -> bool:
        """Whether the file belongs neither to the standard library nor to an installed package."""
        if not PACKAGE_FOLDERS.isdisjoint(file.parts):
            return False
        return self._library is None or not file.is_relative_to(self._library)

    @cached_property
    def _library(self) -> Path | None:
        found = self._python.finder.find("os")
        return None if found is None or found.file is None else found.file.parent


def _runs(text: str, line: int) -> bool:
    """Whether the line that starts there may run: not where it is for type checkers only."""
    while line > 0 and text[line] in " \t)#\n":
        line = text.rfind("\n", 0, line - 1) + 1
    return _NOT_RUN.match(text, line) is None
