"""Which names are missing only because the cell that provides them is blocked, or has failed?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.kernel_state.namespace import ModuleAnswer, Namespace
from tests.core.tools.notebooks import judged, kernel, notebook, run, words

FRESH = kernel()
ABSENT = kernel(modules=[ModuleAnswer("m", False, absent="m")])

CASES: dict[str, tuple[tuple[str, ...], Namespace, str]] = {
    # the cells, the kernel; the missing names of the last cell, consequences in brackets
    "the provider can run": (("x = 1", "x"), FRESH, "x"),
    "the provider is blocked by an import": (("import m; x = m.y", "x"), ABSENT, "(x)"),
    "by a name that no cell defines": (("x = nowhere", "x"), FRESH, "(x)"),
    "by a cell that is blocked": (("y = nowhere", "x = y", "x"), FRESH, "(x)"),
    "by a name that a cell above gives": (("y = 1", "x = y", "x"), FRESH, "(x)"),
    "one of two names": (("y = 1", "x = nowhere", "x + y"), FRESH, "(x) y"),
    "an import that can be restored": (("import n; nowhere", "n"), FRESH, "n"),
    "an import that cannot": (("import m", "m"), ABSENT, "(m)"),
    "no provider": (("y = nowhere", "x"), FRESH, "x"),
    "the provider failed for another reason": (
        ("x = 1 + y; y = 1", "x"),
        kernel(runs=[run(1, "c1", "x = 1 + y; y = 1", succeeded=False)]),
        "(x)",
    ),
    "an import of a cell that failed": (
        ("import n", "n"), kernel(runs=[run(1, "c1", "import n", succeeded=False)]), "(n)"
    ),
    "an import of a cell that failed, and was edited since": (
        ("import n", "n"), kernel(runs=[run(1, "c1", "import n, m", succeeded=False)]), "n"
    ),
    "the provider has run": (
        ("if y: x = 1\ny", "x"), kernel(runs=[run(1, "c1", "if y: x = 1\ny")]), "x"
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_the_missing_names_of_the_last_cell(case: str) -> None:
    sources, namespace, expected = CASES[case]
    needs = judged(notebook(*sources), namespace).cells[-1].needs
    missing = [need for need in needs if need.status == "missing" and need.name != "nowhere"]
    found = (f"({it.name})" if it.is_consequence else it.name for it in missing)
    assert words(sorted(found, key=lambda word: word.strip("()"))) == expected
