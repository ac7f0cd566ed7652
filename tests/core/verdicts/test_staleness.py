"""Would a run of the notebook in order give a cell what it got?"""

from __future__ import annotations

from pathlib import Path

import pytest

from jupyter_namespace_viz.core.kernel_state.cell_runs import LastRuns
from jupyter_namespace_viz.core.kernel_state.namespace import Change
from jupyter_namespace_viz.core.verdicts.staleness import Staleness
from jupyter_namespace_viz.core.verdicts.verdict_types import StaleCell
from tests.core.tools.notebooks import kernel, notebook, run
from tests.core.tools.played_kernel import PlayedKernel
from tests.core.tools.played_stories import play


def staleness(played: PlayedKernel) -> Staleness:
    """The staleness of what has run in the kernel."""
    graph, namespace = played.graph, played.namespace
    return Staleness(graph, namespace, LastRuns(graph, namespace))


XY = ("x = [1]", "y = list(x)")

STORIES: dict[str, tuple[tuple[str, ...], str, StaleCell | None]] = {
    # a notebook, what its user does, why its last cell is stale
    "it has not run": (XY, "1", None),
    "run in order": (XY, "1 2", None),
    "it failed": (("x = [1]", "x + n"), "1 2", None),
    "it was edited": (XY, "1 2\n2: y = [x]", StaleCell("edited")),
    "only its comment was": (XY, "1 2\n2: y = list(x)  # y", StaleCell("edited")),
    "the cell above ran again": (XY, "1 2 1", StaleCell("ran_again", "x", 0)),
    "with the same result": (("x = 1", "y = x"), "1 2 1", None),
    "the cell above was edited": (XY, "1 2\n1: x = [2]", StaleCell("input", "x", 0)),
    "a cell between changed it in place": (
        ("x = [1]", "x.append(2)", "y = list(x)"), "1 3 2", StaleCell("mutated", "x", 1)
    ),
    "a cell between never ran": (
        ("x = [1]", "x = [2]", "y = list(x)"), "1 3", StaleCell("not_run", "x", 1)
    ),
    "a cell between never ran, but would give the same": (
        ("x = 1", "x = 1", "y = [x]"), "1 3", None
    ),
    "so would it, but the value is of other code": (
        ("x = 1", "x = 1", "y = [x]"), "1\nconsole: x = 2\n3", StaleCell("not_run", "x", 1)
    ),
    "the cell above failed since": (
        ("x = [1]; 1 / n", "y = list(x)"), "console: n = 1\n1 2\nconsole: n = 0\n1",
        StaleCell("failed", "x", 0),
    ),
    "it read what a console had bound": (
        XY, "1\nconsole: x = [7]\n2", StaleCell("other_value", "x", 0, Change(2, "k1"))
    ),
    "it read what it had made itself": (
        ("x = [1]", "x = x + x"), "1 2 2", StaleCell("other_value", "x", 0, Change(2, "c2"))
    ),
    "a cell above deletes it": (
        ("x = [1]", "del x", "y = list(x)"), "1 3", StaleCell("deleted", "x", 1)
    ),
    "no cell above gives it": (
        ("1", "y = list(x)"), "console: x = [1]\n2", StaleCell("no_cell", "x")
    ),
    "it drew other random numbers": (
        ("import random; random.seed(1)", "a = [random.random()]", "b = [random.random()]"),
        "1 3 2", StaleCell("other_draws", "Python's random numbers"),
    ),
    "its object was mutated under another name": (
        ("a = []", "b = a", "a.append(1)", "print(b)"), "1 2 3 4 3",
        StaleCell("mutated", "b", 2),
    ),
    "a part of its object was mutated": (
        ("class C: pass", "a = C(); a.rows = []; b = a.rows", "b.append(1)", "print(a.rows)"),
        "1 2 3 4 3", StaleCell("mutated", "a", 2),
    ),
    "two names of one object, in order": (
        ("a = []", "b = a", "a.append(1)", "print(b)"), "1 2 3 4", None,
    ),
    "two names, and the object is no longer theirs both": (
        ("a = []", "b = a", "b = []", "a.append(1)", "print(b)"), "1 2 3 4 5 4", None,
    ),
    "a module is always the same one": (("import math", "math.pi"), "1 2 1", None),
}  # fmt: skip


@pytest.mark.parametrize("case", STORIES)
def test_why_a_cell_is_stale(case: str) -> None:
    sources, story, expected = STORIES[case]
    assert staleness(play(sources, story)).of(len(sources) - 1) == expected


@pytest.mark.parametrize(
    ("story", "expected"),
    [
        ("1 2 3", None),
        ("1 2 3 1", StaleCell("mutated", "a.txt", 0)),
        ("1 2 3 2", None),
        ("1 2 3 1 3", None),
        ("1 3 2 1", StaleCell("mutated", "a.txt", 0)),
        ("3 2", None),
    ],
)
def test_a_file_that_a_cell_above_has_written_again(
    story: str, expected: StaleCell | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("before")
    cells = (
        "with open('a.txt', 'w') as file: _ = file.write('1')",
        "with open('b.txt', 'w') as file: _ = file.write('1')",
        "from pathlib import Path\ntext = Path('./a.txt').read_text()",
    )
    assert staleness(play(cells, story)).of(2) == expected


def test_a_script_that_a_cell_above_has_written_again() -> None:
    writes, runs = "%%writefile a.py\nx = 1", "%run a.py"
    graph = notebook(writes, runs)
    again = kernel(runs=[run(3, "c1", writes), run(2, "c2", runs)])
    in_order = kernel(runs=[run(1, "c1", writes), run(2, "c2", runs)])
    found = [Staleness(graph, it, LastRuns(graph, it)).of(1) for it in (again, in_order)]
    assert found == [StaleCell("mutated", "a.py", 0), None]


def test_a_cell_below_that_binds_a_name_gives_it_to_no_cell_above() -> None:
    found = staleness(play(("y = list(x)", "x = [1]"), "2 1"))
    assert found.of(0) == StaleCell("later_cell", "x", 1)
    assert found.of(1) is None


def test_a_cell_that_is_stale_may_give_the_same_names_all_the_same() -> None:
    found = staleness(play(("x = 1", "1"), "1\n1: x = 1; y = [2]"))
    assert found.of(0) == StaleCell("edited")
    assert not found.is_stale(0, "x")
    assert found.is_stale(0, "y")
    assert not found.is_stale(1, "x")
