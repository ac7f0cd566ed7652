"""Is it known which names a star import binds, without importing anything?"""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from jupyter_namespace_viz.core.graph.enrichment.star_imports import AtLeast
from jupyter_namespace_viz.core.syntax.name_sources import (
    ComputedCode,
    NameSource,
    RunFile,
    StarImport,
)
from jupyter_namespace_viz.environment.star_names import EnvironmentStarNames, known_elsewhere

FILES = {
    "plain.py": "import os\nfrom re import match as m\nx = 1\n_hidden = 2\ndef f(): y = 3\n",
    "spelled.py": "__all__ = ['a', 'b']\n__all__ += ('c',)\n__all__.append('d')\n"
    "__all__.extend(['e'])\nx = 1\n",
    "joined.py": "import spelled, plain as p\nfrom package import inner\n"
    "__all__ = ['z'] + spelled.__all__ + inner.__all__\n",
    "computed.py": "__all__ = [it for it in dir()]\nx = 1\n",
    "looped.py": "__all__ = []\nfor it in dir(): __all__.append(it)\n",
    "conditional.py": "__all__ = ['a']\nif x:\n    __all__ += ['b']\n"
    "try:\n    pass\nexcept E:\n    __all__ += ['c']\n",
    "replaced.py": "__all__ = ['a']\n__all__ = ['b']\n__all__ = __all__ + ['c']\n",
    "newer.py": "import sys\nif sys.version_info >= (3, 99):\n    a = 1\nelse:\n    b = 1\n"
    "if sys.platform == 'win95': c = 1\nif __name__ == '__main__': d = 1\n",
    "emptied.py": "try:\n    if __name__ == '__main__': a = 1\nexcept E: b = 1\nc = 1\n",
    "shop/__init__.py": "from shop.cart import add\nimport shop.deep.inner as i\n",
    "shop/cart.py": "from . import till, nobody\ndef add(): from . import late\n",
    "shop/till.py": "",
    "shop/late.py": "",
    "shop/deep/__init__.py": "",
    "shop/deep/inner.py": "",
    "unseen.py": "a = 1\nglobals()['b'] = 2\n",
    "star.py": "from plain import *\nfrom package import *\n",
    "lost.py": "from nowhere_at_all import *\nx = 1\n",
    "circle.py": "from circle import *\n",
    "broken.py": "x = = 1\n",
    "stubbed.py": "__all__ = sorted(dir())\n",
    "stubbed.pyi": "import os\nimport re as re\nfrom a import b\nfrom c import d as d\nx: int\n"
    "def f() -> int: ...\n",
    "package/__init__.py": "from .inner import *\nfrom . import inner\ny = 1\n",
    "package/inner.py": "__all__ = ['i']\ni = 1\nj = 2\n",
    "compiled-stubs/__init__.pyi": "def g() -> None: ...\n",
    "script.py": "import os\ns = 1\n_t = 2\n",
    "book.ipynb": json.dumps(
        {
            "cells": [
                {"cell_type": "markdown", "source": "n = 1"},
                {"cell_type": "code", "source": ["n = 1\n", "o = 2"]},
                {"cell_type": "code", "source": "p = 3"},
            ]
        }
    ),
    "starry.py": "from spelled import *\n%run book.ipynb\nq = 1\n",
    "dark.py": "from nowhere_at_all import *\n",
    "damaged.ipynb": "{}",
}

GIVEN: dict[str, str | None] = {
    "plain": "f m os x",
    "spelled": "a b c d e",
    "joined": "a b c d e i z",
    "computed": None,
    "looped": None,
    "conditional": "a b c",
    "star": "f i inner m os x y",
    "replaced": "b c",
    "emptied": "c",
    "newer": "b sys",
    "shop": "add cart deep i till",
    "shop.deep": "",
    "unseen": "a b …",
    "lost": None,
    "circle": None,
    "broken": None,
    "stubbed": "d f re x …",
    "package": "i inner y",
    "package.inner": "i",
    "package.nobody": None,
    "compiled": "g …",
    "nowhere_at_all": None,
    "%run script.py": "_t os s",
    "%run newer.py": "a b c d sys",
    "%run -n newer.py": "b sys",
    "%run script --option": "_t os s",
    "%run -i 'script.py' 1": "_t os s",
    "%run -m script": "_t os s",
    "%run -i": None,
    "%run starry.py": "a b c d e n o p q",
    "%run dark.py": None,
    "%run book.ipynb": "n o p",
    "%run damaged.ipynb": None,
    "%run nobody.py": None,
    "%run ": None,
    "%exec": None,
    ".relative": None,
    "": None,
}


