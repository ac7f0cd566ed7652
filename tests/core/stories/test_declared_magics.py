"""Is a text that ran read with the magics that the user has declared, as the cells are?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.graph.builder import updated_graph
from jupyter_namespace_viz.core.graph.dependency_graph import EMPTY_GRAPH
from jupyter_namespace_viz.core.kernel_state.namespace import Change, HeldName
from jupyter_namespace_viz.core.syntax.dialect import PYTHON, Dialect
from jupyter_namespace_viz.core.syntax.known_magics import user_magics
from jupyter_namespace_viz.core.verdicts.cell_status import judge
from jupyter_namespace_viz.core.verdicts.context import VerdictContext
from tests.core.tools.notebooks import cells, kernel, run

DECLARED = Dialect(magics=user_magics({"%%clocked": "python"}))

CASES = [
    # the body that ran, the body of the cell now, the name that is held, what the last cell reads,
    # and the sentences on the two cells
    pytest.param(
        "import numpy as np",
        "import numpy as np",
        HeldName("np", "instance", "int", "builtins"),
        "np.zeros(3)",
        [None, "`np` should be the module `numpy`, but cell 1 set it to an `int`."],
        id="a module that was overwritten",
    ),
    pytest.param(
        "def f():\n    return y",
        "def f():\n    return 1",
        HeldName("f", "function", "function", "__main__"),
        "f()",
        [
            "This cell was edited after it ran.",
            "`y` (used by `f`) is missing: no cell defines it.",
        ],
        id="what the function reads that the kernel holds",
    ),
]


@pytest.mark.parametrize(("ran", "now", "held", "reader", "expected"), CASES)
@pytest.mark.parametrize(("magic", "dialect"), [("%%clocked", DECLARED), ("%%time", PYTHON)])
def test_what_ran(
    magic: str,
    dialect: Dialect,
    ran: str,
    now: str,
    held: HeldName,
    reader: str,
    expected: list[str | None],
) -> None:
    before = run(1, "c1", f"{magic}\n{ran}")
    bound = HeldName(
        held.name,
        held.kind,
        held.type,
        held.module,
        bound_by=before,
        changes=(Change(1, "c1"),),
    )
    graph = updated_graph(EMPTY_GRAPH, cells(f"{magic}\n{now}", reader), dialect=dialect)
    found = judge(graph, VerdictContext(kernel(bound, runs=[before])))
    assert [cell.message for cell in found.cells] == expected
