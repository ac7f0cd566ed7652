"""What do functions and classes of the user's own files need that a notebook calls?

The rows are files and a notebook; the expected words are the names that the last cell lacks.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from jupyter_namespace_viz.core.forecast.restart_and_run_all import forecast
from jupyter_namespace_viz.core.graph.builder import updated_graph
from jupyter_namespace_viz.core.graph.dependency_graph import EMPTY_GRAPH
from jupyter_namespace_viz.environment.interpreters import KernelPython, search_paths
from jupyter_namespace_viz.environment.own_modules import OwnModuleValues
from tests.core.tools.notebooks import cells, environment_without, words

FILES = {
    "lib.py": "import math\nfrom os.path import join\nLIMIT = 1\n"
    "def ok(): return math.pi + LIMIT + len(join('a', 'b')) + __name__.count('x')\n"
    "def bad(): return gone\n"
    "def deep(): return bad()\n"
    "def guarded():\n    try: return gone\n    except NameError: pass\n"
    "def perhaps(flag=False):\n    if flag: return gone\n"
    "def lazily():\n    import absent\n"
    "def carefully():\n    try: import absent\n    except ImportError: pass\n"
    "def apply(f): return f()\n"
    "def keep(f): return f\n"
    "def timed(f):\n    def inner(*a): return f(*a)\n    return inner\n"
    "class Model:\n    def __init__(self, f=None): self.f = f\n    def fit(self): return gone\n"
    "    def run(self): return self.step()\n    def call(self): return self.f()\n",
    "setup.py": "def make():\n    global late\n    late = 1\ndef use(): return late\n",
    "quiet.py": "from contextlib import contextmanager\n@contextmanager\ndef quiet():\n"
    "    try: yield\n    except Exception: pass\n",
    "paths.py": "import sys\nsys.path.append('libs')\n",
    "pack/__init__.py": "from .inner import bad\n",
    "pack/inner.py": "def bad(): return gone\ndef fine():\n    from . import other\n",
    "pack/other.py": "",
    "plain/part.py": "def bad(): return gone\n",
}
OWN = "from lib import Model\nclass Own(Model):\n    def step(self): return x\n"
ROWS = {
    "what it has": ("import lib\n---\nlib.ok()", ""),
    "what it has not": ("import lib\n---\nlib.bad()", "gone"),
    "through another function": ("from lib import deep\n---\ndeep()", "gone"),
    "in the cell that imports it": ("from lib import bad\nbad()", "gone"),
    "under another name": ("import lib as m\nrun = m.bad\n---\nrun()", "gone"),
    "a star import": ("from lib import *\n---\nbad()", "gone"),
    "handled": ("import lib\n---\nlib.guarded()", ""),
    "in a branch": ("import lib\n---\nlib.perhaps()", ""),
    "only mentioned": ("import lib\n---\nlib.bad", ""),
    "an import": ("import lib\n---\nlib.lazily()", "absent"),
    "an import that may fail": ("import lib\n---\nlib.carefully()", ""),
    "a method": ("from lib import Model\nm = Model()\n---\nm.fit()", "gone"),
    "what the notebook sets": ("import lib\nlib.gone = 1\n---\nlib.bad()", ""),
    "what the notebook replaces": ("import lib\nlib.bad = len\n---\nlib.bad()", ""),
    "a function that is called": ("from lib import apply\napply(lambda: x)", "x"),
    "a function that is kept": (
        "from lib import keep\n@keep\ndef f(): return x\n---\n1", ""
    ),
    "a decorator": ("from lib import timed\n@timed\ndef f(): return x\n---\nf()", "x"),
    "a function in an object": (
        "from lib import Model\nm = Model(lambda: x)\n---\nm.call()", "x"
    ),
    "a base class": (f"{OWN}---\nOwn().run()", "x"),
    "a base class in the same cell": (f"{OWN}Own().run()", "x"),
    "a global that a function sets": ("import setup\nsetup.make()\n---\nsetup.use()", ""),
    "a context manager": ("from quiet import quiet\n---\nwith quiet():\n    x", "x?"),
    "a package": ("from pack import bad\n---\nbad()", "gone"),
    "a relative import": ("from pack.inner import fine\n---\nfine()", ""),
    "a folder without a file of its own": ("from plain.part import bad\n---\nbad()", "gone"),
    "a written file": ("%%writefile new.py\ndef f(): return gone\n---\nfrom new import f\nf()",
                       "gone"),
    "a file that is written twice": (
        "%%writefile new.py\ndef f(): return gone\n---\n%%writefile new.py\ndef f(): pass\n---\n"
        "from new import f\nf()", ""
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("own")
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(("text", "expected"), ROWS.values(), ids=ROWS)
def test_what_the_last_cell_lacks(text: str, expected: str, folder: Path) -> None:
    sources = text.split("---\n")
    paths = (*search_paths(sys.executable), str(folder))
    own = OwnModuleValues(paths, str(folder), KernelPython(sys.executable), sources)
    graph = updated_graph(EMPTY_GRAPH, cells(*sources), star_names=_star_names, own_modules=own)
    found = forecast(graph, environment_without("absent"))
    last = (it for it in found if it.cell_id == f"c{len(sources)}")
    assert words(f"{it.name}{'?' * (not it.certain)}" for it in last) == expected


IMPORTS = {
    "a folder that a module adds": ("import paths\n---\nimport absent", "absent?"),
    "by a module that adds none": ("import lib\n---\nimport absent", "absent"),
    "a name that a called function binds": (
        "import setup\nsetup.make()\n---\nfrom setup import late", ""
    ),
    "a function that is not called": ("from setup import late", "late"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), IMPORTS.values(), ids=IMPORTS)
def test_what_the_last_cell_cannot_import(text: str, expected: str, folder: Path) -> None:
    sources = text.split("---\n")
    paths = (*search_paths(sys.executable), str(folder))
    own = OwnModuleValues(paths, str(folder), KernelPython(sys.executable), sources)
    graph = updated_graph(EMPTY_GRAPH, cells(*sources), own_modules=own)
    found = forecast(graph, environment_without("absent", "setup:late"))
    assert words(f"{it.name}{'?' * (not it.certain)}" for it in found) == expected


def _star_names(source: object) -> frozenset[str]:
    return frozenset({"bad", "ok"})
