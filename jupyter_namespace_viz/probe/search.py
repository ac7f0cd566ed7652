"""Which file would an import of a module take?"""

from __future__ import annotations

import re
import zipimport
from _imp import is_frozen
from importlib import machinery
from io import FileIO
from os import __file__ as file_of_os
from os import sep
from stat import S_ISDIR, S_ISREG
from sys import builtin_module_names
from types import FunctionType, MethodType, ModuleType
from typing import Any, Dict, Iterable, List, Optional, Tuple
from zipimport import ZipImportError, zipimporter

from jupyter_namespace_viz.probe.objects import (
    instance_dict,
    loaded_module_dict,
    plain_text,
    type_module,
    type_name,
)
from jupyter_namespace_viz.probe.originals import (
    as_dict,
    as_list,
    by_text,
    dict_contains,
    dict_keys,
    dict_values,
    epoch_seconds,
    exact_texts,
    getcwd,
    list_folder,
    loaded_module,
    loaded_modules,
    module_dict,
    of_interpreter,
    status_of,
)

MOST_MODULES = 5_000
LONGEST_PATH = 4096
LONGEST_FILE = 1_000_000  # bytes of a file that are searched for a word
SLACK = 0.05  # seconds by which the time of a file may be too early


def working_folder() -> str:
    """The kernel's working directory, where `%run` looks; empty when it does not exist any more."""
    try:
        return plain_text(getcwd(), LONGEST_PATH) or ""
    except OSError:
        return ""


def search_paths() -> List[str]:
    """The entries of `sys.path`, with the working directory in place of an empty one."""
    paths = [path or working_folder() for path in exact_texts(as_list(of_interpreter("path")))]
    return [plain_text(path, LONGEST_PATH) or "" for path in paths]


# A finder may be any code, and may print, build or install: only Python's own are called.
_PYTHONS_FINDERS = {
    id(finder)
    for finder in (machinery.BuiltinImporter, machinery.FrozenImporter, machinery.PathFinder)
}
_PYTHONS_PATH_FINDERS = {id(kind) for kind in (machinery.FileFinder, zipimporter)}
_SUFFIXES = (
    *machinery.EXTENSION_SUFFIXES,
    *machinery.SOURCE_SUFFIXES,
    *machinery.BYTECODE_SUFFIXES,
)
_file_hook: Any = machinery.FileFinder.path_hook()
_open_archive: Any = zipimporter.__init__
_is_package_in_archive: Any = zipimporter.is_package
_file_in_archive: Any = zipimporter.get_filename
_zipimport: Dict[str, Any] = module_dict(zipimport)
_built_into_interpreter = frozenset(builtin_module_names)
_on_windows = sep == "\\"
_separators = "\\/" if _on_windows else "/"
_is_of_word: Any = re.compile(rb"\w").match


def folder_of(path: str) -> str:
    """The folder of a file or of another folder, as `os.path.dirname` gives it."""
    head = path[: 1 + max(path.rfind(separator) for separator in _separators)]
    return head.rstrip(_separators) or head


_STANDARD_LIBRARY = folder_of(file_of_os) + sep
is_in_package_folder = re.compile(r"[\\/](?:site|dist)-packages[\\/]").search
# Finders that find no module of their own: of pytest, absl (so of TensorFlow), wrapt and
# importlib_metadata (which ipykernel depends on below Python 3.10).
_SERVE_NOTHING = frozenset(
    {"AssertionRewritingHook", "ReloadDetector", "ImportHookFinder", "MetadataPathFinder"}
)


def is_pythons_hook(hook: Any) -> bool:
    """Whether an entry of `sys.path_hooks` is one of Python's own."""
    if type(hook) is FunctionType:
        return hook.__code__ is _file_hook.__code__
    return hook is zipimporter


