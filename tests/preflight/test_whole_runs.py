"""Which notebooks are refused before they run, by a call and by papermill's engine?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import papermill
import pytest
from papermill.engines import papermill_engines

from jupyter_namespace_viz.preflight.papermill_engine import PreflightEngine
from jupyter_namespace_viz.preflight.whole_runs import WouldRaise, refuse_what_would_raise

NO_CELL = "no cell defines it. Define or import it above."

KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}


def notebook(*sources: str) -> Any:
    new = nbformat.v4
    cells = [new.new_markdown_cell("# Title"), *map(new.new_code_cell, sources)]
    return new.new_notebook(cells=cells, metadata={"kernelspec": KERNEL})


@pytest.mark.parametrize(
    ("sources", "message"),
    [
        (("a = 1", "a"), None),
        (("import os", "if os.sep == '?':\n    perhaps"), None),
        (
            ("a = 1", "\nabsent"),
            f"cell 2, line 2: NameError: `absent` would be missing: {NO_CELL}",
        ),
        (
            ("one", "two"),
            f"cell 1, line 1: NameError: `one` would be missing: {NO_CELL}\n"
            f"cell 2, line 1: NameError: `two` would be missing: {NO_CELL}",
        ),
    ],
)
def test_runs(sources: tuple[str, ...], message: str | None) -> None:
    if message is None:
        refuse_what_would_raise(notebook(*sources))
        return
    with pytest.raises(WouldRaise) as caught:
        refuse_what_would_raise(notebook(*sources))
    assert str(caught.value) == message


def test_an_error_that_is_expected() -> None:
    expected = notebook("absent")
    expected.cells[1].metadata["tags"] = ["raises-exception"]
    refuse_what_would_raise(expected)
    with pytest.raises(WouldRaise, match="`absent` would be missing"):
        refuse_what_would_raise(expected, may_raise=False)


def test_files_next_to_the_notebook(tmp_path: Path) -> None:
    importing = notebook("import module_beside_the_notebook")
    with pytest.raises(WouldRaise, match="ModuleNotFoundError"):
        refuse_what_would_raise(importing, folder=tmp_path)
    (tmp_path / "module_beside_the_notebook.py").touch()
    refuse_what_would_raise(importing, folder=tmp_path)


def test_papermill_begins_no_run_that_would_raise(tmp_path: Path) -> None:
    papermill_engines.register("namespace-viz", PreflightEngine)
    source, target = tmp_path / "in.ipynb", tmp_path / "out.ipynb"
    marker = tmp_path / "ran"
    nbformat.write(notebook(f"open({str(marker)!r}, 'w').close()", "print(rate)"), source)
    run = {"engine_name": "namespace-viz", "progress_bar": False, "cwd": str(tmp_path)}
    with pytest.raises(WouldRaise, match="cell 2, line 1: NameError: `rate` would be missing"):
        papermill.execute_notebook(source, target, **run)
    assert not marker.exists()
    ran = papermill.execute_notebook(source, target, parameters={"rate": 7}, **run)
    assert marker.exists()
    assert ran.cells[-1].outputs[0].text == "7\n"
