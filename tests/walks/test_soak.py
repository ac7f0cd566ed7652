"""Can a notebook be disturbed in each way, and is its report right afterwards?"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from benchmarks.soaking.notebook import DISTURBANCES, SoakedNotebook
from benchmarks.walks.notebooks import Notebook
from benchmarks.walks.server import Server

NOTEBOOK = Notebook(
    "tiny", {"c1": "import math as m", "c2": "area = m.pi * r ** 2", "c3": "r = 2"}, left_out=0
)


async def soak(folder: Path) -> tuple[dict[str, int], list[str]]:
    """What happened to the notebook, and what is wrong with it in the end."""
    server = Server(folder, sys.executable, extension="benchmarks.soaking.counts")
    async with server:
        notebook = SoakedNotebook(server, NOTEBOOK, number=1, seed=1)
        await notebook.open()
        for kind in DISTURBANCES:
            await notebook.disturb(kind)
        steps = iter(range(4))
        await notebook.walk(lambda: next(steps, None) is not None)
        faults = await notebook.faults()
        await notebook.close()
        figures = await server.ask("GET", "soak/counts?forget=1&growth=1")
        assert min(figures[key] for key in ("tasks", "sockets", "descriptors", "blocks")) > 0
    return notebook.counts, faults


def test_a_short_soak(tmp_path: Path) -> None:
    counts, faults = asyncio.run(soak(tmp_path))
    assert faults == []
    assert counts.keys() >= DISTURBANCES.keys()
