"""Which imports would fail though their modules are there?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.kernel_state.namespace import ModuleAnswer
from jupyter_namespace_viz.core.plan.planner import plan_runs
from tests.core.tools.notebooks import environment_without, judged, kernel, notebook

LOADED = ModuleAnswer("m", True, loaded_as="m")
CHANGED = ModuleAnswer("m", True, loaded_as="m", changed=("m",), names=("a", "m"))

GIVEN: dict[str, tuple[str, ModuleAnswer, str]] = {
    # a cell, what the kernel says of `m`, whose file lacks `gone`; the status and the sentence
    "there": ("from m import a", LOADED, "ready"),
    "not there": ("from m import gone", LOADED, "blocked `m` in the kernel's environment has no"
        " `gone`."),
    "not there, and not loaded": ("from m import gone", ModuleAnswer("m", True),
        "blocked `m` in the kernel's environment has no `gone`."),
    "guarded": ("try: from m import gone\nexcept ImportError: gone = 1", LOADED, "ready"),
    "in a branch": ("if input(): from m import gone", LOADED, "ready"),
    "new in the file": ("from m import new", CHANGED,
        "blocked `m` has no `new` in this kernel: its file changed after it was imported. "
        "Restart the kernel or reload it with `importlib.reload`."),
    "old in the file": ("from m import a", CHANGED, "ready"),
    "new, and reloaded": ("from m import new",
        ModuleAnswer("m", True, loaded_as="m", changed=("m",), names=("a",), reloads=True),
        "ready"),
    "new, and only code could tell": ("from m import new",
        ModuleAnswer("m", True, loaded_as="m", changed=("m",)), "ready"),
    "set by a cell": ("m.gone = 1\nfrom m import gone", LOADED, "blocked"),
    "relative": ("from .m import a", LOADED,
        "blocked `from .m import a` only works inside a package; in a notebook it raises "
        "ImportError."),
    "below a folder that is added": ("import sys\nsys.path.append('src')\nfrom m import gone",
        ModuleAnswer("m", False), "blocked"),
    "of a loaded module below a folder": (
        "import sys\nsys.path.append('src')\nfrom m import gone", LOADED, "ready"),
    "there, below a folder": ("import sys\nsys.path.append('src')\nfrom m import a",
        ModuleAnswer("m", False), "ready"),
    "above a folder": ("from m import gone\nimport sys\nsys.path.append('src')", LOADED, "ready"),
    "below an installation": ("!pip install m\nfrom m import gone", LOADED, "ready"),
    "below a folder that is perhaps added": (
        "import sys\nif len('x'): sys.path.append('src')\nfrom m import gone", LOADED, "ready"),
    "in a function": ("def f(): from m import gone", LOADED, "ready"),
    "in a function that is called": ("def f(): from m import gone\nf()", LOADED,
        "blocked `m` in the kernel's environment has no `gone`."),
}  # fmt: skip


@pytest.mark.parametrize("case", GIVEN)
def test_an_import(case: str) -> None:
    source, answer, expected = GIVEN[case]
    lookup = environment_without("m:gone")
    verdict = judged(notebook(source), kernel(modules=[answer]), import_failure=lookup)
    cell = verdict.cells[0]
    said = f"{cell.status} {cell.message or ''}".strip()
    assert said == expected or (" " not in expected and cell.status == expected)
    if "`new`" in expected:
        plan = plan_runs(verdict, ["c1"], "cells")
        assert (plan.steps, [it.name for it in plan.unresolved]) == ((), ["new"])
