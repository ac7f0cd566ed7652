"""Which Python does a notebook's kernel run in, and where does it look for modules?"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Template
from typing import Any

from IPython.paths import get_ipython_dir
from jupyter_core.paths import jupyter_path

from jupyter_namespace_viz.core.analysis.builtin_names import BUILTINS
from jupyter_namespace_viz.environment.module_files import COMPILED, ModuleFinder
from jupyter_namespace_viz.environment.version_tests import Target

TIMEOUT = 30
"""Seconds after which a Python that does not print its search paths counts as unusable."""

PACKAGE_FOLDERS = frozenset({"site-packages", "dist-packages"})
"""Names of the folders that hold installed packages."""

_OF_IPYTHON = frozenset("_ __IPYTHON__ display get_ipython".split())
"""Names that IPython binds in `builtins`."""

_OF_SYS_LATER = frozenset(
    "last_exc last_traceback last_type last_value ps1 ps2 tracebacklimit".split()
)
"""Names in `sys` that Python binds, or reads if someone has bound them, while it runs."""

_FACTS = Path(__file__).with_name("interpreter_facts.py")
_NATIVE_KERNELS = frozenset({"python", "python2", "python3"})
"""Kernels that every Jupyter has, or takes for the one that it has."""

_OUR_PYTHON = frozenset({"python", "python3", f"python3.{sys.version_info[1]}"})
"""Programs in a kernelspec that jupyter_client takes for the Python that it runs in itself."""


class UnusablePython(Exception):
    """A program that does not work as Python; the message names it and says why."""

    def __init__(self, python: str, reason: str) -> None:
        super().__init__(f"{python} cannot be asked where it looks for modules: {reason}")


@dataclass(frozen=True, slots=True)
class Python:
    """What a Python says of itself.

    `paths` is its `sys.path`, without the folder of a script. `builtins` are the names that it
    binds by itself, `sys_names` those in `sys`. With `is_open` a finder that is not known may find
    any module. `finder` finds its modules, but for those beside a notebook.
    """

    executable: str
    version: tuple[int, ...]
    platform: str
    builtins: frozenset[str]
    sys_names: frozenset[str]
    finder: ModuleFinder
    is_open: bool

    @property
    def target(self) -> Target:
        """What decides which branches of modules run in it."""
        return Target(self.version, self.platform)

    @property
    def paths(self) -> tuple[str, ...]:
        """Where it looks for modules."""
        return self.finder.paths


@dataclass(frozen=True, slots=True)
class KernelPython:
    """The Python of a kernel: its `executable`, and the `variables` of the environment in which a
    kernelspec starts it."""

    executable: str
    variables: tuple[tuple[str, str], ...] = ()


OURS = KernelPython(sys.executable)


def search_paths(python: str) -> tuple[str, ...]:
    """The `sys.path` of that Python, without the folder of a script; raises UnusablePython."""
    return python_at(KernelPython(python)).paths


@cache
def python_at(kernel: KernelPython) -> Python:
    """What that Python says of itself; raises UnusablePython."""
    python = kernel.executable
    try:
        ran = subprocess.run(
            [python, "-c", _FACTS.read_text(encoding="utf-8")],
            capture_output=True,
            check=True,
            timeout=TIMEOUT,
            env={**os.environ, **dict(kernel.variables)},
        )
        return _python_of(python, json.loads(ran.stdout))
    except OSError as error:
        raise UnusablePython(python, f"{error.strerror}.") from error
    except subprocess.TimeoutExpired as error:
        raise UnusablePython(python, f"no answer within {TIMEOUT} seconds.") from error
    except (subprocess.CalledProcessError, ValueError, TypeError, KeyError) as error:
        raise UnusablePython(python, "it is no Python.") from error


def python_or_none(kernel: KernelPython) -> Python | None:
    """The same, None where that Python cannot be asked."""
    try:
        return python_at(kernel)
    except UnusablePython:
        return None


def names_of_compiled(python: Python, module: str, file: Path | None) -> frozenset[str] | None:
    """The names in a compiled module of the standard library, of which there is no source: its
    Python is asked. `file` is that of the module, None where it has none.

    None for other modules, whose code is not run.
    """
    if module == "builtins":
        return python.builtins | BUILTINS | _OF_IPYTHON
    if module == "sys":
        return python.sys_names | _OF_SYS_LATER
    is_compiled = file is not None and file.suffix in COMPILED
    is_installed = file is not None and not PACKAGE_FOLDERS.isdisjoint(file.parts)
    if module in python.finder.built_in or (
        is_compiled and not is_installed and str(file.parent) in python.paths  # type: ignore[union-attr]
    ):
        return names_in_python(python.executable, module)
    return None


@cache
def names_in_python(python: str, module: str) -> frozenset[str] | None:
    """The names that a module of the standard library has, once that Python has imported it; None
    where it cannot import it."""
    program = f"import json, {module} as m; print(json.dumps([*vars(m), *dir(m)]))"
    try:
        ran = subprocess.run(
            [python, "-I", "-S", "-c", program], capture_output=True, check=True, timeout=TIMEOUT
        )
        return frozenset(json.loads(ran.stdout))
    except (OSError, subprocess.SubprocessError, ValueError, TypeError):
        return None


def _python_of(executable: str, facts: Mapping[str, Any]) -> Python:
    finder = ModuleFinder(
        facts["paths"],
        facts["built_in"],
        facts["loaded"],
        facts["served"],
        facts["extensions"],
        facts["served_first"],
    )
    return Python(
        executable,
        tuple(facts["version"]),
        facts["platform"],
        frozenset(facts["builtins"]),
        frozenset(facts["sys"]),
        finder,
        facts["is_open"],
    )


def kernel_search_paths(paths: tuple[str, ...], folder: Path) -> tuple[str, ...]:
    """The `sys.path` of a kernel that was started in the folder, where that of its Python is
    `paths`.

    IPython puts the folder after the standard library and before installed packages: a `numpy.py`
    next to a notebook is imported, a `random.py` never is.
    """
    is_installed = [Path(path).name in PACKAGE_FOLDERS for path in paths]
    index = is_installed.index(True) if any(is_installed) else 0
    return (*paths[:index], str(folder), *paths[index:])


def python_of_kernel(kernel_name: str | None, folder: Path) -> KernelPython | None:
    """The Python of a kernel that is installed here, for a notebook in the folder; None where there
    is no such kernel, or its Python is not known.

    A notebook that names no kernel, or the one that every Jupyter has, runs in ours.
    """
    if kernel_name is None:
        return OURS
    spec = _kernelspec(kernel_name)
    if spec is None:
        return OURS if kernel_name in _NATIVE_KERNELS else None
    if spec.language.lower() != "python" or not spec.argv:
        return OURS  # its cells are not read
    program = spec.argv[0]
    if program in _OUR_PYTHON:
        program = sys.executable
    is_python = Path(program).name.startswith(("python", "pypy"))
    if not Path(program).is_absolute() or not is_python:
        return None  # a script, which starts a Python that it does not name
    return KernelPython(program, _variables(spec, folder))


@dataclass(frozen=True, slots=True)
class _KernelSpec:
    """What is read of a kernelspec."""

    language: str
    argv: tuple[str, ...]
    env: Mapping[str, str]


@cache
def _kernelspec(kernel_name: str) -> _KernelSpec | None:
    """The kernelspec that jupyter_client would find, which takes longer to import than a notebook
    to check; None where there is none."""
    for folder in (*jupyter_path("kernels"), os.path.join(get_ipython_dir(), "kernels")):
        try:
            found = [it for it in os.listdir(folder) if it.lower() == kernel_name.lower()]
            if found:
                return _spec_in(Path(folder, found[0], "kernel.json"))
        except (OSError, ValueError):
            continue
    return None


def _spec_in(file: Path) -> _KernelSpec | None:
    """The kernelspec of a file; None where it is none. Raises OSError and ValueError."""
    spec = json.loads(file.read_text(encoding="utf-8"))
    if not isinstance(spec, dict):
        return None
    argv, env = spec.get("argv"), spec.get("env") or {}
    if not isinstance(argv, list) or not isinstance(env, dict):
        return None
    if not all(isinstance(it, str) for it in (*argv, *env.values())):
        return None
    return _KernelSpec(str(spec.get("language") or ""), tuple(argv), env)


def _variables(spec: _KernelSpec, folder: Path) -> tuple[tuple[str, str], ...]:
    """The environment variables of the kernelspec, as jupyter_client fills them in. Python looks
    for modules from the folder in which the kernel starts."""
    found = {name: Template(value).safe_substitute(os.environ) for name, value in spec.env.items()}
    if "PYTHONPATH" in found:
        entries = found["PYTHONPATH"].split(os.pathsep)
        found["PYTHONPATH"] = os.pathsep.join(str(folder / it) for it in entries if it)
    return tuple(sorted(found.items()))
