"""What do the user's own modules hold, as the kernel has them or would import them?

A module that the kernel has loaded counts as its file is, as long as that has not changed since;
afterwards nothing is known of it. The kernel says where the files are.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from threading import RLock

from jupyter_namespace_viz.core.analysis.calls.foreign import (
    Answers,
    NoOwnModules,
    OwnModules,
)
from jupyter_namespace_viz.core.analysis.calls.origins import Origin
from jupyter_namespace_viz.core.analysis.cell_names import Cell
from jupyter_namespace_viz.core.kernel_state.namespace import (
    EMPTY_NAMESPACE,
    ModuleAnswer,
    Namespace,
)
from jupyter_namespace_viz.environment.interpreters import PACKAGE_FOLDERS, KernelPython
from jupyter_namespace_viz.environment.own_modules import OwnModuleValues
from jupyter_namespace_viz.kernel.view import KernelView

_State = tuple[Path, int, int]
"""A file, the time at which it was written, and its size."""


def own_modules_of(
    view: KernelView | None, cells: Sequence[Cell], previous: OwnModules
) -> OwnModules:
    """The user's own modules for these cells; `previous` itself where nothing has changed. Slow:
    call it in a worker thread."""
    namespace = EMPTY_NAMESPACE if view is None or not view.shares_files else view.namespace
    if not namespace.paths or namespace.python is None:
        return previous if isinstance(previous, FilesNotKnown) else FilesNotKnown()
    runs = (*namespace.runs.values(), *namespace.former_runs, *namespace.replaced_runs)
    texts = (it.source for several in (cells, runs, namespace.other_runs) for it in several)
    sources = tuple(dict.fromkeys(texts))
    before = previous if isinstance(previous, KernelOwnModules) else None
    if before is not None and before.stay(namespace, sources):
        return before
    return KernelOwnModules(namespace, namespace.python, sources, before)


class FilesNotKnown(NoOwnModules):
    """The `OwnModules` as long as the kernel has not said where modules are.

    It keeps in mind what it was asked: what follows from that holds until there are other answers.
    """

    def __init__(self) -> None:
        self._values: dict[str, Origin] = {}
        self._modules: dict[str, bool] = {}
        self.answers = Answers(self._values, self._modules)

    def value(self, path: str) -> None:
        """No value is known."""
        self._values[path] = None

    def has(self, module: str) -> bool:
        """No module is known."""
        self._modules[module] = False
        return False


class KernelOwnModules:
    """The `OwnModules` of a kernel that runs this `python`. `sources` are all texts that it runs or
    has run; `previous` is the lookup before this one."""

    def __init__(
        self,
        namespace: Namespace,
        python: str,
        sources: tuple[str, ...],
        previous: KernelOwnModules | None,
    ) -> None:
        self._where = (namespace.paths, namespace.folder, namespace.python)
        self._modules = namespace.modules
        self._sources = sources
        self._states: dict[str, _State | None] = {}
        self._loaded: dict[str, tuple[ModuleAnswer, _State]] = (
            {} if previous is None else previous._loaded
        )
        self._to_find: set[str] = set()
        self._lock = RLock()  # a plan may be made at the same time as a report
        paths = (*namespace.paths, *_own_folders(namespace.modules))
        self._values = OwnModuleValues(
            paths, namespace.folder, KernelPython(python), sources, self._file_of
        )

    def stay(self, namespace: Namespace, sources: tuple[str, ...]) -> bool:
        """Whether all answers stay the same with what is known now, which then counts."""
        where = (namespace.paths, namespace.folder, namespace.python)
        if where != self._where or sources != self._sources:
            return False
        with self._lock:
            before, self._modules = self._modules, namespace.modules
            if all(self._state(module) == it for module, it in self._states.items()):
                return True
            self._modules = before
        return False

    def has(self, module: str) -> bool:
        """Whether it is a module or package of the user's own."""
        with self._lock:
            return self._values.has(module)

    def value(self, path: str) -> Origin:
        """The value of the module's name; None where the path is not that of one."""
        with self._lock:
            return self._values.value(path)

    def changes_search(self, module: str) -> bool:
        """Whether it is such a module, and an import of it may change where imports look."""
        with self._lock:
            return self._values.changes_search(module)

    def binding_functions(self, module: str, name: str) -> frozenset[str]:
        """The functions of such a module that bind the name in it when they are called."""
        with self._lock:
            return self._values.binding_functions(module, name)

    @property
    def answers(self) -> Answers:
        """What it has answered so far."""
        with self._lock:
            return self._values.answers

    @property
    def to_find(self) -> frozenset[str]:
        """The modules of the user's own that were looked into, and what their functions import."""
        with self._lock:
            return self._values.imported.union(self._to_find)

    def _file_of(self, module: str) -> Path | None:
        """The file whose text is what the kernel has of the module, or would import."""
        state = self._states[module] = self._state(module)
        if state is not None or (module not in self._modules and self._values.may_find(module)):
            self._to_find.add(module)
        return None if state is None or self._are_reloaded else state[0]

    def _state(self, module: str) -> _State | None:
        answer = self._modules.get(module)
        if answer is None or not answer.found or not answer.file or not _is_own(answer.file):
            return None
        is_loaded = answer.loaded_as is not None
        if is_loaded and (answer.changed is None or module in answer.changed):
            return None
        try:
            status = os.stat(answer.file)
        except (OSError, ValueError):
            return None
        state = (Path(answer.file), status.st_mtime_ns, status.st_size)
        if not is_loaded:
            return state
        # The file may have changed since the kernel was asked.
        of, first = self._loaded.get(module, (None, state))
        self._loaded[module] = (answer, first if of is answer else state)
        return state if of is not answer or state == first else None

    @cached_property
    def _are_reloaded(self) -> bool:
        """Whether names may be bound to what a module was before it was loaded again."""
        return any("reload(" in source for source in self._sources)


def _is_own(file: str) -> bool:
    return file.endswith(".py") and PACKAGE_FOLDERS.isdisjoint(Path(file).parts)


def _own_folders(modules: Mapping[str, ModuleAnswer]) -> list[str]:
    """The folders in which the kernel has found modules of the user's own."""
    found = dict[str, None]()
    for name, answer in modules.items():
        if answer.found and answer.file and "." not in name and answer.own_files:
            path = Path(answer.file)
            found[str(path.parent.parent if path.stem == "__init__" else path.parent)] = None
    return list(found)
