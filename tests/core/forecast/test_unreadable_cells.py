"""Which cells are no Python of the kernel's version?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.forecast.restart_and_run_all import forecast
from tests.core.tools.notebooks import environment_without, notebook

PRINTS = ("print 1", "x = 1", "if x:\n    print 'a %d' % x\nfor y in x\n    y", "late")
FOR_PYTHON_2 = (
    "The notebook is written for Python 2: 2 of its cells are not valid Python 3. "
    "Convert it to Python 3."
)


@pytest.mark.parametrize(
    ("sources", "language_version", "expected"),
    [
        (PRINTS, "2.7.14", [FOR_PYTHON_2]),
        (PRINTS, None, [FOR_PYTHON_2]),
        (PRINTS, "3.6.1", None),
        (("x = = 1",), "2.7", [FOR_PYTHON_2.replace("2 of its cells are", "1 of its cells is")]),
        (("x = = 1",), None, ["Invalid syntax. Correct it or comment it out."]),
        (("x = 1",), "2.7", []),
    ],
)
def test_a_notebook_for_python_2_has_one_finding(
    sources: tuple[str, ...], language_version: str | None, expected: list[str] | None
) -> None:
    graph = notebook(*sources)
    found = forecast(graph, environment_without(), language_version=language_version)
    if expected is None:
        assert len(found) > 2
    else:
        assert [finding.message for finding in found] == expected
        assert {(it.cell_id, it.line, it.error) for it in found} <= {("c1", 1, "SyntaxError")}


OLD: dict[str, tuple[tuple[str, ...], str]] = {
    # the cells, which run in Python 3.9; the errors
    "syntax that is newer": (
        ("a = 1\nmatch a:\n    case 1: b = 2", "a", "b"),
        "c1 SyntaxError None, c2 NameError a >, c3 NameError b >",
    ),
    "that is newer than our own": (
        ("a = 1\ntype T = int", "a", "T"),
        "c1 SyntaxError None, c2 NameError a >, c3 NameError T >",
    ),
    "in another language": (("%%bash\nmatch a:\n    case 1: b = 2",), ""),
    "no newer syntax": (("a = 1", "a"), ""),
}


@pytest.mark.parametrize("case", OLD)
def test_cells_in_an_older_python(case: str) -> None:
    sources, expected = OLD[case]
    found = forecast(notebook(*sources), environment_without(), version=(3, 9))
    said = (f"{it.cell_id} {it.error} {it.name}{' >' * it.is_consequence}" for it in found)
    assert ", ".join(said) == expected
