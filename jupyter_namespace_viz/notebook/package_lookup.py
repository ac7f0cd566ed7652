"""What do the files of a kernel's environment, and of the server's own, tell of modules?"""

from __future__ import annotations

import sys
from functools import lru_cache
from pathlib import Path

from jupyter_namespace_viz.core.kernel_state.installed_packages import (
    NOTHING_INSTALLED,
    Installations,
    ServerModule,
    not_known,
)
from jupyter_namespace_viz.environment.distributions import owner_of
from jupyter_namespace_viz.environment.module_files import is_in_environment, origin_of
from jupyter_namespace_viz.kernel.view import KernelView


def installations_of(view: KernelView | None) -> Installations:
    """What is on this disk of the kernel's environment, if it is here, and of the server's, if that
    is another.
    """
    if view is None:
        return NOTHING_INSTALLED
    is_ours = view.shares_files and view.namespace.python == sys.executable
    return Installations(
        owner_of if view.shares_files else not_known,
        not_known if is_ours else _module_of_server,
    )


@lru_cache(maxsize=2_000)
def _module_of_server(module: str) -> ServerModule | None:
    """Looked up once: what is installed while a server runs is mostly not for itself."""
    here = Path.cwd()
    paths = [path for path in sys.path if path and Path(path) != here]
    if not is_in_environment(module, paths, sys.builtin_module_names):
        return None
    origin = origin_of(module, paths)
    return ServerModule(None if origin is None else owner_of(str(origin)))
