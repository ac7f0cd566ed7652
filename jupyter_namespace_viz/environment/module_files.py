"""Where is a module in an environment?

It is found as an import finds it, but nothing is imported: not even the parent packages of a
submodule run. What cannot be entered or read is not there.
"""

from __future__ import annotations

import os
import stat
import sys
import time
import zipfile
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType

STUB_PACKAGE = "{}-stubs"

SLACK_NS = 50_000_000
"""A folder that changed so shortly before it is listed may change again without a new time."""

COMPILED = (".so", ".pyd")
"""How the names of compiled modules end."""

_NOTHING: Mapping[str, tuple[str, ...]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Location:
    """Where a module is.

    `file` is what an import of it runs, None for a namespace package and for a module that is
    compiled into Python. `folders` are those of a package, None for a plain module.
    """

    file: Path | None = None
    folders: tuple[str, ...] | None = None


class ModuleFinder:
    """Finds the modules of one environment.

    `paths` is its `sys.path`. `built_in` are the modules that are compiled into its Python, and
    `loaded` those that it has loaded when it starts. `served` maps the packages that editable
    installs serve to their paths, `served_first` those for which the path does not count.
    `extensions` are the endings of compiled modules that its Python
    loads, None where they are not known.
    """

    def __init__(
        self,
        paths: Sequence[str],
        built_in: Collection[str] = (),
        loaded: Collection[str] = (),
        served: Mapping[str, Sequence[str]] = _NOTHING,
        extensions: Sequence[str] | None = None,
        served_first: Collection[str] = (),
    ) -> None:
        self.paths = tuple(paths)
        self.built_in = frozenset(built_in)
        self.loaded = frozenset(loaded)
        self.served = served
        self.extensions = None if extensions is None else tuple(extensions)
        self.served_first = frozenset(served_first)
        self.written: Mapping[str, str | None] = {}

    def with_paths(self, paths: Sequence[str]) -> ModuleFinder:
        """The same finder along another `sys.path`."""
        return ModuleFinder(
            paths, self.built_in, self.loaded, self.served, self.extensions, self.served_first
        )

    def with_modules(
        self, loaded: Collection[str], written: Mapping[str, str | None]
    ) -> ModuleFinder:
        """The same finder after these modules were loaded, and files written: their paths with
        their texts, None where a text is not known."""
        finder = self.with_paths(self.paths)
        finder.loaded = self.loaded.union(loaded)
        finder.written = written
        return finder

    def find(self, module: str) -> Location | None:
        """Where an import finds the module; None where it does not find it."""
        parent, _, tail = module.rpartition(".")
        if not tail:
            return None
        if module in self.built_in:
            return Location()
        folders: Sequence[str] | None = self.paths
        if parent:
            package = self.find(parent)
            if package is None:
                return None
            folders = package.folders
        found = self._served(module) if module in self.served_first else None
        found = found or self._in_folders(tail, folders or ()) or self._served(module)
        return Location() if found is None and module in self.loaded else found

    def _served(self, module: str) -> Location | None:
        """A module that an editable install serves, from its folder or its file without ending."""
        portions: list[str] = []
        for path in self.served.get(module, ()):
            found = self._in_folders(os.path.basename(path), [os.path.dirname(path)])
            if found is not None and found.file is not None:
                return found
            portions += [] if found is None else found.folders or ()
        return Location(None, tuple(portions)) if portions else None

    def _in_folders(self, tail: str, folders: Iterable[str]) -> Location | None:
        portions = []
        for folder in folders:
            names = self._names_in(folder).get(tail, ())
            inside = os.path.join(folder, tail)
            if tail in names:
                file = self._file_of("__init__", self._names_in(inside).get("__init__", ()))
                if file is not None:
                    return Location(Path(inside, file), (inside,))
            file = self._file_of(tail, names)
            if file is not None:
                return Location(Path(folder, file))
            if tail in names and (
                _is_folder(inside) or any(_is_below(it, inside) for it in self.written)
            ):
                portions.append(inside)
        return Location(None, tuple(portions)) if portions else None

    def _names_in(self, folder: str) -> Mapping[str, tuple[str, ...]]:
        names = _names_in(folder)
        inside = [os.path.relpath(it, folder) for it in self.written if _is_below(it, folder)]
        if not inside:
            return names
        present = {name for several in names.values() for name in several}
        return _by_stem(present.union(it.partition(os.sep)[0] for it in inside))

    def _file_of(self, stem: str, names: Collection[str]) -> str | None:
        """The file of these names that an import of the module `stem` loads."""
        compiled = (it for it in names if it.endswith(COMPILED))
        for name in compiled:
            if self.extensions is None or name[len(stem) :] in self.extensions:
                return name
        return next((it for it in (f"{stem}.py", f"{stem}.pyc") if it in names), None)


def is_in_environment(module: str, paths: Sequence[str], built_in: Collection[str]) -> bool:
    """Whether an import would find the module: `paths` is the `sys.path` of the environment's
    Python, and `built_in` are the modules compiled into it."""
    return ModuleFinder(paths, built_in).find(module) is not None


def origin_of(module: str, paths: Sequence[str]) -> Path | None:
    """The file that an import of the module would load; None where there is none."""
    found = ModuleFinder(paths).find(module)
    return None if found is None else found.file


def stubs_of(module: str, finder: ModuleFinder) -> Iterator[Path]:
    """The stubs that show what the module holds at least: beside it, in a package of stubs, or
    those of the standard library."""
    found = finder.find(module)
    if found is not None and found.file is not None:
        beside = found.file.with_name(found.file.name.partition(".")[0] + ".pyi")
        yield from _existing([beside])
    top, _, rest = module.partition(".")
    for path in finder.paths:
        stub = Path(path, STUB_PACKAGE.format(top), *filter(None, rest.split(".")))
        yield from _existing([stub / "__init__.pyi", Path(f"{stub}.pyi")])
    if top in sys.stdlib_module_names:
        stub = _typeshed() / Path(*module.split("."))
        yield from _existing([Path(f"{stub}.pyi"), stub / "__init__.pyi"])


def _existing(files: Iterable[Path]) -> Iterator[Path]:
    return (file for file in dict.fromkeys(files) if os.path.isfile(file))


@cache
def _typeshed() -> Path:
    """Stubs of the standard library, as installed with jedi, which IPython requires."""
    jedi = find_spec("jedi")
    package = Path(jedi.origin).parent if jedi is not None and jedi.origin else Path()
    return package / "third_party" / "typeshed" / "stdlib"


# The names in a folder, or in a folder of an archive


def _names_in(folder: str) -> Mapping[str, tuple[str, ...]]:
    """The names of the entries, by the part before their first dot."""
    try:
        status = os.stat(folder)
    except (OSError, ValueError):  # a folder in an archive, if anything
        return _names_below_file(folder)
    if stat.S_ISREG(status.st_mode):
        return _names_in_archive(folder, folder)
    if not stat.S_ISDIR(status.st_mode):
        return _NOTHING
    if time.time_ns() - status.st_mtime_ns < SLACK_NS:
        return _listed.__wrapped__(folder, status.st_mtime_ns)
    return _listed(folder, status.st_mtime_ns)


@lru_cache(maxsize=1_000)
def _listed(folder: str, changed_at: int) -> Mapping[str, tuple[str, ...]]:  # noqa: ARG001
    try:
        return _by_stem(os.listdir(folder))
    except OSError:
        return _NOTHING


def _names_below_file(folder: str) -> Mapping[str, tuple[str, ...]]:
    existing = next((it for it in Path(folder).parents if os.path.exists(it)), None)
    return _NOTHING if existing is None else _names_in_archive(str(existing), folder)


def _names_in_archive(archive: str, folder: str) -> Mapping[str, tuple[str, ...]]:
    try:
        status = os.stat(archive)
        if not stat.S_ISREG(status.st_mode):
            return _NOTHING
        names = _archived(archive, status.st_mtime_ns)
    except (OSError, ValueError):
        return _NOTHING
    inside = Path(folder).relative_to(archive).as_posix()
    prefix = "" if inside == "." else f"{inside}/"
    below = (it.removeprefix(prefix) for it in names if it.startswith(prefix))
    return _by_stem({it.partition("/")[0] for it in below if it})


@lru_cache(maxsize=50)
def _archived(archive: str, changed_at: int) -> tuple[str, ...]:  # noqa: ARG001
    try:
        with zipfile.ZipFile(archive) as opened:
            return tuple(opened.namelist())
    except (OSError, ValueError, zipfile.BadZipFile, NotImplementedError):
        return ()


def _by_stem(names: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name in sorted(names):
        stem = name.partition(".")[0]
        found[stem] = (*found.get(stem, ()), name)
    return found


def _is_below(path: str, folder: str) -> bool:
    return path.startswith(os.path.join(folder, ""))


def _is_folder(path: str) -> bool:
    """Whether the path is a folder, or one in an archive, which holds something."""
    return os.path.isdir(path) or bool(_names_in(path))
