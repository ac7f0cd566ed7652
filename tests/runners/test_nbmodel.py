"""Is a notebook judged truly whose cells jupyter-server-nbmodel runs on the server?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

SAME = {"one": "x = [1]", "two": "y = list(x)", "three": "x = [1]", "four": "z = list(x)"}
READY = {"one": "ready", "two": "blocked", "three": "ready", "four": "blocked"}


async def test_the_cells_of_a_shared_document(open_notebook: Any) -> None:
    async with open_notebook(**SAME) as notebook:
        panel = notebook.panel
        document = await notebook.share()
        await panel.until_statuses(**READY)
        await notebook.start("three", document)
        await panel.until_statuses(one="ready", three="fresh", four="ready")
        for cell_id in ("one", "two", "four"):
            await notebook.start(cell_id, document)
        await panel.until_statuses(one="fresh", two="fresh", four="stale")
        counts = [cell["execution_count"] for cell in panel.cells.values()]
        assert counts == [2, 3, 1, 4]


async def test_the_cells_that_a_browser_has_in_flight(open_notebook: Any, tmp_path: Path) -> None:
    go = tmp_path / "go"
    wait = f"import os, time\nwhile not os.path.exists({str(go)!r}): time.sleep(0.01)\nx = [1]"
    slow = SAME | {"three": wait}
    async with open_notebook(**slow) as notebook:
        panel = notebook.panel
        await panel.until_statuses(**READY)
        panel.in_flight = ["three", "one"]
        await panel.show(slow)
        await notebook.start("three")
        await notebook.start("one")
        await panel.until(lambda it: it.kernel["state"] == "busy")
        await panel.until_statuses(one="queued", three="running")
        go.touch()
        await panel.until_statuses(one="fresh", three="fresh")


async def test_the_counts_that_appear_in_the_cells(open_notebook: Any) -> None:
    async with open_notebook(**SAME) as notebook:
        panel = notebook.panel
        panel.counts = dict.fromkeys(SAME)
        await panel.show(SAME)
        await panel.until_statuses(**READY)
        await notebook.start("three")
        await panel.until(lambda it: it.cells["one"]["message"] is not None)
        await panel.until_statuses(one="ready", three="ready", four="ready")
        panel.counts = {"three": 1}
        await panel.show(SAME)
        await panel.until_statuses(one="ready", three="fresh")
