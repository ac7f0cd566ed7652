"""Which names will be there, and which gone, when the queued cells have run?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.analysis.cell_names import Use
from jupyter_namespace_viz.core.analysis.reader import read_cell
from jupyter_namespace_viz.core.verdicts.cell_status import judge
from jupyter_namespace_viz.core.verdicts.context import NotebookClients, VerdictContext
from jupyter_namespace_viz.core.verdicts.queued_cells import (
    QueuedCells,
    queued_cells,
    running_indexes,
)
from tests.core.tools.notebooks import kernel, notebook, statuses, value

EXPECTED: dict[str, tuple[list[str], dict[str, int], dict[str, int]]] = {
    # the texts of queued cells, with an exclamation mark where one will raise; bound, deleted
    "nothing is queued": ([], {}, {}),
    "bound": (["x = 1"], {"x": 0}, {}),
    "bound by several": (["x = 1", "y = 1", "x = 2"], {"x": 2, "y": 1}, {}),
    "perhaps bound": (["if y: x = 1"], {}, {}),
    "deleted": (["del x"], {}, {"x": 0}),
    "deleted and bound": (["del x", "x = 1"], {"x": 1}, {}),
    "bound and deleted": (["x = 1", "del x"], {}, {"x": 1}),
    "deleted in the same cell": (["x = 1\ndel x"], {}, {"x": 0}),
    "a cell that will raise": (["!x = 1"], {}, {}),
    "those behind it are dropped": (["x = 1", "!y = 1", "z = 1"], {"x": 0}, {}),
}


@pytest.mark.parametrize("case", EXPECTED)
def test_what_queued_cells_do_to_names(case: str) -> None:
    texts, bound, deleted = EXPECTED[case]
    sources = [text.removeprefix("!") for text in texts]
    queued = QueuedCells(notebook(*sources))
    for index, text in enumerate(texts):
        queued.add(index, read_cell(sources[index]), will_raise=text.startswith("!"))
    assert {name: queued.binder_of(name) for name in "xyz" if queued.binds(name)} == bound
    assert {name for name in "xyz" if queued.deletes(name)} == deleted.keys()
    for name, index in bound.items():
        use, cell = Use(name, "immediate", certain=True), index + 1
        need = queued.bound_need(use, is_held=False)
        assert (need.status, need.reason, need.provider, need.message) == (
            "missing", "in_flight", f"c{cell}",
            f"`{name}` will be there when cell {cell} finishes.",
        )  # fmt: skip
        assert (need.blocks, need.is_risk, need.is_fixable) == (False, False, False)
        need = queued.bound_need(use, is_held=True)
        assert (need.status, need.reason, need.provider, need.message) == (
            "live", "in_flight", f"c{cell}",
            f"`{name}` will be redefined when cell {cell} finishes.",
        )  # fmt: skip
    for name, index in deleted.items():
        need = queued.deleted_need(Use(name, "immediate", certain=True))
        assert (need.status, need.reason, need.message) == (
            "missing", "deleted",
            f"`{name}` will be missing: cell {index + 1} runs first and deletes it.",
        )  # fmt: skip


@pytest.mark.parametrize(
    ("running", "in_flight", "expected"),
    [
        ((), [], []),
        ((), ["c2", "c1"], ["c2", "c1"]),
        (("c3",), ["c2"], ["c3", "c2"]),
        (("c2",), ["c2", "c1"], ["c2", "c1"]),
        ((), ["another notebook's", "c1"], ["c1"]),
        ((), ["c2", "deleted", "c1"], ["c2", "deleted", "c1"]),
    ],
)
def test_the_order_in_which_they_run(
    running: tuple[str, ...], in_flight: list[str], expected: list[str]
) -> None:
    graph = notebook("x = 1", "y = 1", "z = 1")
    clients = NotebookClients(tuple(in_flight), deleted_queued={"deleted": "w = 1"})
    context = VerdictContext(kernel(running=running), clients=clients)
    assert queued_cells(graph, context) == expected


@pytest.mark.parametrize(
    ("code", "is_held", "expected"),
    [
        ("x = 1", False, "`x` will be there when the deleted cell finishes."),
        ("x = 1", True, "`x` will be redefined when the deleted cell finishes."),
        ("del x", True, "`x` will be missing: the deleted cell runs first and deletes it."),
        ("y = 1", False, "`x` is missing: no cell defines it."),
    ],
)  # fmt: skip
def test_a_cell_that_was_deleted_while_it_was_queued(
    code: str, is_held: bool, expected: str
) -> None:
    graph = notebook("1", "x")
    clients = NotebookClients(("c1", "gone", "c2"), deleted_queued={"gone": code})
    held = [value("x")] if is_held else []
    verdict = judge(graph, VerdictContext(kernel(*held), clients=clients))
    assert [need.message for need in verdict.cells[1].needs] == [expected]


@pytest.mark.parametrize(
    ("running", "in_flight", "is_occupied", "indexes"),
    [
        ((), [], False, set()),
        ((), ["c2", "c1"], False, {1}),  # the probe has not reported the run yet
        ((), ["c2", "c1"], True, set()),  # they wait for a console, or for the start of the kernel
        (("c2",), ["c2", "c1"], False, {1}),
        (("c2",), ["c2", "c1"], True, {1}),  # a console in a subshell does not hold it up
        (("c3",), ["c2", "c1"], False, {2}),
        (("another notebook's",), ["c2", "c1"], False, set()),
        (("c1", "c3"), [], False, {0, 2}),  # in subshells
    ],
)
def test_which_cells_run(
    running: tuple[str, ...], in_flight: list[str], is_occupied: bool, indexes: set[int]
) -> None:
    graph = notebook("x = 1", "y = 1", "z = 1")
    clients = NotebookClients(in_flight=tuple(in_flight))
    context = VerdictContext(kernel(running=running), clients=clients, is_occupied=is_occupied)
    assert running_indexes(graph, context) == indexes


@pytest.mark.parametrize(
    ("sources", "in_flight", "expected"),
    [
        (("x = 1", "x"), [], "ready (blocked)"),
        (("x = 1", "x"), ["c1"], "running ready"),
        (("x = 1", "x"), ["c1", "c2"], "running queued"),
        (("x = 1", "x"), ["c2", "c1"], "queued running"),
        (("x = y", "y = 1", "x"), ["c1"], "running ready ready"),
        (("x = 1", "z = y", "z"), ["c1", "c2"], "running queued (blocked)"),  # c2 will raise
        (("held = 1", "del held", "held"), ["c2"], "ready running blocked"),
        (("%%bash\nls", "# nothing", "x = ("), ["c1", "c2", "c3"], "running queued queued"),
    ],
)
def test_the_statuses_of_cells_while_others_are_queued(
    sources: tuple[str, ...], in_flight: list[str], expected: str
) -> None:
    namespace = kernel(value("held"))
    assert statuses(notebook(*sources), namespace, in_flight=in_flight) == expected
