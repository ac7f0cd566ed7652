"""Which Python does a notebook's kernel run in, and where does it look for modules?"""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path

from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

PATIENCE = 30
"""Seconds for a Python to say where it looks."""

PACKAGE_FOLDERS = frozenset({"site-packages", "dist-packages"})
"""What folders are called that hold installed packages."""

# Nothing of the folder that we happen to run in: it may hold a json.py.
_SAY = (
    "import sys; sys.path = [path for path in sys.path if path]; "
    "import json; print(json.dumps([sys.path, sys.builtin_module_names]))"
)


class UnusablePython(Exception):
    """A program that does not answer as Python does; the message names it and says why."""

    def __init__(self, python: str, reason: str) -> None:
        super().__init__(f"{python} cannot be asked where it looks for modules: {reason}")


def search_paths(python: str) -> tuple[str, ...]:
    """The `sys.path` of that Python, without the folder of a script; raises UnusablePython."""
    return _said_by(python)[0]


def built_in_modules(python: str) -> frozenset[str]:
    """The modules that are in the program itself, which differ; raises UnusablePython."""
    return _said_by(python)[1]


@cache
def _said_by(python: str) -> tuple[tuple[str, ...], frozenset[str]]:
    if python == sys.executable:
        return tuple(sys.path[1:]), frozenset(sys.builtin_module_names)
    try:
        ran = subprocess.run(
            [python, "-c", _SAY], capture_output=True, check=True, timeout=PATIENCE
        )
        paths, built_in = json.loads(ran.stdout)
        return tuple(paths), frozenset(built_in)
    except OSError as error:
        raise UnusablePython(python, f"{error.strerror}.") from error
    except subprocess.TimeoutExpired as error:
        raise UnusablePython(python, f"no answer within {PATIENCE} seconds.") from error
    except (subprocess.CalledProcessError, ValueError, TypeError) as error:
        raise UnusablePython(python, "it is no Python.") from error


def kernel_search_paths(python: str, folder: Path) -> tuple[str, ...]:
    """Where a kernel of that Python looks that was started in the folder; raises UnusablePython.

    IPython puts the folder after the standard library and before installed packages, so a
    `random.py` beside a notebook is never imported, and a `numpy.py` is.
    """
    paths = search_paths(python)
    is_installed = [Path(path).name in PACKAGE_FOLDERS for path in paths]
    place = is_installed.index(True) if any(is_installed) else 0
    return (*paths[:place], str(folder), *paths[place:])


@cache
def python_of_kernel(kernel_name: str | None) -> str:
    """The Python of an installed kernel, else the one that we run in."""
    if kernel_name is None:
        return sys.executable
    try:
        spec = KernelSpecManager().get_kernel_spec(kernel_name)
    except (NoSuchKernel, OSError, ValueError):
        return sys.executable
    is_python = spec.language.lower() == "python" and "ipykernel" in " ".join(spec.argv)
    return spec.argv[0] if is_python and Path(spec.argv[0]).is_absolute() else sys.executable
