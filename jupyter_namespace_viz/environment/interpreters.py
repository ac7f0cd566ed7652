"""Which Python does a notebook's kernel run in, and where does it look for modules?"""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path

from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

TIMEOUT = 30
"""Seconds after which a Python that does not print its search paths counts as unusable."""

PACKAGE_FOLDERS = frozenset({"site-packages", "dist-packages"})
"""Names of the folders that hold installed packages."""

# The current folder is left out: it may hold a json.py.
_PRINT_PATHS = (
    "import sys; sys.path = [path for path in sys.path if path]; "
    "import json; print(json.dumps([sys.path, sys.builtin_module_names]))"
)


class UnusablePython(Exception):
    """A program that does not work as Python; the message names it and says why."""

    def __init__(self, python: str, reason: str) -> None:
        super().__init__(f"{python} cannot be asked where it looks for modules: {reason}")


def search_paths(python: str) -> tuple[str, ...]:
    """The `sys.path` of that Python, without the folder of a script; raises UnusablePython."""
    return _paths_and_built_ins(python)[0]


def built_in_modules(python: str) -> frozenset[str]:
    """The modules compiled into that Python, which differ between builds; raises UnusablePython."""
    return _paths_and_built_ins(python)[1]


@cache
def _paths_and_built_ins(python: str) -> tuple[tuple[str, ...], frozenset[str]]:
    if python == sys.executable:
        return tuple(sys.path[1:]), frozenset(sys.builtin_module_names)
    try:
        ran = subprocess.run(
            [python, "-c", _PRINT_PATHS], capture_output=True, check=True, timeout=TIMEOUT
        )
        paths, built_in = json.loads(ran.stdout)
        return tuple(paths), frozenset(built_in)
    except OSError as error:
        raise UnusablePython(python, f"{error.strerror}.") from error
    except subprocess.TimeoutExpired as error:
        raise UnusablePython(python, f"no answer within {TIMEOUT} seconds.") from error
    except (subprocess.CalledProcessError, ValueError, TypeError) as error:
        raise UnusablePython(python, "it is no Python.") from error


def kernel_search_paths(python: str, folder: Path) -> tuple[str, ...]:
    """The `sys.path` of a kernel that was started in the folder; raises UnusablePython.

    IPython puts the folder after the standard library and before installed packages: a `numpy.py`
    next to a notebook is imported, a `random.py` never is.
    """
    paths = search_paths(python)
    is_installed = [Path(path).name in PACKAGE_FOLDERS for path in paths]
    index = is_installed.index(True) if any(is_installed) else 0
    return (*paths[:index], str(folder), *paths[index:])


@cache
def python_of_kernel(kernel_name: str | None) -> str:
    """The Python of an installed kernel; ours where there is no such kernel, or not of Python."""
    if kernel_name is None:
        return sys.executable
    try:
        spec = KernelSpecManager().get_kernel_spec(kernel_name)
    except (NoSuchKernel, OSError, ValueError):
        return sys.executable
    is_python = spec.language.lower() == "python" and "ipykernel" in " ".join(spec.argv)
    return spec.argv[0] if is_python and Path(spec.argv[0]).is_absolute() else sys.executable
