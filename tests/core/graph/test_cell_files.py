"""Which files does a cell read or write, judging by its text?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.graph.cell_files import files_read, files_written
from tests.core.tools.notebooks import notebook

CASES: dict[str, tuple[str, set[str], set[str]]] = {
    # a cell, the files that it reads, and those that it writes
    "calls": ("open('a.txt').read()\nopen('b.txt', 'w')", {"a.txt"}, {"b.txt"}),
    "the text of a cell": ("%%writefile ./a.txt\nx", set(), {"a.txt"}),
    "a part of its text": ("%%file -a a.txt\nx", set(), {"a.txt"}),
    "of a name": ("%%writefile {path}\nx", set(), set()),
    "a script": ("%run -i ./a.py 1", {"a.py"}, set()),
    "without its ending": ("%run a", {"a.py"}, set()),
    "a notebook": ("%run sub/a.ipynb", {"sub/a.ipynb"}, set()),
    "a module": ("%run -m a", set(), set()),
    "nothing": ("%run", set(), set()),
    "written and run": (
        "from pathlib import Path\nPath('a.py').write_text('1')\n%run a.py", set(), {"a.py"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_the_files_of(case: str) -> None:
    source, read, written = CASES[case]
    graph = notebook(source)
    assert (files_read(graph, 0), files_written(graph, 0)) == (read, written)
