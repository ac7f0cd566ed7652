"""Which imports would fail, or give another module, while the cells run in order?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.forecast.import_failures import (
    FailingImports,
    Shadow,
    ShadowedModules,
    no_shadow,
)
from jupyter_namespace_viz.core.imports.failing_imports import ImportFailure, SearchState
from tests.core.tools.notebooks import environment_without, notebook

ABSENT: dict[str, tuple[tuple[str, ...], str]] = {
    # the cells, in an environment without `absent`, `here.absent` and the name `gone` of `m`; the
    # cell, what it lacks and the line that would fail
    "an import": (("import absent",), "c1 absent 1"),
    "of a part": (("x = 1\nfrom absent.part import x",), "c1 absent 2"),
    "of what is installed": (("import here",), ""),
    "a part that is absent": (("import here.absent.part",), "c1 here.absent 1"),
    "a name that is absent": (("from m import a, gone, b",), "c1 gone 1"),
    "a name that a cell sets": (("import m\nm.gone = 1", "from m import gone"), ""),
    "a name in a branch": (("if x: from m import gone",), ""),
    "a guarded name, and another": (
        ("try: from m import gone\nexcept ImportError: from m import a",),
        "",
    ),
    "relative": (("from .absent import x",), "c1 .absent 1"),
    "relative, without a name": (("from . import *",), "c1 . 1"),
    "guarded": (("try: import absent\nexcept ImportError: pass",), ""),
    "in a branch": (("if x: import absent",), "c1 absent? 1"),
    "where the environment is tested": (("if find_spec('absent'): import absent",), ""),
    "where a test of a cell above says so": (
        ("HAS = 'absent' in sys.modules", "if HAS: import absent"),
        "",
    ),
    "where an import of a cell above says so": (
        ("try:\n  import absent\n  HAS = 1\nexcept ImportError: HAS = 0", "if HAS: import absent"),
        "",
    ),
    "instead of what is installed": (("try: import here\nexcept ImportError: import absent",), ""),
    "instead of what is not": (
        ("try: import absent\nexcept ImportError: import absent.part",),
        "c1 absent? 2",
    ),
    "instead of both of two": (
        (
            "try: import here\nexcept ImportError:\n  try: import near\n"
            "  except ImportError: import absent",
        ),
        "",
    ),
    "the notebook itself": (("import __main__",), ""),
    "in a function": (("def f(): import absent",), ""),
    "in a function that is called": (("def f():\n  import absent", "x = 1\nf()"), "c2 absent 2"),
    "in a function of the cell": (("def f():\n  import absent\nf()",), "c1 absent 3"),
    "in a function that a function calls": (
        ("def f(): import absent", "def g(): f()", "g()"),
        "c3 absent 1",
    ),
    "in a branch of a function": (("def f():\n  if x: import absent", "f()"), ""),
    "handled in a function": (
        ("def f():\n  try: import absent\n  except ImportError: pass", "f()"),
        "",
    ),
    "in a function, handled by its caller": (
        ("def f(): import absent", "try: f()\nexcept ImportError: pass"),
        "",
    ),
    "in a generator": (("def f():\n  import absent\n  yield 1", "f()", "list(f())"), "c3 absent 1"),
    "in making an object": (
        ("class A:\n  def __init__(self): import absent\n  def m(self): import m.gone", "A()"),
        "c2 absent 1",
    ),
    "by a call": (("import importlib\nimportlib.import_module('absent')",), "c1 absent 2"),
    "by a call of Python's own": (("a = __import__('absent.part')",), "c1 absent 1"),
    "by a call that computes it": (("import importlib\nimportlib.import_module(x)",), ""),
    "by a function of one's own": (("def import_module(x): pass\nimport_module('absent')",), ""),
    "an extension": (("%load_ext absent\n%reload_ext here",), "c1 absent 1"),
    "an extension of IPython": (("%load_ext autoreload\n%load_ext storemagic",), ""),
    "in two cells": (("import absent", "import absent.part"), "c1 absent 1, c2 absent 1"),
    "installed above": (("%pip install absent", "import absent"), "c2 absent? 1 by c1"),
    "installed in the same cell": (("!pip install a\nimport absent",), "c1 absent? 2 by c1"),
    "installed below": (("import absent", "%pip install absent"), "c1 absent 1"),
    "installed below in the same cell": (("import absent\n!pip install absent",), "c1 absent 1"),
    "a part after an installation": (("%pip install x", "import here.absent"), ""),
    "another folder above": (("%cd src", "x = 1", "import absent"), "c3 absent 1"),
    "a folder that is not known": (("%cd {src}", "x = 1", "import absent"), "c3 absent? 1 by c1"),
    "a shell command": (("!git clone x", "import absent"), "c2 absent? 1 by c1"),
    "a harmless shell command": (("!nvidia-smi", "import absent"), "c2 absent 1"),
}


@pytest.mark.parametrize("case", ABSENT)
def test_the_modules_that_are_absent(case: str) -> None:
    sources, expected = ABSENT[case]
    lookup = environment_without("absent", "here.absent", "m:gone")
    imports = FailingImports(notebook(*sources), lookup, None)
    found = [it for place in range(len(sources)) for it in imports.failing_in(place)]
    assert (
        ", ".join(
            f"{it.cell_id} {it.name}{'' if it.certain else '?'} {it.line}"
            + (f" by {it.provider}" if it.provider else "")
            for it in found
        )
        == expected
    )


def test_the_sentences_on_an_absent_module() -> None:
    graph = notebook("import absent", "%pip install x\nimport absent")
    imports = FailingImports(graph, environment_without("absent"), "/py")
    missing = "`absent` is not installed in the kernel's environment (`/py`)."
    (first,) = imports.failing_in(0)
    assert first.message == f"{missing} Install the package that provides it."
    (second,) = imports.failing_in(1)
    assert second.message == f"{missing} Cell 2 may change that."


def test_a_file_that_is_written_after_its_import_changes_nothing() -> None:
    written = "%%writefile m.py\ngone = 1"

    def lookup(module: str, name: str | None, state: SearchState) -> ImportFailure | None:
        is_there = name != "gone" or ("m.py", "gone = 1") in state.files
        return None if is_there else ImportFailure("ImportError", module, name)

    for cells, fails in (
        (("import m", written, "from m import gone"), True),
        ((written, "import m", "from m import gone"), False),
        (("import m", written, "importlib.reload(m)", "from m import gone"), False),
    ):
        imports = FailingImports(notebook(*cells), lookup, None)
        found = [it for place in range(len(cells)) for it in imports.failing_in(place)]
        assert bool(found) == fails


def test_a_shadowed_module_is_reported_where_it_is_imported_first() -> None:
    graph = notebook("import other", "import json.tool", "import json, other")
    shadows = {"json": Shadow("json.py", "/lib/json/__init__.py")}
    modules = ShadowedModules(graph, shadows.get)
    found = [[it.name for it in modules.first_imported_in(place)] for place in range(3)]
    assert found == [[], ["json"], []]


def test_without_a_look_into_the_folder_nothing_is_shadowed() -> None:
    modules = ShadowedModules(notebook("import json"), no_shadow)
    assert list(modules.first_imported_in(0)) == []
