"""Does the work of judging a cell grow with its length only?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.analysis.cell_names import Cell
from jupyter_namespace_viz.core.graph.dependency_graph import EMPTY_GRAPH
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


def everything_about(text: str) -> None:
    cells = [Cell("a", text), Cell("b", "print(x)")]
    assessment = assess(EMPTY_GRAPH, cells, None, NO_KERNEL_CONTEXT, NotebookClients())
    assert isinstance(assessment, Assessment)
    diff = ReportDiff()
    diff.report(1, assessment)
    diff.name_details(assessment)
    diff.forecast_details(assessment)
    assessment.problem_reports(assessment.problem_list())
    assessment.plan(None, "cells")


@pytest.mark.parametrize("kind", KINDS)
def test_a_cell_of_twice_the_length_is_twice_the_work(kind: str) -> None:
    short, long = (HOSTILE[kind](length) for length in (2_000, 4_000))
    everything_about(long.replace("a", "b"))  # does what happens once per process
    works = [lines_run(lambda text=text: everything_about(text)) for text in (short, long)]
    assert works[1] <= 2.3 * works[0], works
