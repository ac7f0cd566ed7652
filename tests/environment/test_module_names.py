"""Is it known which names installed modules lack, and how cheaply?"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from jupyter_namespace_viz.core.imports.failing_imports import UNCHANGED
from jupyter_namespace_viz.environment import made_modules
from jupyter_namespace_viz.environment.import_failures import EnvironmentImports
from jupyter_namespace_viz.environment.interpreters import KernelPython, search_paths

FILES = {
    "starry.py": "from nowhere_at_all import *\nfrom limited import *\nfrom wide import *\n",
    "limited.py": "from elsewhere import *\n__all__ = ['x']\nx = 1\ny = 2\n",
    "elsewhere.py": "globals()[input()] = 1\n",
    "wide/__init__.py": "import wide.inner\n",
    "wide/inner.py": "",
    "compiled/__init__.py": "from compiled._core import *\n",
    "compiled/_core.cpython-311-x86_64-linux-gnu.so": "",
    "compiled/_core.abi3.so": "",
    "compiled/_core.pyd": "",
    "compiled/plain.py": "x = 1\n",
    "loops.py": "import names\nfor n in names.__all__: vars()[n] = getattr(names, n)\n",
    "names.py": "from limited import *\n__all__ = [n for n in dir() if n[0] != '_']\n",
    "lists.py": "for n in ('a', 'b'): globals()[n] = 1\n",
    "checked.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from names import a\n"
    "    from names import (\n        b,\n    )\nelse:\n    from names import (\n        c\n"
    "    )\n",
    "deleted.py": "import os\nclass a: pass\ndel os, a\n",
    "learn/__init__.py": "",
    "learn/impute.py": "class Simple: ...\n",
    "learn/enable.py": "from learn import impute\nsetattr(impute, 'Iterative', 1)\n"
    "impute.Other = 1\nself.Third = 1\n",
    "learn/tests/test_it.py": "from learn import impute\nimpute.Tested = 1\n",
    "learn/pickled.py": "class A:\n    def f(self, d): self.__dict__.update(d)\nx = 'Quoted'\n",
    "patched/__init__.py": "",
    "patched/by.py": "for n in ['extra']: setattr(patched, n, 1)\n",
    "prefixed/__init__.py": "import sys\nfor n in 'ab':\n"
    "    sys.modules[f'prefixed.packages.{n}'] = sys\n",
    "prefixed/packages.py": "",
    "unknown/__init__.py": "",
    "unknown/plain.py": "",
    "unknown/finder.py": "import sys\nsys.meta_path.append(object())\n",
}

# The import `module:name`, and whether it certainly fails.
IMPORTS = {
    "starry:gone": True,
    "starry:x": False,
    "starry:y": True,
    "starry:inner": False,
    "limited:gone": False,
    "compiled:gone": False,
    "compiled.plain:gone": True,
    "compiled.plain:_capsule": False,
    "loops:x": False,
    "loops:y": True,
    "loops:gone": True,
    "lists:a": False,
    "lists:gone": True,
    "checked:a": True,
    "checked:b": True,
    "checked:c": False,
    "deleted:os": True,
    "deleted:a": True,
    "learn.impute:Simple": False,
    "learn.impute:__all__": False,
    "learn.impute:Iterative": False,
    "learn.impute:Other": False,
    "learn.impute:Third": True,
    "learn.impute:Tested": True,
    "learn.impute:Quoted": True,
    "patched:extra": False,
    "patched:gone": True,
    "prefixed:gone": True,
    "prefixed.packages:a": False,
    "unknown:gone": False,
    "unknown.plain:gone": True,
    # of the standard library, where the Python is asked
    "typing:NamedTuple": False,
    "typing:gone": True,
    "socket:AF_INET": False,
    "socket:gone": True,
    "os:getcwdu": True,
    "os:fork": False,
    "re:IGNORECASE": False,
    "re:gone": True,
    "concurrent.futures:ThreadPoolExecutor": False,
    "concurrent.futures:gone": True,
    "importlib:util": False,
    "importlib:gone": True,
    "warnings:__warningregistry__": False,
    "builtins:exit": False,
    "builtins:display": False,
    "builtins:unicode": True,
    "sys:ps1": False,
    "sys:maxint": True,
}


@pytest.fixture
def imports(tmp_path: Path) -> EnvironmentImports:
    """An environment where these modules are installed."""
    packages = tmp_path / "site-packages"
    for name, text in FILES.items():
        (packages / name).parent.mkdir(parents=True, exist_ok=True)
        (packages / name).write_text(text, encoding="utf-8")
    paths = (*search_paths(sys.executable), str(packages))
    return EnvironmentImports(paths, str(tmp_path), KernelPython(sys.executable))


@pytest.mark.parametrize("imported", IMPORTS)
def test_whether_a_name_is_certainly_missing(imports: EnvironmentImports, imported: str) -> None:
    module, _, name = imported.partition(":")
    assert (imports(module, name, UNCHANGED) is not None) == IMPORTS[imported]


@pytest.mark.parametrize(("limit", "most"), [("MAX_FILES", 3), ("MAX_BYTES", 60)])
def test_a_package_that_is_too_large(
    imports: EnvironmentImports, monkeypatch: pytest.MonkeyPatch, limit: str, most: int
) -> None:
    monkeypatch.setattr(made_modules, limit, most)
    assert imports("learn", "gone", UNCHANGED) is None
    assert imports("lists", "gone", UNCHANGED) is not None