def served_by(finder: Any) -> Optional[List[str]]:
    """The modules that a well-known finder serves, with their submodules; None for other finders.

    They are read from the finder's data; the finder itself is not called.
    """
    if type(finder) is MethodType:
        finder = finder.__self__
    kind = finder if type(finder) is type else type(finder)
    name = plain_text(type_name(kind))
    tables: List[Any] = []
    if name == "DistutilsMetaFinder":  # setuptools
        return ["distutils"]
    if name in ("_EditableFinder", "_EditableNamespaceFinder"):  # of `pip install --editable`
        members = loaded_module_dict(plain_text(type_module(kind)) or "")
        tables = [members.get("MAPPING"), members.get("NAMESPACES")]
    elif name == "_SixMetaPathImporter":
        tables = [instance_dict(finder).get("known_modules")]
    elif name == "VendorImporter":  # of setuptools' own copies
        return [plain_text(instance_dict(finder).get("root_name")) or ""]
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

    It does so as Python's `FileFinder`, which is not asked: it has caches, which stay as they are,
    and methods, which may be the user's. A lookup in `stems` answers most questions.
    """

    __slots__ = ("changed_at", "entries", "listed_at", "path", "stems")

    def __init__(self, path: str, changed_at: float) -> None:
        self.changed_at, self.listed_at = changed_at, epoch_seconds()
        is_absolute = path[:1] in _separators or (_on_windows and path[1:2] == ":")
        self.path = (path if is_absolute else working_folder() + sep + path).rstrip(_separators)
        try:
            entries = list_folder(path)
        except OSError:
            entries = []
        self.stems = {name.partition(".")[0] for name in entries}
        if _on_windows:
            entries = map(with_small_suffix, entries)
        self.entries = frozenset(entries)

    def is_as_listed(self, changed_at: float) -> bool:
        """Whether no file was added or removed since the listing, nor at the same moment."""
        return bool(changed_at == self.changed_at < self.listed_at - SLACK)

    def find(self, tail: str) -> Optional[Place]:
        """The place of the module, or None."""
        if tail not in self.stems:
            return None
        base = self.path + sep + tail
        is_folder = tail in self.entries and mode_is(base, S_ISDIR)
        if is_folder:
            for suffix in _SUFFIXES:
                file = base + sep + "__init__" + suffix
                if mode_is(file, S_ISREG):
                    return Place(file, [base])
        for suffix in _SUFFIXES:
            if tail + suffix in self.entries and mode_is(base + suffix, S_ISREG):
                return Place(base + suffix)
        return Place(None, [base]) if is_folder else None


def with_small_suffix(name: str) -> str:
    """The name of a file with its suffix in lower case, as imports compare it on Windows."""
    stem, dot, suffix = name.partition(".")
    return stem + dot + suffix.lower()


def mode_is(path: str, kind: Any) -> bool:
    """Whether there is something at the path whose mode is of that kind."""
    try:
        return bool(kind(status_of(path).st_mode))
    except (OSError, ValueError):
        return False


class Search:
    """Finds modules along the current `sys.path`, without running any code of others.

    `listed` has the folders that were listed before; new ones are added to it.
    """

    def __init__(self, listed: Dict[str, Folder]) -> None:
        self.listed = listed
        self.checked: Dict[str, Any] = {}
        self.paths = list(dict.fromkeys(search_paths()))
        finders, hooks = as_list(of_interpreter("meta_path")), as_list(of_interpreter("path_hooks"))
        others = [finder for finder in finders if id(finder) not in _PYTHONS_FINDERS]
        others += [hook for hook in hooks if not is_pythons_hook(hook)]
        cache = as_dict(of_interpreter("path_importer_cache"))
        self.known_finders = by_text(list(dict_keys(cache)), list(dict_values(cache)))
        for path in self.paths:
            finder = self.known_finders.get(path)
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
        if is_in_modules(parent):
            if loaded_module(parent) is None:
                return parent, []
            folders = self.folders_of_loaded(parent)
            is_certain = folders is not None and type(loaded_module(parent)) is ModuleType
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
            if is_in_modules(package) or not places or self.may_be_served(part):
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
                place = finder.find(tail)
                if place is None:
                    continue
                if place.is_portions:
                    portions += place.folders or []
                else:
                    found.append(place)
            elif finder is not None:
                try:
                    is_package = _is_package_in_archive(finder, tail)
                    file = _file_in_archive(finder, tail)
                except ZipImportError:
                    continue
                found.append(Place(file, [folder_of(file)] if is_package else None))
        return found or ([Place(None, portions)] if portions else [])

    def finder(self, folder: str) -> Any:
        """The finder for the modules of a folder or an archive; None where there is none."""
        if folder not in self.checked:
            self.checked[folder] = self.checked_finder(folder)
        return self.checked[folder]

    def checked_finder(self, folder: str) -> Any:
        """Like `finder`, without its cache."""
        try:
            status = status_of(folder)
        except (OSError, ValueError):  # it does not exist, or it is a folder in an archive
            status = None
        if status is not None and S_ISDIR(status.st_mode):
            known = self.listed.get(folder)
            if known is None or not known.is_as_listed(status.st_mtime):
                known = Folder(folder, status.st_mtime)
                keep(self.listed, folder, known)
            return known
        finder = self.known_finders.get(folder)
        return finder if type(finder) is zipimporter else archive_finder(folder)

    def folders_of_loaded(self, package: str) -> Optional[List[str]]:
        """The folders of a loaded package, empty for another module; None where only code of the
        package could tell.
        """
        members = loaded_module_dict(package)
        folders: Any = members.get("__path__")
        kind = type(folders)
        if kind is list:
            return exact_texts(folders.copy())
        if (
            plain_text(type_name(kind)) == "_NamespacePath"
            and plain_text(type_module(kind)) == "_frozen_importlib_external"
        ):
            # Iterating over it would look up attributes of modules. It may have grown since then.
            known = exact_texts(as_list(instance_dict(folders).get("_path")))
            parent, _, tail = package.rpartition(".")
            above = self.folders_of_loaded(parent) if parent else self.paths
            places = self.places(tail, above or [])
            return known + [folder for place in places for folder in place.folders or []]
        return [] if folders is None and "__getattr__" not in members else None


def is_in_the_program(name: str) -> bool:
    """Whether the module is built into the interpreter, or frozen."""
    return name in _built_into_interpreter or is_frozen(name)


def is_in_modules(name: str) -> bool:
    """Whether `sys.modules` has the name; its value is None where an import is to fail."""
    return bool(dict_contains(loaded_modules(), name))


def mentions(file: Optional[str], word: str) -> bool:
    """Whether a Python file contains the word; True where this is unknown."""
    if file is None or not file.endswith(".py") or not mode_is(file, S_ISREG):
        return True
    try:
        with FileIO(file) as stream:
            text = stream.read(LONGEST_FILE)
    except (OSError, ValueError):
        return True
    return len(text) == LONGEST_FILE or has_word(text, word.encode())


def has_word(text: bytes, word: bytes) -> bool:
    """Whether the word stands in the text, not within a longer one."""
    start = text.find(word)
    while start >= 0:
        end = start + len(word)
        before, after = text[max(start - 1, 0) : start], text[end : end + 1]
        if not _is_of_word(before) and not _is_of_word(after):
            return True
        start = text.find(word, end)
    return False


def archive_finder(path: str) -> Any:
    """The finder for the modules of an archive; None where there is none.

    Python caches the contents of each archive. The entries that this call adds are removed again:
    otherwise a later import would miss files that are added to the archive until then.
    """
    lists: Any = _zipimport.get("_zip_directory_cache")
    before = set(lists) if type(lists) is dict else set()
    finder = object.__new__(zipimporter)
    try:
        _open_archive(finder, path)
    except ZipImportError:
        return None
    finally:
        for added in set(lists) - before if type(lists) is dict else ():
            lists.pop(added, None)
    return finder


def bound_module(name: str) -> Optional[str]:
    """The `__name__` of the loaded module that `import a.b as c` binds.

    That is the attribute `b` of `a`, or else the module `a.b`. None where that is no module, or
    where only code could tell.
    """
    top, *parts = name.split(".")
    module = loaded_module(top)
    for part in parts:
        if type(module) is not ModuleType:
            return None
        members = module_dict(module) or {}
        if part not in members and "__getattr__" in members:
            return None
        above = plain_text(members.get("__name__"))
        module = members[part] if part in members else loaded_module("%s.%s" % (above, part))
    if not issubclass(type(module), ModuleType):
        return None
    return plain_text((module_dict(module) or {}).get("__name__"))


def keep(kept: Dict[str, Any], name: str, value: Any) -> None:
    """Sets `kept[name]`, and removes the oldest entry beyond `MOST_MODULES`."""
    kept[name] = value
    if len(kept) > MOST_MODULES:
        del kept[next(iter(kept))]
