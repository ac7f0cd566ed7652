"""Which imports would fail, or give another module, while the cells run in order?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.forecast.import_failures import (
    Shadow,
    ShadowedModules,
    UninstalledModules,
    no_shadow,
)
from tests.core.tools.notebooks import notebook

ABSENT: dict[str, tuple[tuple[str, ...], str]] = {
    # the cells, in an environment without `absent`; the cell and the line that would fail
    "an import": (("import absent",), "c1 absent 1"),
    "of a part": (("x = 1\nfrom absent.part import x",), "c1 absent 2"),
    "of what is installed": (("import here",), ""),
    "relative": (("from .absent import x",), ""),
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
        "c1 absent? 1",
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
    "in two cells": (("import absent", "import absent.part"), "c1 absent 1, c2 absent 1"),
    "installed above": (("%pip install absent", "import absent"), "c2 absent? 1 by c1"),
    "installed in the same cell": (("!pip install a\nimport absent",), "c1 absent? 2 by c1"),
    "installed below": (("import absent", "%pip install absent"), "c1 absent 1"),
    "another folder above": (("%cd src", "x = 1", "import absent"), "c3 absent? 1 by c1"),
}


@pytest.mark.parametrize("case", ABSENT)
def test_the_modules_that_are_absent(case: str) -> None:
    sources, expected = ABSENT[case]
    modules = UninstalledModules(notebook(*sources), lambda name: name != "absent", None)
    found = [it for place in range(len(sources)) for it in modules.missing_in(place)]
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
    modules = UninstalledModules(graph, lambda _: False, "/py")
    missing = "`absent` is not installed in the kernel's environment (`/py`)."
    (first,) = modules.missing_in(0)
    assert first.message == f"{missing} Install the package that provides it."
    (second,) = modules.missing_in(1)
    assert second.message == f"{missing} Cell 2 may change that."


def test_a_shadowed_module_is_reported_where_it_is_imported_first() -> None:
    graph = notebook("import other", "import json.tool", "import json, other")
    shadows = {"json": Shadow("json.py", "/lib/json/__init__.py")}
    modules = ShadowedModules(graph, shadows.get)
    found = [[it.name for it in modules.first_imported_in(place)] for place in range(3)]
    assert found == [[], ["json"], []]


def test_without_a_look_into_the_folder_nothing_is_shadowed() -> None:
    modules = ShadowedModules(notebook("import json"), no_shadow)
    assert list(modules.first_imported_in(0)) == []
