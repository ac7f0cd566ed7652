"""Is what some cells would leave foreseen as it is when they have run?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.kernel_state.cell_runs import LastRuns
from jupyter_namespace_viz.core.plan.foreseen_runs import namespace_after, staleness_after
from tests.core.tools.played_kernel import PlayedKernel
from tests.core.tools.played_stories import play

CASES = [
    pytest.param(("x = [1]", "y = x", "z = y"), "1 2 3", "1", id="what reads a new object"),
    pytest.param(("x = [1]", "y = x", "z = y"), "1 2 3", "1 2 3", id="what ran again in order"),
    pytest.param(("x = 1", "y = x"), "1 2", "1", id="a constant"),
    pytest.param(("x = [1]", "x.append(2)", "y = len(x)"), "1 2 3", "2", id="a change in place"),
    pytest.param(("x = [1]", "del x", "x = [2]", "y = x"), "1 3 4", "2 3", id="a deletion"),
    pytest.param(("import re", "x = re"), "1 2", "1", id="a module"),
    pytest.param(("x = [1]", "y = x"), "1 2\n1: x = [2]", "1 2", id="an edited cell"),
]


def stale_cells(kernel: PlayedKernel) -> list[str]:
    judge = kernel.verdict().judge
    assert judge is not None
    return [cell for index, cell in enumerate(kernel.cells) if judge.staleness.of(index)]


@pytest.mark.parametrize(("sources", "story", "runs"), CASES)
def test_runs_are_foreseen(sources: tuple[str, ...], story: str, runs: str) -> None:
    kernel = play(sources, story)
    cells = [f"c{number}" for number in runs.split()]
    runs_now = LastRuns(kernel.graph, kernel.namespace)
    foreseen = staleness_after(kernel.graph, kernel.namespace, runs_now, cells)
    names = namespace_after(kernel.graph, kernel.namespace, cells).names.keys()
    for cell_id in cells:
        kernel.run(cell_id)
    found = [cell for index, cell in enumerate(kernel.cells) if foreseen.of(index)]
    assert found == stale_cells(kernel)
    assert names == kernel.namespace.names.keys()
