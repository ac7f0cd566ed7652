"""Which star imports, `%run` and the like ran, in whichever cell or without one?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from jupyter_namespace_viz.core.analysis.reader import read_cell
from jupyter_namespace_viz.core.graph.builder import updated_graph
from jupyter_namespace_viz.core.graph.dependency_graph import EMPTY_GRAPH
from jupyter_namespace_viz.core.kernel_state.source_runs import (
    NotebookSources,
    codes_that_ran,
    has_code_run,
    imports_alike,
)
from tests.core.tools.notebooks import cells, kernel, notebook, run, value


def test_the_codes_that_ran() -> None:
    runs = [
        run(1, "c1", "from a import *\nimport b"),
        run(2, None, "%run f.py"),
        run(3, "gone", "%pylab inline"),
        run(4, "c2", "from failed import *", succeeded=False),
        run(5, "c3", "exec(text)"),
    ]
    ran = codes_that_ran(kernel(runs=runs), read_cell)
    assert ran == {"from a import *", "%run f.py", "from matplotlib.pylab import *"}
    assert has_code_run(read_cell("from a import *\n%run f.py\nx = 1"), ran)
    assert not has_code_run(read_cell("from a import *\nexec(text)"), ran)


ALIKE = [
    # the text that ran, the cell, whether both import `x` in the same way
    ("from m import x", "from m import x\ny = 1", True),
    ("from m import x", "from n import x", False),
    ("from m import *", "from m import *\ny = 1", True),
    ("from n import *\nfrom m import *", "from m import *", True),
    ("from n import *", "from m import *", False),
    ("from m import *\nx = 1", "from m import *", False),
    ("x = 1", "x = 1", False),
    ("%run f.py", "%run f.py", False),  # no import
]


@pytest.mark.parametrize(("ran", "cell", "expected"), ALIKE)
def test_the_same_import(ran: str, cell: str, expected: bool) -> None:
    graph = updated_graph(
        EMPTY_GRAPH, cells(cell, "x"), lambda it: None if str(it) == "n" else frozenset({"x"})
    )
    assert imports_alike(read_cell(ran), graph.names_at(0), "x") is expected


BOUND = [
    # the text that bound `x`, the index before which a cell has that source, whether one has it
    ("from m import *", None, True),
    ("from m import *", 2, True),
    ("from m import *", 1, False),
    ("from n import *", None, False),
    ("from m import *\nx = 1", None, False),
]


@pytest.mark.parametrize(("source", "before", "expected"), BOUND)
def test_what_a_source_of_the_notebook_bound(
    source: str, before: int | None, expected: bool
) -> None:
    sources = NotebookSources(notebook("y = 1", "from m import *\nz = 1"))
    held = value("x", bound_by=run(1, None, source))
    assert sources.bind(held, before) is expected
    assert not sources.bind(replace(held, bound_by=None), before)
