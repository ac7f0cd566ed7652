"""Does the work of judging a cell grow with its length only?"""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from jupyter_namespace_viz.core.analysis.cell_names import Cell
from jupyter_namespace_viz.core.graph.dependency_graph import EMPTY_GRAPH
from jupyter_namespace_viz.core.syntax.text_cache import forget_texts
from jupyter_namespace_viz.core.verdicts.context import NotebookClients
from jupyter_namespace_viz.notebook.assessment import Assessment, assess
from jupyter_namespace_viz.notebook.reading.reading_context import NO_KERNEL_CONTEXT
from jupyter_namespace_viz.notebook.report_diff import ReportDiff
from tests.core.tools.hostile_texts import HOSTILE
from tests.core.tools.work import lines_run

KINDS = [
    "class attrs reads",
    "class bodies",
    "del tuple",
    "dense from import",
    "dense import one",
    "items of a with",
    "match or",
    "%store names",
]


NOTEBOOKS = {
    "broken cells": "x = = N\nprint(x",
    "chained cells": "xN = 1\nprint(xM)",
    "cells that may bind one name": "if a1:\n x = 1\nx",
    "cells that raise": "import missing_N\nmissing_N.x",
    "cells that call their functions": "def fN(): return x\ny = fN()",
    "functions without their values": "def fN(): return xN, z\nfN()",
}


def everything_about(*texts: str) -> None:
    cells = [Cell(str(index), text) for index, text in enumerate(texts)]
    assessment = assess(EMPTY_GRAPH, cells, None, NO_KERNEL_CONTEXT, NotebookClients())
    assert isinstance(assessment, Assessment)
    diff = ReportDiff()
    diff.report(1, assessment)
    diff.name_details(assessment)
    diff.forecast_details(assessment)
    assessment.problem_reports(assessment.problem_list())
    assessment.plan(None, "cells")


def work_on(cells: Sequence[str]) -> int:
    """The work of reading these cells, which were not read before, and of judging them."""
    forget_texts()
    return lines_run(lambda: everything_about(*cells))


@pytest.mark.parametrize("kind", KINDS)
def test_a_cell_of_twice_the_length_is_twice_the_work(kind: str) -> None:
    short, long = (HOSTILE[kind](length) for length in (2_000, 4_000))
    everything_about(long.replace("a", "b"), "print(x)")  # does what happens once per process
    works = [
        lines_run(lambda text=text: everything_about(text, "print(x)")) for text in (short, long)
    ]
    assert works[1] <= 2.3 * works[0], works


def notebook(cell: str, count: int) -> list[str]:
    """So many cells of this kind; N is the number of each, M that of the one above."""
    return [cell.replace("N", str(it)).replace("M", str(it - 1)) for it in range(count)]


@pytest.mark.parametrize("kind", NOTEBOOKS)
def test_twice_as_many_cells_are_twice_the_work(kind: str) -> None:
    short, long = (notebook(NOTEBOOKS[kind], count) for count in (60, 120))
    everything_about(*short)  # does what happens once per process
    assert work_on(long) <= 2.3 * work_on(short)
