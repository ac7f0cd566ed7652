"""Which file would an import of a module take?"""

from __future__ import annotations

import os
import re
import stat
import sys
import time
import types
import zipimport
from importlib import machinery
from typing import Any, Dict, Iterable, List, Optional, Tuple

from jupyter_namespace_viz.probe.objects import (
    loaded_module_dict,
    module_dict,
    plain_text,
    type_module,
    type_name,
)

MOST_MODULES = 5_000
LONGEST_PATH = 4096
LONGEST_FILE = 1_000_000  # bytes of a file that are searched for a word
SLACK = 0.05  # seconds by which the time of a file may be too early


def working_folder() -> str:
    """The kernel's working directory, where `%run` looks; empty when it does not exist any more."""
    try:
        return plain_text(os.getcwd(), LONGEST_PATH) or ""
    except OSError:
        return ""


def search_paths() -> List[str]:
    """The entries of `sys.path`, with the working directory in place of an empty one."""
    paths = [path or working_folder() for path in list(sys.path) if type(path) is str]
    return [plain_text(path, LONGEST_PATH) or "" for path in paths]


# A finder may be any code, and may print, build or install: only Python's own are called.
_PYTHONS_FINDERS = {
    id(finder)
    for finder in (machinery.BuiltinImporter, machinery.FrozenImporter, machinery.PathFinder)
}
_PYTHONS_PATH_FINDERS = {id(kind) for kind in (machinery.FileFinder, zipimport.zipimporter)}
_LOADERS: List[Any] = [
    (machinery.ExtensionFileLoader, machinery.EXTENSION_SUFFIXES),
    (machinery.SourceFileLoader, machinery.SOURCE_SUFFIXES),
    (machinery.SourcelessFileLoader, machinery.BYTECODE_SUFFIXES),
]
_file_hook: Any = machinery.FileFinder.path_hook()
attribute: Any = object.__getattribute__
_STANDARD_LIBRARY = os.path.dirname(os.__file__) + os.sep
is_in_package_folder = re.compile(r"[\\/](?:site|dist)-packages[\\/]").search
# Finders that find no module of their own: of pytest, absl (so of TensorFlow), wrapt and
# importlib_metadata (which ipykernel depends on below Python 3.10).
_SERVE_NOTHING = frozenset(
    {"AssertionRewritingHook", "ReloadDetector", "ImportHookFinder", "MetadataPathFinder"}
)


def is_pythons_hook(hook: Any) -> bool:
    """Whether an entry of `sys.path_hooks` is one of Python's own."""
    if type(hook) is types.FunctionType:
        return hook.__code__ is _file_hook.__code__
    return hook is zipimport.zipimporter


def served_by(finder: Any) -> Optional[List[str]]:
    """The modules that a well-known finder serves, with their submodules; None for other finders.

    They are read from the finder's data; the finder itself is not called.
    """
    if type(finder) is types.MethodType:
        finder = finder.__self__
    kind = finder if type(finder) is type else type(finder)
    name = type_name(kind)
    tables: List[Any] = []
    if name == "DistutilsMetaFinder":  # setuptools
        return ["distutils"]
    if name in ("_EditableFinder", "_EditableNamespaceFinder"):  # of `pip install --editable`
        members = loaded_module_dict(plain_text(type_module(kind)) or "")
        tables = [members.get("MAPPING"), members.get("NAMESPACES")]
    elif name == "_SixMetaPathImporter":
        tables = [attribute(finder, "__dict__").get("known_modules")]
    elif name == "VendorImporter":  # of setuptools' own copies
        return [plain_text(attribute(finder, "__dict__").get("root_name")) or ""]
    elif name not in _SERVE_NOTHING:
        return None
    if any(type(table) is not dict for table in tables):
        return None
    return [name for table in tables for name in list(table) if type(name) is str]


def is_installed(file: str) -> bool:
    """Whether the file belongs to the standard library or to an installed package."""
    return file.startswith(_STANDARD_LIBRARY) or is_in_package_folder(file) is not None


class Place:
    """The location of a module: its file, if any; and its folders, if it is a package."""

    __slots__ = ("file", "folders")

    def __init__(self, file: Optional[str], folders: Optional[List[str]] = None) -> None:
        self.file, self.folders = plain_text(file, LONGEST_PATH), folders

    @property
    def is_portions(self) -> bool:
        """Whether it is a namespace package, which has folders but no code."""
        return self.file is None and self.folders is not None


