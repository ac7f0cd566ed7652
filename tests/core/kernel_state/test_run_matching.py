"""Which cells contain the text of which run?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.analysis.cell_names import Cell
from jupyter_namespace_viz.core.graph.builder import updated_graph
from jupyter_namespace_viz.core.graph.dependency_graph import EMPTY_GRAPH
from jupyter_namespace_viz.core.kernel_state.namespace import HeldName, Run
from jupyter_namespace_viz.core.kernel_state.run_matching import ALL_BY_ID, match_runs
from tests.core.tools.notebooks import kernel, run, value

AB = "a = 1\nb = 2"
TEXT = 's = """\n\n1\n"""'

CASES: dict[str, tuple[dict[str, str], list[Run], dict[str, tuple[int, ...]]]] = {
    # the cells by id, the last runs; by id of the cell, the serials of the runs that were matched
    "by id": ({"c1": "a = 1"}, [run(1, "c1", "a = 1")], {}),
    "edited": ({"c1": "a = 2"}, [run(1, "c1", "a = 1")], {}),
    "blank lines": ({"c1": "\na = 1\n\nb = 2\n"}, [run(1, "c1", AB)], {"c1": (1,)}),
    "blank lines in a string": (
        {"c1": TEXT.replace("\n\n", "\n")}, [run(1, "c1", TEXT)], {},
    ),
    "blank lines of another language": (
        {"c1": "%%bash\na\n\nb"}, [run(1, "c1", "%%bash\na\nb")], {},
    ),
    "restored": ({"n1": "a = 1"}, [run(1, "gone", "a = 1")], {"n1": (1,)}),
    "the run of a console": ({"n1": "a = 1"}, [run(1, "console", "a = 1")], {}),
    "restored, and copied": (
        {"n1": "a = 1", "n2": "a = 1"}, [run(1, "gone", "a = 1")], {"n1": (1,)},
    ),
    "twice the same text": (
        {"n1": "a = 1", "n2": "b", "n3": "a = 1"},
        [run(1, "d1", "a = 1"), run(2, "d2", "b"), run(3, "d3", "a = 1")],
        {"n1": (1,), "n2": (2,), "n3": (3,)},
    ),
    "once, and the other one was deleted": (
        {"n1": "a = 1"}, [run(1, "d1", "a = 1"), run(3, "d3", "a = 1")], {"n1": (3,)},
    ),
    "a copy of a cell that is there": (
        {"c1": "a = 1", "n1": "a = 1"}, [run(1, "c1", "a = 1")], {},
    ),
    "a cell that ran another text": (
        {"c1": "a = 1"}, [run(1, "gone", "a = 1"), run(2, "c1", "b = 1")], {},
    ),
    "split": ({"n1": "a = 1", "c1": "b = 2"}, [run(1, "c1", AB)], {"n1": (1,), "c1": (1,)}),
    "split, the lower part edited": (
        {"n1": "a = 1", "c1": "b = 3"}, [run(1, "c1", AB)], {"n1": (1,)},
    ),
    "split, the upper part edited": ({"n1": "a = 2", "c1": "b = 2"}, [run(1, "c1", AB)], {}),
    "split, the lower part deleted": ({"n1": "a = 1"}, [run(1, "gone", AB)], {}),
    "split, with another cell in between": (
        {"n1": "a = 1", "n2": "print(a)", "c1": "b = 2"}, [run(1, "c1", AB)],
        {"n1": (1,), "c1": (1,)},
    ),
    "split, the lower part edited, with another cell in between": (
        {"n1": "a = 1", "n2": "print(a)", "c1": "b = 3"}, [run(1, "c1", AB)], {},
    ),
    "split, the lower part above": ({"c1": "b = 2", "n1": "a = 1"}, [run(1, "c1", AB)], {}),
    "split, and both have other ids": (
        {"n1": "a = 1", "n2": "b = 2"}, [run(1, "gone", AB)], {"n1": (1,), "n2": (1,)},
    ),
    "split before else": (
        {"n1": "if a:\n    b = 1", "c1": "else:\n    b = 2"},
        [run(1, "c1", "if a:\n    b = 1\nelse:\n    b = 2")], {},
    ),
    "split in a block": (
        {"n1": "if a:\n    b = 1", "c1": "    c = 2"},
        [run(1, "c1", "if a:\n    b = 1\n    c = 2")], {},
    ),
    "split after it failed": (
        {"n1": "a = 1", "c1": "b = 2"}, [run(1, "c1", AB, succeeded=False)], {},
    ),
    "merged": (
        {"n1": "a = 1\n\nb = a"}, [run(1, "d1", "a = 1"), run(2, "d2", "b = a")], {"n1": (1, 2)},
    ),
    "merged into one of the two": (
        {"d2": "a = 1\nb = a"}, [run(1, "d1", "a = 1"), run(2, "d2", "b = a")], {"d2": (1, 2)},
    ),
    "merged, run in the other order": (
        {"n1": "a = 1\n\nb = 2"}, [run(2, "d1", "a = 1"), run(1, "d2", "b = 2")], {},
    ),
    "merged, one has not run": ({"n1": "a = 1\n\nb = 2"}, [run(1, "d1", "a = 1")], {}),
    "merged, one failed": (
        {"n1": "a = 1\n\nb"}, [run(1, "d1", "a = 1"), run(2, "d2", "b", succeeded=False)], {},
    ),
    "merged with a copy of a cell that is there": (
        {"d1": "a = 1", "n1": "a = 1\n\nb = a"},
        [run(1, "d1", "a = 1"), run(2, "d2", "b = a")], {},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_the_runs_of_cells(case: str) -> None:
    cells, runs, expected = CASES[case]
    graph = updated_graph(EMPTY_GRAPH, [Cell(*cell) for cell in cells.items()])
    matched = match_runs(graph, kernel(runs=runs), lambda it: it.cell_id != "console")
    found = {graph.cells[index].id: (*it.earlier, it.serial) for index, it in matched.runs.items()}
    assert found == expected
    assert all(it.source == graph.cells[index].source for index, it in matched.runs.items())


IN_BETWEEN: dict[str, tuple[HeldName, bool]] = {
    # what the kernel holds after runs 1 and 4 were merged; whether they count as one
    "what the lower one reads": (value("a", bound_by=run(2, "c2", "a = 3")), False),
    "what neither reads": (value("x", bound_by=run(2, "c2", "x = 3")), True),
    "what the lower one reads, before": (value("a", bound_by=run(1, "d1", "a = 1")), True),
}


@pytest.mark.parametrize("case", IN_BETWEEN)
def test_what_changed_between_the_runs_of_merged_cells(case: str) -> None:
    held, expected = IN_BETWEEN[case]
    graph = updated_graph(EMPTY_GRAPH, [Cell("n1", "a = 1\n\nb = a")])
    namespace = kernel(held, runs=[run(1, "d1", "a = 1"), run(4, "d2", "b = a")])
    assert bool(match_runs(graph, namespace, lambda _: True).runs) == expected


def test_a_part_that_ran_again_after_the_split() -> None:
    graph = updated_graph(EMPTY_GRAPH, [Cell("n1", "a = 1"), Cell("c1", "b = 2")])
    namespace = kernel(runs=[run(2, "c1", "b = 2")], former_runs=(run(1, "c1", AB),))
    matched = match_runs(graph, namespace, lambda _: True)
    assert {index: it.serial for index, it in matched.runs.items()} == {0: 1}
    assert (matched.cells[1].indexes, matched.cells[1].rest_index) == ((0,), 1)


def test_nothing_is_matched_where_ids_tell() -> None:
    graph = updated_graph(EMPTY_GRAPH, [Cell("c1", "a = 1"), Cell("c2", "b")])
    for runs in ([], [run(1, "c1", "a = 1"), run(2, "c2", "b")]):
        assert match_runs(graph, kernel(runs=runs), lambda _: True) is ALL_BY_ID
