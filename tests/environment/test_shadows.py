"""Is it known which imports load a file next to the notebook instead of the installed module?"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from jupyter_client.manager import KernelManager

from jupyter_namespace_viz.core.forecast.import_failures import Shadow
from jupyter_namespace_viz.core.kernel_state.namespace import ModuleAnswer
from jupyter_namespace_viz.environment.interpreters import kernel_search_paths, search_paths
from jupyter_namespace_viz.environment.shadows import (
    LOADED_AT_START,
    shadow_beside,
    shadow_in_kernel,
)

# Files next to the notebook; whether an import loads one of them instead of the installed module.
CASES: dict[str, tuple[tuple[str, ...], Shadow | None]] = {
    "single": (("single.py",), Shadow("single.py", "{packages}/single.py")),
    "package": (("package.py",), Shadow("package.py", "{packages}/package/__init__.py")),
    "package as package": (
        ("package/__init__.py",),
        Shadow("package/__init__.py", "{packages}/package/__init__.py"),
    ),
    "package as folder": (("package/notes.txt",), None),
    "mine": (("mine.py",), None),
    "random": (("random.py",), None),
    "sys": (("sys.py",), None),
    "traitlets": (("traitlets.py",), None),
    "single in a project": (("single.py", "pyproject.toml"), None),
    "elsewhere": (("elsewhere.py",), None),
}


@pytest.mark.parametrize("case", CASES)
def test_shadows(tmp_path: Path, case: str) -> None:
    packages, elsewhere, folder = (tmp_path / it for it in ("site-packages", "src", "notebooks"))
    files, expected = CASES[case]
    installed = [packages / "single.py", packages / "package" / "__init__.py"]
    installed += [packages / "traitlets.py", elsewhere / "elsewhere.py"]
    for file in [*installed, *(folder / name for name in files)]:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("", encoding="utf-8")
    standard_library = str(Path(json.__file__).parents[1])
    paths = [standard_library, str(folder), str(packages), str(elsewhere)]
    if expected is not None:
        expected = Shadow(expected.local, expected.installed.format(packages=packages))
    assert shadow_beside(folder, case.partition(" ")[0], paths) == expected


OWN, OTHERS, INSTALLED = "/work/m.py", "/src/m.py", "/lib/site-packages/m.py"
SAID: dict[str, tuple[tuple[str, ...], Shadow | None]] = {
    # the files that a kernel in /work would find, the first of which it imports
    "none": ((), None),
    "installed": ((INSTALLED,), None),
    "own": ((OWN,), None),
    "own instead of installed": ((OWN, INSTALLED), Shadow("m.py", INSTALLED)),
    "installed instead of own": ((INSTALLED, OWN), None),
    "own instead of own": ((OWN, OTHERS), None),
    "of another folder": ((OTHERS, INSTALLED), None),
}


@pytest.mark.parametrize("case", SAID)
def test_shadows_by_what_the_kernel_said(case: str) -> None:
    files, expected = SAID[case]
    own = tuple(it for it in files if it != INSTALLED)
    answer = ModuleAnswer("m", True, files=files, own_files=own)
    assert shadow_in_kernel("m", {"m": answer}, "/work") == expected
    assert shadow_in_kernel("other", {"m": answer}, "/work") is None
    assert shadow_in_kernel("traitlets", {"traitlets": answer}, "/work") is None


SAY_FILES = """
import importlib, json, sys
loaded = sorted({name.partition(".")[0] for name in sys.modules})
files = {name: getattr(importlib.import_module(name), "__file__", None) for name in json.loads(%r)}
print(json.dumps([loaded, files]))
"""


@pytest.fixture
def kernel(tmp_path: Path) -> Any:
    manager = KernelManager(kernel_name="python3")
    manager.start_kernel(cwd=str(tmp_path))
    client = manager.blocking_client()
    client.start_channels()
    yield client
    client.stop_channels()
    manager.shutdown_kernel(now=True)
    manager.cleanup_resources()


MODULES = "random statistics sys json msgspec hypothesis nbformat".split()


def test_against_a_real_kernel(tmp_path: Path, kernel: Any) -> None:
    modules = [*MODULES, *sorted(LOADED_AT_START)]
    for name in modules:
        (tmp_path / f"{name}.py").write_text("", encoding="utf-8")
    kernel.wait_for_ready(timeout=60)
    printed: list[str] = []
    kernel.execute_interactive(
        SAY_FILES % json.dumps(modules),
        output_hook=lambda message: printed.append(message["content"].get("text", "")),
        timeout=60,
    )
    loaded, files = json.loads("".join(printed))
    paths = kernel_search_paths(search_paths(sys.executable), tmp_path)
    assert set(loaded) >= LOADED_AT_START
    assert {
        name for name, file in files.items() if file is not None and Path(file).parent == tmp_path
    } == {name for name in modules if shadow_beside(tmp_path, name, paths) is not None}
    assert Path(files["msgspec"]).parent == tmp_path
