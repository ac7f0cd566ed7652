"""What does the kernel know of a module, and did its file change since it was imported?"""

from __future__ import annotations

from binascii import crc32
from importlib.machinery import ModuleSpec
from importlib.util import MAGIC_NUMBER
from io import FileIO
from os import sep
from stat import S_ISREG
from struct import unpack
from typing import Any, Dict, Iterable, List, Optional, Tuple
from weakref import ref

from jupyter_namespace_viz.probe.mentionable import held_names
from jupyter_namespace_viz.probe.objects import (
    Json,
    instance_dict,
    loaded_module_dict,
    plain_text,
    stored,
    type_module,
)
from jupyter_namespace_viz.probe.originals import (
    dict_keys,
    epoch_seconds,
    exact_texts,
    loaded_module,
    loaded_modules,
    may_access,
    of_interpreter,
    status_of,
    to_write,
)
from jupyter_namespace_viz.probe.runs import RunMemory
from jupyter_namespace_viz.probe.search import (
    LONGEST_PATH,
    SLACK,
    Folder,
    Place,
    Search,
    bound_module,
    folder_of,
    is_in_modules,
    is_in_package_folder,
    is_installed,
    keep,
    mode_is,
)

MOST_FILES = 5
_PROJECT_FILES = ("pyproject.toml", "setup.py", "setup.cfg")


class Stamp:
    """The state of a module's file when the module was imported, as far as it is known.

    `spec` distinguishes this import of the module from a later one; `reloader_saw` is the file's
    time in autoreload's records; `looked_at` and `run` are the time and the run of the last check.
    """

    __slots__ = ("file", "is_changed", "looked_at", "reloader_saw", "run", "spec", "state")

    def __init__(self, spec: Any, file: str, state: Any, is_changed: Optional[bool]) -> None:
        self.spec = ref(spec) if type(spec) is ModuleSpec else None
        self.file, self.state, self.is_changed = file, state, is_changed
        self.reloader_saw: Any = None
        self.looked_at = 0.0
        self.run = 0

    def is_of(self, spec: Any, file: str) -> bool:
        """Whether the stamp belongs to this import; `importlib.reload` makes another import."""
        return self.file == file and (self.spec is None or self.spec() is spec)


class Reloader:
    """The records of IPython's autoreload, empty if the extension is not loaded."""

    def __init__(self, shell: Any) -> None:
        noted: Json = {}
        manager = getattr(shell, "magics_manager", None)
        magics: Any = None if manager is None else manager.registry.get("AutoreloadMagics")
        if plain_text(type_module(type(magics))) == "IPython.extensions.autoreload":
            noted = instance_dict(stored(magics, "_reloader"))
        self.mtimes, self.failed, self.named, self.skipped = (
            table if type(table) is dict else {}
            for table in map(noted.get, ("modules_mtimes", "failed", "modules", "skip_modules"))
        )
        self.is_on = noted.get("enabled") is True
        self.takes_all = noted.get("check_all") is True

    def will_reload(self, name: str, file: Optional[str]) -> bool:
        """Whether autoreload will reload a changed module before the next run."""
        is_meant = self.is_on and (self.takes_all or name in self.named)
        is_source = file is not None and file.endswith(".py") and file not in self.failed
        return is_meant and is_source and name not in self.skipped


