"""Is it known which imports fail in an environment, and why, without importing anything?"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from jupyter_namespace_viz.core.imports.failing_imports import UNCHANGED, SearchState
from jupyter_namespace_viz.environment.import_failures import EnvironmentImports
from jupyter_namespace_viz.environment.interpreters import KernelPython, search_paths

FILES = {
    "mine.py": "a = 1\n_b = 2\nc = 3\ndel c\n",
    "starred.py": "from mine import *\n",
    "dark.py": "from site import *\nfrom dynamic import *\n",
    "dynamic.py": "globals()[input()] = 1\n",
    "patched.py": "import sys\nsetattr(sys.modules[__name__], input(), 1)\n",
    "lazy.py": "def __getattr__(name):\n    return 1\n",
    "listed.py": "KNOWN = ['old', 'older']\ndef __getattr__(name):\n    if name in KNOWN:\n"
    "        return 1\n    raise AttributeError(name)\n",
    "renamed.py": "def __getattr__(name):\n    if name == 'gone':\n        raise ImportError\n"
    "    try:\n        return globals()[name]\n"
    "    except KeyError:\n        raise AttributeError\n",
    "branches.py": "import sys\nif sys.version_info < (3,): a = 1\n"
    "if __name__ == '__main__': b = 1\nif input(): c = 1\n",
    "needs.py": "x = 1\nimport absent_package\n",
    "guards.py": "try:\n    import absent_package\n"
    "except ImportError:\n    absent_package = None\n",
    "later.py": "def f():\n    import absent_package\n",
    "outer.py": "import inner_of_outer\n",
    "inner_of_outer.py": "from mine import gone\n",
    "undefined.py": "import os\ny = nothing_at_all + 1\n",
    "special.py": "print(__file__, __name__, __doc__, len)\n",
    "broken.py": "x = 1\nx = = 2\n",
    "relative.py": "from . import mine\n",
    "one.py": "import two\na = 1\n",
    "two.py": "import one\nb = 1\n",
    "pkg/__init__.py": "from pkg.part import x\n",
    "pkg/part.py": "x = 1\n",
    "pkg/inner/deep.py": "from ..part import x\nfrom . import other\n",
    "pkg/inner/other.py": "from ..part import gone\n",
    "makes/__init__.py": "import sys\nsys.modules['makes.made'] = sys\n",
    "loops/__init__.py": "import sys\nfor n in 'ab': sys.modules[n] = sys\n",
    "binds/__init__.py": "from binds import other\n",
    "binds/other.py": "import binds\nbinds.extra = 1\n",
    "src/inside.py": "a = 1\n",
    "spaces/portion.py": "a = 1\n",
}

# The import, `module` or `module:name`; how it fails: error, module, name, file and line.
FAILURES: dict[str, str | None] = {
    "mine": None,
    "mine:a": None,
    "mine:_b": None,
    "mine:__file__": None,
    "mine:c": "ImportError mine c",
    "mine:gone": "ImportError mine gone",
    "mine.part": "ModuleNotFoundError mine.part",
    "absent_package": "ModuleNotFoundError absent_package",
    "absent_package.part:x": "ModuleNotFoundError absent_package",
    ".mine:a": "ImportError .mine a",
    "starred:a": None,
    "starred:_b": "ImportError starred _b",
    "dark:anything": None,
    "dynamic:anything": None,
    "patched:anything": None,
    "lazy:anything": None,
    "listed:old": None,
    "listed:gone": "ImportError listed gone",
    "renamed:gone": "ImportError renamed gone",
    "renamed:other": "ImportError renamed other",
    "branches:a": "ImportError branches a",
    "branches:b": "ImportError branches b",
    "branches:c": None,
    "needs": "ModuleNotFoundError absent_package in needs.py 2",
    "needs:x": "ModuleNotFoundError absent_package in needs.py 2",
    "guards": None,
    "later": None,
    "outer": "ImportError mine gone in inner_of_outer.py 1",
    "undefined": "NameError undefined nothing_at_all in undefined.py 2",
    "special": None,
    "broken": "SyntaxError broken in broken.py 2",
    "relative": "ImportError . in relative.py 1",
    "one": None,
    "pkg.part:x": None,
    "pkg:part": None,
    "pkg:gone": "ImportError pkg gone",
    "pkg.gone": "ModuleNotFoundError pkg.gone",
    "pkg.inner.deep": "ImportError pkg.part gone in pkg/inner/other.py 1",
    "makes.made": None,
    "makes.gone": "ModuleNotFoundError makes.gone",
    "loops.gone": None,
    "binds:extra": None,
    "binds:gone": "ImportError binds gone",
    "src.inside": None,
    "spaces:portion": None,
    "spaces:gone": "ImportError spaces gone",
    "math:pi": None,
    "math:gone": "ImportError math gone",
    "sys:path": None,
    "os.path:join": None,
    "os.gone": "ModuleNotFoundError os.gone",
    "collections:Mapping": "ImportError collections Mapping",
    "xml.etree:ElementTree": None,
    "__main__": None,
}


@pytest.fixture
def imports(tmp_path: Path) -> EnvironmentImports:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    paths = (*search_paths(sys.executable), str(tmp_path))
    return EnvironmentImports(paths, str(tmp_path), KernelPython(sys.executable))


def told(imports: EnvironmentImports, imported: str, state: SearchState) -> str | None:
    """How the import fails, in one line."""
    module, _, name = imported.partition(":")
    failure = imports(module, name or None, state)
    if failure is None:
        return None
    where = None if failure.file is None else f"in {failure.file} {failure.line}"
    return " ".join(filter(None, (failure.error, failure.module, failure.name, where)))


@pytest.mark.parametrize("imported", FAILURES)
def test_an_import(imports: EnvironmentImports, imported: str) -> None:
    before = set(sys.modules)
    assert told(imports, imported, UNCHANGED) == FAILURES[imported]
    assert not {"mine", "pkg", "needs"} & (set(sys.modules) - before)


STATES: list[tuple[SearchState, str, str | None]] = [
    (SearchState(after=("src",)), "inside:a", None),
    (SearchState(before=("src",)), "inside:gone", "ImportError inside gone"),
    (SearchState(folder="src"), "inside", None),
    (SearchState(folder="src"), "mine", "ModuleNotFoundError mine"),
    (SearchState(modules=frozenset({"made"})), "made", None),
    (SearchState(blocked=frozenset({"mine"})), "mine", "ModuleNotFoundError mine"),
    (SearchState(blocked=frozenset({"pkg"})), "pkg.part", "ModuleNotFoundError pkg"),
    (SearchState(files=(("made.py", "a = 1"),)), "made:a", None),
    (SearchState(files=(("made.py", "a = 1"),)), "made:gone", "ImportError made gone"),
    (SearchState(files=(("made.py", None),)), "made:gone", None),
    (SearchState(files=(("new/made.py", "a = 1"),)), "new.made:a", None),
    (SearchState(files=(("mine.py", "b = 1"),)), "mine:b", None),
]


@pytest.mark.parametrize(("state", "imported", "expected"), STATES)
def test_an_import_after_changes(
    imports: EnvironmentImports, state: SearchState, imported: str, expected: str | None
) -> None:
    assert told(imports, imported, state) == expected
    opened = replace(state, is_open=True)
    assert told(imports, imported, opened) == expected


def test_a_python_that_cannot_be_asked(tmp_path: Path) -> None:
    imports = EnvironmentImports((str(tmp_path),), str(tmp_path), KernelPython("/no/python"))
    assert imports("absent", None, UNCHANGED) is None
