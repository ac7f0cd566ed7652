"""Which packages do the files of a kernel's environment, and of the server's, belong to?"""

from __future__ import annotations

import sys
from functools import lru_cache
from pathlib import Path

from jupyter_namespace_viz.core.imports.failing_imports import ImportLookup, nothing_fails
from jupyter_namespace_viz.core.kernel_state.packages.installed_packages import (
    NOTHING_INSTALLED,
    Installations,
    ServerModule,
    not_known,
)
from jupyter_namespace_viz.environment.distributions import owner_of
from jupyter_namespace_viz.environment.import_failures import EnvironmentImports
from jupyter_namespace_viz.environment.interpreters import KernelPython
from jupyter_namespace_viz.environment.module_files import is_in_environment, origin_of
from jupyter_namespace_viz.kernel.view import KernelView


def installations_of(view: KernelView | None) -> Installations:
    """The lookups in the kernel's environment, if its files are on this machine, and in the
    server's environment, if it is another one.
    """
    if view is None:
        return NOTHING_INSTALLED
    is_same = view.shares_files and view.namespace.python == sys.executable
    return Installations(
        owner_of if view.shares_files else not_known,
        not_known if is_same else _module_of_server,
    )


def imports_in_files(view: KernelView | None) -> ImportLookup:
    """How imports fail by what the files of the kernel's environment show, if they are on this
    machine. They are read again after each run."""
    if view is None or not view.shares_files:
        return nothing_fails
    namespace = view.namespace
    if not namespace.paths or namespace.python is None:
        return nothing_fails
    runs = max((run.serial for run in namespace.runs.values()), default=0)
    since = (namespace.generation, runs, len(namespace.other_runs))
    return _imports_in(namespace.paths, namespace.folder, namespace.python, since)


@lru_cache(maxsize=20)
def _imports_in(
    paths: tuple[str, ...],
    folder: str,
    python: str,
    since: tuple[int, ...],  # noqa: ARG001 - makes another key
) -> EnvironmentImports:
    return EnvironmentImports(paths, folder, KernelPython(python))


@lru_cache(maxsize=2_000)
def _module_of_server(module: str) -> ServerModule | None:
    """Cached: packages are rarely installed in the server's environment while it runs."""
    working_directory = Path.cwd()
    paths = [path for path in sys.path if path and Path(path) != working_directory]
    if not is_in_environment(module, paths, sys.builtin_module_names):
        return None
    origin = origin_of(module, paths)
    return ServerModule(None if origin is None else owner_of(str(origin)))
