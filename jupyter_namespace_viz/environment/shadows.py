"""Which imports load a file next to the notebook instead of the installed module?

Not those that find their module before the notebook's folder is searched: modules of the standard
library (`interpreters.kernel_search_paths`), and modules that the kernel has imported before its
first cell runs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from jupyter_namespace_viz.core.forecast.import_failures import Shadow
from jupyter_namespace_viz.core.kernel_state.namespace import ModuleAnswer
from jupyter_namespace_viz.environment.interpreters import PACKAGE_FOLDERS
from jupyter_namespace_viz.environment.module_files import origin_of

LOADED_AT_START = frozenset(
    "IPython comm dateutil debugpy ipykernel jupyter_client jupyter_core packaging platformdirs "
    "psutil pydevd pygments tornado traitlets typing_extensions zmq".split()
)
"""The installed modules that a kernel of ipykernel 6.29 or 7 has loaded before its first cell. It
has loaded many of the standard library too, but those are never shadowed."""

_PROJECT_FILES = ("pyproject.toml", "setup.py", "setup.cfg")


def shadow_beside(folder: Path, module: str, paths: Sequence[str]) -> Shadow | None:
    """The local file that an import of the top-level module loads, and the installed file that it
    hides; None where nothing is hidden.

    `paths` is the `sys.path` of the notebook's kernel, its `folder` included. In a project's own
    folder the local package is the intended one, installed or not.
    """
    if module in LOADED_AT_START:
        return None
    local = origin_of(module, [str(folder)])
    if local is None or local != origin_of(module, paths):
        return None
    installed = origin_of(module, [path for path in paths if Path(path) != folder])
    if installed is None or PACKAGE_FOLDERS.isdisjoint(installed.parts):
        return None
    if any((folder / name).exists() for name in _PROJECT_FILES):
        return None
    return Shadow(local.relative_to(folder).as_posix(), str(installed))


def shadow_in_kernel(
    module: str, modules: Mapping[str, ModuleAnswer], folder: str
) -> Shadow | None:
    """The same, by what a kernel whose working directory is `folder` said of its modules."""
    answer = modules.get(module)
    if answer is None or module in LOADED_AT_START or not answer.files:
        return None
    local, *others = answer.files
    installed = next((it for it in others if it not in answer.own_files), None)
    if local not in answer.own_files or installed is None or not folder:
        return None
    if not Path(local).is_relative_to(folder):
        return None
    return Shadow(Path(local).relative_to(folder).as_posix(), installed)
