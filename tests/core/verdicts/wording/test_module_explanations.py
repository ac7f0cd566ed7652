"""Is what the kernel says of a module explained in a sentence?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.imports.failing_imports import ImportFailure
from jupyter_namespace_viz.core.verdicts.wording.module_explanations import (
    fails,
    not_imported,
    not_installed,
)

MODULES = [
    (
        fails(ImportFailure("ModuleNotFoundError", "m", is_blocked=True), None, "import m"),
        '`m` cannot be imported: a cell has set `sys.modules["m"]` to None.',
    ),
    (not_installed("m", None), "`m` is not installed in the kernel's environment."),
    (not_installed("m", "/py"), "`m` is not installed in the kernel's environment (`/py`)."),
    (not_installed("m.n.o", None), "`m.n` in the kernel's environment has no module `o`."),
    (
        not_imported("m", None, server_has_it=True, guarded=True),
        "`m` is not installed in the kernel's environment. Jupyter's own environment has it, "
        "this kernel's does not. The cell continues without it.",
    ),
]


@pytest.mark.parametrize(("sentence", "expected"), MODULES)
def test_the_sentences_on_modules(sentence: str, expected: str) -> None:
    assert sentence == expected