def source_of(text: str) -> NameSource:
    """The source with this text."""
    if text == "%exec":
        return ComputedCode()
    return RunFile(tuple(shlex.split(text)[1:])) if text.startswith("%run") else StarImport(text)


@pytest.mark.parametrize("text", GIVEN)
def test_what_a_star_import_gives(tmp_path: Path, text: str) -> None:
    for name, content in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    before = set(sys.modules)
    names = EnvironmentStarNames([str(tmp_path)], str(tmp_path))(source_of(text))
    more = ["…"] * isinstance(names, AtLeast)
    assert (None if names is None else " ".join([*sorted(names), *more])) == GIVEN[text]
    assert not {"plain", "package", "spelled"} & (set(sys.modules) - before)


# Really imported, each in a process of its own namespace; what needs a screen is left out.
MODULES = [
    "math", "os", "os.path", "time", "itertools", "functools", "collections", "typing", "random",
    "re", "sys", "json", "datetime", "pathlib", "string", "statistics", "decimal", "fractions",
    "ast", "types", "operator", "heapq", "bisect", "copy", "enum", "abc", "dataclasses", "io",
    "subprocess", "threading", "socket", "struct", "urllib.request", "unittest", "turtle", "cmath",
    "numbers", "contextlib", "inspect", "textwrap", "zmq", "IPython.display", "msgspec",
    "tornado.web",
]  # fmt: skip


BOUND_BY_LOOPS = ["inspect"] if sys.version_info < (3, 11) else []
"""Modules without `__all__` that bind names in a loop over another module's table."""


def test_against_real_imports() -> None:
    program = (
        "import json, sys\n"
        "bound = {}\n"
        f"for module in {MODULES!r}:\n"
        "    namespace = {}\n"
        "    try:\n"
        "        exec(f'from {module} import *', namespace)\n"
        "    except ImportError:\n"
        "        continue\n"
        "    bound[module] = sorted(namespace.keys() - {'__builtins__'})\n"
        "print(json.dumps(bound))\n"
    )
    ran = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program], capture_output=True, text=True, check=True
    )
    star_names = EnvironmentStarNames(sys.path)
    missed = {}
    unknown = []
    for module, names in json.loads(ran.stdout).items():
        found = star_names(StarImport(module))
        if found is None or (isinstance(found, AtLeast) and module in BOUND_BY_LOOPS):
            unknown.append(module)
        elif not set(names) <= found:
            missed[module] = sorted(set(names) - found)
    assert missed == {}
    assert unknown == BOUND_BY_LOOPS


def test_a_well_known_package_that_is_not_installed(tmp_path: Path) -> None:
    names = EnvironmentStarNames([str(tmp_path)])(StarImport("numpy"))
    assert isinstance(names, AtLeast)  # another version may give more
    assert {"array", "sum", "pi"} <= names
    assert not {"np", "_NoValue"} & names
    (tmp_path / "more.py").write_text("from numpy import *\na = 1", encoding="utf-8")
    more = EnvironmentStarNames([str(tmp_path)])(StarImport("more"))
    assert isinstance(more, AtLeast)
    assert {"a", "array"} <= more
    assert EnvironmentStarNames([str(tmp_path)])(StarImport("numpy.nowhere")) is None


def test_a_file_of_a_well_known_name_tells_for_itself(tmp_path: Path) -> None:
    (tmp_path / "numpy.py").write_text("a = 1", encoding="utf-8")
    (tmp_path / "sympy.py").write_text("__all__ = sorted(dir())", encoding="utf-8")
    assert EnvironmentStarNames([str(tmp_path)])(StarImport("numpy")) == {"a"}
    assert EnvironmentStarNames([str(tmp_path)])(StarImport("sympy")) is None


def test_an_environment_whose_files_are_not_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mine.py").write_text("a = 1\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    assert known_elsewhere(StarImport("mine")) is None
    assert known_elsewhere(RunFile(("mine.py",))) is None
    for module, name in (("colorsys", "rgb_to_hsv"), ("numpy", "array")):
        names = known_elsewhere(StarImport(module))
        assert isinstance(names, AtLeast)  # of some version: there may be others
        assert name in names