class Folder:
    """Finds the modules of a folder in the state in which it was listed.

    It has a finder of its own, so that the caches of the kernel's finders stay as they are. A call
    of the finder takes ten times as long as a lookup in `stems`, which answers most questions.
    """

    __slots__ = ("changed_at", "finder", "listed_at", "stems")

    def __init__(self, path: str, changed_at: float) -> None:
        self.changed_at, self.listed_at = changed_at, time.time()
        self.finder = machinery.FileFinder(path, *_LOADERS)
        try:
            self.stems = {name.partition(".")[0] for name in os.listdir(path)}
        except OSError:
            self.stems = set()

    def is_as_listed(self, changed_at: float) -> bool:
        """Whether no file was added or removed since the listing, nor at the same moment."""
        return changed_at == self.changed_at < self.listed_at - SLACK

    def find(self, tail: str) -> Any:
        """The spec of the module, or None."""
        return self.finder.find_spec(tail) if tail in self.stems else None


class Search:
    """Finds modules along the current `sys.path`, without running any code of others.

    `listed` has the folders that were listed before; new ones are added to it.
    """

    def __init__(self, listed: Dict[str, Folder]) -> None:
        self.listed = listed
        self.checked: Dict[str, Any] = {}
        self.paths = list(dict.fromkeys(search_paths()))
        others: List[Any] = list(sys.meta_path)
        others = [finder for finder in others if id(finder) not in _PYTHONS_FINDERS]
        others += [hook for hook in list(sys.path_hooks) if not is_pythons_hook(hook)]
        for path in self.paths:
            finder = sys.path_importer_cache.get(path)
            if finder is not None and id(type(finder)) not in _PYTHONS_PATH_FINDERS:
                others.append(finder)
        served = [served_by(finder) for finder in others]
        self.is_open = None in served
        self.served = tuple(name for names in served for name in names or ())

    def may_be_served(self, name: str) -> bool:
        """Whether a finder that was not called may find the module."""
        return self.is_open or any(
            name == served or name.startswith(served + ".") for served in self.served
        )

    def find(self, name: str) -> Tuple[Optional[str], List[Place]]:
        """The name of the absent module (this one or a parent), and all places of the module.

        An import takes the first place. The answer is (None, []) where it is unknown whether the
        module exists.
        """
        parent, _, tail = name.rpartition(".")
        if not tail:
            return name, []
        folders: Optional[List[str]] = self.paths
        is_certain = True
        if parent in sys.modules:
            if sys.modules[parent] is None:
                return parent, []
            folders = self.folders_of_loaded(parent)
            is_certain = folders is not None and type(sys.modules[parent]) is types.ModuleType
        elif parent:
            absent, places = self.find(parent)
            if not places:
                return absent, []
            # The code of the package, if it has any, may create the module.
            folders, is_certain = places[0].folders, places[0].is_portions
        places = self.places(tail, folders or [])
        if not parent and is_in_the_program(name):
            places.insert(0, Place(None))
        if places or not is_certain or self.may_be_served(name):
            return None, places
        return name, []

    def unseen(self, name: str) -> Optional[str]:
        """The first part of a dotted name (`a.b` of `a.b.c`) for which there is no evidence.

        That is: its package is not loaded, no file has its name, and the package's own file does
        not mention it. None where there is evidence, or where it is unknown.
        """
        parts = name.split(".")
        for depth in range(1, len(parts)):
            package, part = ".".join(parts[:depth]), ".".join(parts[: depth + 1])
            _, places = self.find(package)
            if package in sys.modules or not places or self.may_be_served(part):
                return None
            if not self.places(parts[depth], places[0].folders or []):
                return None if mentions(places[0].file, parts[depth]) else part
        return None

    def places(self, tail: str, folders: Iterable[str]) -> List[Place]:
        """The places of a module of that name in these folders."""
        found: List[Place] = []
        portions: List[str] = []  # of a namespace package
        for folder in folders:
            finder = self.finder(folder)
            if type(finder) is Folder:
                spec = finder.find(tail)
                if spec is None:
                    continue
                if spec.loader is not None:
                    found.append(Place(spec.origin, spec.submodule_search_locations))
                else:
                    portions += spec.submodule_search_locations or []
            elif finder is not None:
                try:
                    is_package = finder.is_package(tail)
                    file = finder.get_filename(tail)
                except zipimport.ZipImportError:
                    continue
                found.append(Place(file, [os.path.dirname(file)] if is_package else None))
        return found or ([Place(None, portions)] if portions else [])

    def finder(self, folder: str) -> Any:
        """The finder for the modules of a folder or an archive; None where there is none."""
        if folder not in self.checked:
            self.checked[folder] = self.checked_finder(folder)
        return self.checked[folder]

    def checked_finder(self, folder: str) -> Any:
        """Like `finder`, without its cache."""
        try:
            status = os.stat(folder)
        except (OSError, ValueError):  # it does not exist, or it is a folder in an archive
            status = None
        if status is not None and stat.S_ISDIR(status.st_mode):
            known = self.listed.get(folder)
            if known is None or not known.is_as_listed(status.st_mtime):
                known = Folder(folder, status.st_mtime)
                keep(self.listed, folder, known)
            return known
        finder = sys.path_importer_cache.get(folder)
        return finder if type(finder) is zipimport.zipimporter else archive_finder(folder)

    def folders_of_loaded(self, package: str) -> Optional[List[str]]:
        """The folders of a loaded package, empty for another module; None where only code of the
        package could tell.
        """
        members = loaded_module_dict(package)
        folders: Any = members.get("__path__")
        kind = type(folders)
        if kind is list:
            return [folder for folder in folders if type(folder) is str]
        if (
            type_name(kind) == "_NamespacePath"
            and type_module(kind) == "_frozen_importlib_external"
        ):
            # Iterating over it would look up attributes of modules. It may have grown since then.
            known = [folder for folder in attribute(folders, "_path") if type(folder) is str]
            parent, _, tail = package.rpartition(".")
            above = self.folders_of_loaded(parent) if parent else self.paths
            places = self.places(tail, above or [])
            return known + [folder for place in places for folder in place.folders or []]
        return [] if folders is None and "__getattr__" not in members else None