class ModuleMemory:
    """Answers questions about modules, and remembers their files from one question to the next.

    A file certainly did not change since its module was imported if it is older than the process,
    or older than a check at which the module was not loaded yet. Otherwise the compiled file may
    show which version of the source was read.
    """

    def __init__(self, shell: Any, runs: RunMemory) -> None:
        self.shell, self.runs = shell, runs
        self.listed: Dict[str, Folder] = {}
        self.stamps: Dict[str, Stamp] = {}
        self.not_loaded_at: Dict[str, float] = {}
        self.began = process_began()

    def records(self, names: Iterable[str], known: Any) -> Json:
        """The records of the modules, without those whose mark (a checksum) the server knows.

        `known` maps names to marks; it comes from the server unchecked.
        """
        search, reloader = Search(self.listed), Reloader(self.shell)
        marks = known if type(known) is dict else {}
        told: Json = {}
        for name in names:
            record = self.record(name, search, reloader)
            mark = crc32(repr(sorted(record.items())).encode("utf-8", "replace"))
            if marks.get(name) != mark:
                told[name] = dict(record, mark=mark)
        return told

    def record(self, name: str, search: Search, reloader: Reloader) -> Json:
        """The record of one module."""
        members = loaded_module_dict(name)
        is_loaded = loaded_module(name) is not None
        absent: Optional[str] = name
        places: List[Place] = []
        if is_loaded or not is_in_modules(name):  # None makes an import raise ModuleNotFoundError
            absent, places = (None, []) if is_loaded and "." in name else search.find(name)
        if is_loaded:
            absent = None
            file = plain_text(members.get("__file__"), LONGEST_PATH)
            changed, is_gone = self.changes(name, file, reloader)
        else:
            file = places[0].file if places else None
            changed, is_gone = [], False
            self.stamps.pop(name, None)
            keep(self.not_loaded_at, name, epoch_seconds())
        is_certain = is_loaded or absent is not None or bool(places) or name in search.served
        is_found = absent is None
        if not is_certain:
            absent = search.unseen(name)
        files = namesakes(places) if "." not in name else []
        return {
            "found": is_found,
            "certain": is_certain,
            "absent": plain_text(absent),
            "loaded_as": bound_module(name),
            "version": plain_text(members.get("__version__")),
            "file": file,
            "files": files,
            "own_files": [it for it in files if not is_installed(it)],
            "changed": changed,
            "names": held_names(name) if is_loaded and changed else None,
            "gone": is_gone,
            "reloads": bool(changed)
            and all(self.will_reload(it, reloader) for it in changed or ()),
        }

    def will_reload(self, name: str, reloader: Reloader) -> bool:
        """Whether autoreload will reload the changed module before the next run."""
        file = plain_text(loaded_module_dict(name).get("__file__"), LONGEST_PATH)
        return reloader.will_reload(name, file)

    def changes(
        self, name: str, file: Optional[str], reloader: Reloader
    ) -> Tuple[Optional[List[str]], bool]:
        """The modules whose files changed since they were imported, and whether the file is gone.

        Checks the module itself and, unless it is installed, its loaded submodules. The list is
        None where this is unknown.
        """
        if file is None:
            return [], False
        before = self.looked_at(name)
        is_changed, is_gone = self.is_changed(name, file, reloader)
        changed = [name] if is_changed else []
        if not is_installed(file):
            for part in exact_texts(list(dict_keys(loaded_modules()))):
                if part.startswith(name + "."):
                    file = plain_text(loaded_module_dict(part).get("__file__"), LONGEST_PATH)
                    if before is not None and part not in self.stamps:
                        keep(self.not_loaded_at, part, before)
                    if file is not None and self.is_changed(part, file, reloader)[0]:
                        changed.append(part)
        return (None if is_changed is None and not changed else changed[:MOST_FILES]), is_gone

    def looked_at(self, name: str) -> Optional[float]:
        """When the module was last checked; None if it never was."""
        stamp = self.stamps.get(name)
        return self.not_loaded_at.get(name) if stamp is None else stamp.looked_at

    def is_changed(self, name: str, file: str, reloader: Reloader) -> Tuple[Optional[bool], bool]:
        """Whether the file of a loaded module changed since its import (None: unknown), and whether
        the file is gone.
        """
        try:
            status = status_of(file)
        except FileNotFoundError:
            return True, True
        except (OSError, ValueError):  # in an archive
            return None, False
        state = (status.st_mtime_ns, status.st_size)
        members = loaded_module_dict(name)
        spec = members.get("__spec__")
        saw = reloader.mtimes.get(name)
        saw = saw if type(saw) is float else None
        stamp = self.stamps.get(name)
        if stamp is None or not stamp.is_of(spec, file):
            is_changed = self.was_changed(members, status, self.looked_at(name))
            stamp = Stamp(spec, file, state, is_changed)
            keep(self.stamps, name, stamp)
        elif state != stamp.state and saw == status.st_mtime and file not in reloader.failed:
            # autoreload records a file's time when it reloads the file, and when it is switched on.
            if stamp.reloader_saw not in (None, saw):
                stamp.state, stamp.is_changed = state, False
            elif stamp.reloader_saw is None and self.runs.serial > stamp.run + 1:
                stamp.state, stamp.is_changed = state, None
        stamp.reloader_saw, stamp.looked_at, stamp.run = saw, epoch_seconds(), self.runs.serial
        return True if state != stamp.state else stamp.is_changed, False

    def was_changed(
        self, members: Json, status: Any, not_before: Optional[float]
    ) -> Optional[bool]:
        """Whether a file had already changed when its module was first checked; None: unknown.

        `not_before` is a time before the import of the module, if one is known.
        """
        written = max(status.st_mtime, status.st_ctime)
        if written < max(self.began, (not_before or 0) - SLACK):
            return False
        compiled = plain_text(members.get("__cached__"), LONGEST_PATH)
        if compiled is None or not mode_is(compiled, S_ISREG):
            return None
        try:
            with FileIO(compiled) as stream:
                header = stream.read(16)
        except (OSError, ValueError):
            return None
        if header[:4] != MAGIC_NUMBER or header[4:8] != bytes(
            4
        ):  # checked by a hash of the source, not by time
            return None
        read = unpack("<II", header[8:16])
        if read != (int(status.st_mtime) & 0xFFFFFFFF, status.st_size & 0xFFFFFFFF):
            # If the import had read this version, Python would have compiled it again.
            can_write = may_access(folder_of(compiled), to_write)
            return True if can_write and not of_interpreter("dont_write_bytecode") else None
        # Another process may have compiled it after the source had changed.
        return None if not_before is None else False


def process_began() -> float:
    """When this process started, up to 2 seconds too early; 0 where it is unknown.

    It is asked while the probe is installed: later `psutil` may be a module of the user's.
    """
    process = loaded_module_dict("psutil").get("Process")
    if type(process) is not type or plain_text(type_module(process)) != "psutil":
        return 0.0
    try:
        began: float = process().create_time() - 2  # it is exact to about a second
    except Exception:  # noqa: BLE001 - the library's own, which vary
        return 0.0
    return began if type(began) is float else 0.0


def namesakes(places: List[Place]) -> List[str]:
    """The files of these places, at most `MOST_FILES`.

    When the first one belongs to a project's folder, installed copies are left out: they are copies
    of the project's own package, which shadows nothing.
    """
    files = [place.file for place in places if place.file is not None]
    if len(files) > 1 and not is_installed(files[0]):
        folder = folder_of(files[0])
        if places[0].folders is not None:
            folder = folder_of(folder)
        if any(mode_is(folder + sep + name, S_ISREG) for name in _PROJECT_FILES):
            files = [file for file in files if not is_in_package_folder(file)]
    return files[:MOST_FILES]
