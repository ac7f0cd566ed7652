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

_SAY_PATHS = "import json, sys; print(json.dumps(sys.path[1:]))"


class UnusablePython(Exception):
    """A program that does not answer as Python does; the message names it and says why."""

    def __init__(self, python: str, reason: str) -> None:
        super().__init__(f"{python} cannot be asked where it looks for modules: {reason}")


@cache
def search_paths(python: str) -> tuple[str, ...]:
    """The `sys.path` of that Python, without the folder of a script; raises UnusablePython."""
    if python == sys.executable:
        return tuple(sys.path[1:])
    try:
        ran = subprocess.run(
            [python, "-c", _SAY_PATHS], capture_output=True, check=True, timeout=PATIENCE
        )
        return tuple(json.loads(ran.stdout))
    except OSError as error:
        raise UnusablePython(python, f"{error.strerror}.") from error
    except subprocess.TimeoutExpired as error:
        raise UnusablePython(python, f"no answer within {PATIENCE} seconds.") from error
    except (subprocess.CalledProcessError, ValueError, TypeError) as error:
        raise UnusablePython(python, "it is no Python.") from error


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