def is_in_the_program(name: str) -> bool:
    """Whether the module is built into the interpreter, or frozen."""
    return name in sys.builtin_module_names or machinery.FrozenImporter.find_spec(name) is not None


def mentions(file: Optional[str], word: str) -> bool:
    """Whether a Python file contains the word; True where this is unknown."""
    if file is None or not file.endswith(".py"):
        return True
    try:
        with open(file, "rb") as stream:
            text = stream.read(LONGEST_FILE)
    except (OSError, ValueError):
        return True
    is_word = rb"\b%s\b" % re.escape(word.encode())
    return len(text) == LONGEST_FILE or re.search(is_word, text) is not None


def archive_finder(path: str) -> Any:
    """The finder for the modules of an archive; None where there is none.

    Python caches the contents of each archive. The entries that this call adds are removed again:
    otherwise a later import would miss files that are added to the archive until then.
    """
    lists: Any = getattr(zipimport, "_zip_directory_cache", {})
    before = set(lists)
    try:
        return zipimport.zipimporter(path)
    except zipimport.ZipImportError:
        return None
    finally:
        for added in set(lists) - before:
            lists.pop(added, None)


def bound_module(name: str) -> Optional[str]:
    """The `__name__` of the loaded module that `import a.b as c` binds.

    That is the attribute `b` of `a`, or else the module `a.b`. None where that is no module, or
    where only code could tell.
    """
    top, *parts = name.split(".")
    module = sys.modules.get(top)
    for part in parts:
        if type(module) is not types.ModuleType:
            return None
        members = module_dict(module) or {}
        if part not in members and "__getattr__" in members:
            return None
        above = plain_text(members.get("__name__"))
        module = members[part] if part in members else sys.modules.get("%s.%s" % (above, part))
    if not issubclass(type(module), types.ModuleType):
        return None
    return plain_text((module_dict(module) or {}).get("__name__"))


def keep(kept: Dict[str, Any], name: str, value: Any) -> None:
    """Sets `kept[name]`, and removes the oldest entry beyond `MOST_MODULES`."""
    kept[name] = value
    if len(kept) > MOST_MODULES:
        del kept[next(iter(kept))]
