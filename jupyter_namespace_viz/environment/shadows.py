"""Which import gives a file beside the notebook instead of the installed module of its name?

None does that finds its module before it comes to the notebook's folder: what the standard library
has (`interpreters.kernel_search_paths`), and what the kernel itself has imported before the first
cell runs.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from jupyter_namespace_viz.core.forecast.import_failures import Shadow
from jupyter_namespace_viz.environment.interpreters import PACKAGE_FOLDERS
from jupyter_namespace_viz.environment.module_files import origin_of

LOADED_AT_START = frozenset(
    "IPython comm dateutil debugpy ipykernel jupyter_client jupyter_core packaging platformdirs "
    "psutil pydevd pygments tornado traitlets typing_extensions zmq".split()
)
"""The installed modules that a kernel of ipykernel 6.29 or 7 holds before its first cell; of the
standard library it holds many, but there it does not matter."""

_PROJECT_FILES = ("pyproject.toml", "setup.py", "setup.cfg")


def shadow_beside(folder: Path, module: str, paths: Sequence[str]) -> Shadow | None:
    """What an import of the top-level module gives, and should; None if that is the same.

    `paths` is where the notebook's kernel looks, its own `folder` included. In the folder of a
    project its own package is meant, be it installed or not.
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
