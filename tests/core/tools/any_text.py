"""What is true of the reading of any text?"""

from __future__ import annotations

from jupyter_namespace_viz.core.analysis.cell_names import CellNames
from jupyter_namespace_viz.core.analysis.reader import read_cell


def check(source: str) -> None:
    """The reading raises nothing, its problems have lines of the text, and it is sorted by name."""
    names = read_cell(source)
    assert isinstance(names, CellNames)
    lines = source.count("\n") + source.count("\r") + 1
    for problem in names.problems:
        assert problem.line is None or 1 <= problem.line <= lines
        assert problem.message.endswith((".", "?"))
    for found in (names.definitions, names.uses, names.imports):
        in_order = [getattr(one, "name", None) or one.module for one in found]
        assert in_order == sorted(set(in_order))
