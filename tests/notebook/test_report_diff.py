"""Does a panel that merges the changes know the whole, when cells are replaced or moved?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from jupyter_namespace_viz.core.analysis.cell_names import Cell
from jupyter_namespace_viz.core.graph.dependency_graph import EMPTY_GRAPH
from jupyter_namespace_viz.core.kernel_state.namespace import HeldName, Namespace, Run
from jupyter_namespace_viz.core.verdicts.context import NO_CLIENTS
from jupyter_namespace_viz.kernel.view import KernelView
from jupyter_namespace_viz.notebook.assessment import Assessment, assess
from jupyter_namespace_viz.notebook.reading.reading_context import NO_KERNEL_CONTEXT
from jupyter_namespace_viz.notebook.report_diff import ReportDiff
from jupyter_namespace_viz.protocol.reports import NameChanges
from tests.notebook.test_assessment import IDLE

READER, DEFINER, TWIN = Cell("a", "print(x)"), Cell("b", "x = 1"), Cell("c", "x = 1")
LOG = Cell("d", "import logging")


def assessed(view: KernelView, *cells: Cell) -> Assessment:
    return assess(EMPTY_GRAPH, cells, view, NO_KERNEL_CONTEXT, NO_CLIENTS, language="en")


def bound_by(cell_id: str) -> KernelView:
    """A kernel that holds `y`, which a cell bound without showing it in its text."""
    run = Run(1, cell_id, 1, "exec('y = 1')", True)
    held = HeldName("y", "instance", "int", "builtins", bound_by=run)
    namespace = Namespace(1, names={"y": held}, runs={cell_id: run})
    return KernelView("k", "idle", "python", IDLE.as_of, namespace, True, None)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ((READER, DEFINER), (READER, TWIN)),
        ((READER, DEFINER), (LOG, READER, DEFINER)),
        ((DEFINER, READER), (READER, DEFINER)),
    ],
    ids=["replaced", "inserted above", "moved"],
)
def test_the_cells(before: tuple[Cell, ...], after: tuple[Cell, ...]) -> None:
    diff, known = ReportDiff(), {}
    for cells in (before, after):
        report = diff.report(1, assessed(IDLE, *cells))
        assert report is not None
        known.update({cell.id: cell for cell in report.cells})
    whole = assessed(IDLE, *after).cells()
    assert [known[cell.id] for cell in after] == whole


@pytest.mark.parametrize("language", ["en", "de-DE"])
def test_the_same_cells_when_the_kernel_or_the_language_changes(language: str) -> None:
    broken = Cell("e", "print(y)\nx = (1")
    first = assessed(IDLE, READER, DEFINER, broken)
    diff = ReportDiff()
    report = diff.report(1, first)
    assert report is not None
    known = {cell.id: cell for cell in report.cells}
    then = assess(
        first.graph,
        first.graph.cells,
        bound_by("b"),
        NO_KERNEL_CONTEXT,
        NO_CLIENTS,
        first,
        language,
    )
    assert then.graph is first.graph
    report = diff.report(1, then)
    assert report is not None
    known.update({cell.id: cell for cell in report.cells})
    assert [*known.values()] == then.cells()


def test_a_cell_that_moved_is_mentioned_as_before() -> None:
    diff = ReportDiff()
    diff.report(1, assessed(IDLE, READER, DEFINER))
    report = diff.report(1, assessed(IDLE, LOG, READER, DEFINER))
    assert report is not None
    assert [cell.id for cell in report.cells] == ["d"]


def test_the_names() -> None:
    diff = ReportDiff()
    for cell in (DEFINER, TWIN):
        details = diff.name_details(assessed(bound_by(cell.id), cell))
        assert details is not None
        assert details.names is not None
        binders = {row.name: row.binder for row in details.names.changed}
        assert binders["y"] == f"cell [[{cell.id}]]"


def test_names_are_told_anew_of_a_new_process_though_all_are_as_before() -> None:
    first = assessed(IDLE, READER, DEFINER)
    restarted = replace(IDLE, namespace=replace(IDLE.namespace, generation=2))
    diff = ReportDiff()
    diff.name_details(first)
    assert diff.name_details(assessed(IDLE, READER, DEFINER)) is None
    details = diff.name_details(assessed(restarted, READER, DEFINER))
    assert details is not None
    assert details.names == NameChanges([], [], 0)
