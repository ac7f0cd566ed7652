"""Is a notebook judged truly whose cells are run by programs that send no cell ids?"""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

PROGRAMS = ["papermill", "nbclient", "jupyter_client"]


def counts(panel: Any) -> dict[str, int | None]:
    return {cell_id: cell["execution_count"] for cell_id, cell in panel.cells.items()}


@pytest.mark.parametrize("program", PROGRAMS)
async def test_texts_that_are_all_different(open_notebook: Any, program: str) -> None:
    cells = {"one": "x = [1]", "two": "x.append(2)", "three": "y = list(x)"}
    async with open_notebook(**cells) as notebook:
        panel = notebook.panel
        await asyncio.to_thread(notebook.run_program, program)
        await panel.until_statuses(one="fresh", two="fresh", three="fresh")
        assert counts(panel) == {"one": 1, "two": 2, "three": 3}
        await panel.show(cells | {"two": "x.append(3)"})
        await panel.until_statuses(one="fresh", two="stale", three="stale")
        assert panel.cells["two"]["message"] == "This cell was edited after it ran."
        assert counts(panel) == {"one": 1, "two": 2, "three": 3}
        await panel.show({"three": cells["three"]})
        await panel.until_statuses(three="at_risk")
        assert panel.cells["three"]["message"] == (
            "`x` was defined by a deleted cell; a restart will lose it."
        )


@pytest.mark.parametrize("program", PROGRAMS)
async def test_two_cells_with_the_same_text(open_notebook: Any, program: str) -> None:
    cells = {"one": "x = [1]", "two": "y = list(x)", "three": "x = [1]", "four": "z = list(x)"}
    async with open_notebook(**cells) as notebook:
        panel = notebook.panel
        await asyncio.to_thread(notebook.run_program, program)
        await panel.until(lambda it: counts(it)["four"] == 4)
        await panel.until_statuses(one="ready", two="stale", three="ready", four="stale")
        assert counts(panel) == {"one": None, "two": 2, "three": None, "four": 4}
        assert panel.cells["one"]["message"] == (
            "One of cells 1 and 3, which have the same text, ran as [3]; which one is not known."
        )


async def test_a_program_whose_cell_takes_long(open_notebook: Any, tmp_path: Path) -> None:
    go = tmp_path / "go"
    wait = f"import os, time\nwhile not os.path.exists({str(go)!r}): time.sleep(0.01)"
    async with open_notebook(one=wait, two="x = [1]") as notebook:
        panel = notebook.panel
        running = asyncio.create_task(asyncio.to_thread(notebook.run_program, "jupyter_client"))
        await panel.until(lambda it: it.kernel["state"] == "busy")
        assert panel.cells["one"]["status"] == "ready"
        go.touch()
        await running
        await panel.until_statuses(one="fresh", two="fresh")
