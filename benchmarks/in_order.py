"""Is anything stale in a notebook that ran in order, and does the plan for stale cells fix it?

Each notebook runs from top to bottom in a new kernel, up to the first cell that fails: none of its
cells may be stale. Then a random one of them runs again, and after that the plan for the stale
cells: none may be left.

    python -m benchmarks.in_order notebooks --oracle oracle --kernel-python .venv-walks/bin/python

The notebooks are run: use only some that you would run yourself.
"""

# ruff: noqa: T201 - a script that prints

from __future__ import annotations

import argparse
import asyncio
import random
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from benchmarks.walks.kernels import KernelLost
from benchmarks.walks.live_notebook import LiveNotebook
from benchmarks.walks.notebooks import Notebook, notebooks_to_walk
from benchmarks.walks.server import Server

CELL_SECONDS = 20.0
NOTEBOOK_SECONDS = 60.0
"""Longer runs are stopped."""


def main() -> None:
    """Prints each cell that is stale and must not be, and how many cells were checked."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("notebooks", type=Path, help="a folder of notebooks")
    options.add_argument("--oracle", type=Path, help="what happened when they ran, one file each")
    options.add_argument(
        "--kernel-python", type=Path, required=True, help="the Python of the kernels"
    )
    options.add_argument("--seconds", type=float, default=1200, help="no more notebooks after that")
    asyncio.run(_run(options.parse_args()))


async def _run(options: argparse.Namespace) -> None:
    tally: Counter[str] = Counter()
    end = time.monotonic() + options.seconds
    with tempfile.TemporaryDirectory() as folder:
        async with Server(Path(folder), str(options.kernel_python.absolute())) as server:
            for notebook in notebooks_to_walk(options.notebooks, options.oracle, "all"):
                if time.monotonic() < end:
                    await _check(notebook, server, tally)
    for what, count in sorted(tally.items()):
        print(f"{count:6,}  {what}")


async def _check(notebook: Notebook, server: Server, tally: Counter[str]) -> None:
    kernel = await LiveNotebook.start(server, CELL_SECONDS, dict(notebook.cells))
    try:
        await kernel.connect()
        ran = await _run_cells(kernel, list(notebook.cells))
        stale = await _stale(kernel, ran)
        tally["notebooks"] += 1
        tally["cells that ran in order"] += len(ran)
        tally["of these stale"] += len(stale)
        _print_stale(notebook, "in order", stale)
        if ran and not stale:
            await _run_cells(kernel, [random.Random(notebook.name).choice(ran)])
            made_stale = await _stale(kernel, ran)
            plan = [step["cell_id"] for step in (await kernel.plan(None, "stale"))["steps"]]
            if await _run_cells(kernel, plan) == plan:
                left = await _stale(kernel, ran)
                tally["cells that were stale after one ran again"] += len(made_stale)
                tally["of these stale after the plan"] += len(left)
                _print_stale(notebook, "after the plan", left)
    except KernelLost:
        tally["notebooks whose kernel was lost"] += 1
    finally:
        await kernel.stop()


async def _run_cells(kernel: LiveNotebook, cells: Sequence[str]) -> list[str]:
    """Runs the cells up to the first that fails; returns those that ran."""
    end = time.monotonic() + NOTEBOOK_SECONDS
    ran = []
    for cell in cells:
        outcome = await kernel.execute(cell, names=())
        if outcome.kind != "ran" or time.monotonic() > end:
            break
        ran.append(cell)
    return ran


async def _stale(kernel: LiveNotebook, among: Sequence[str]) -> dict[str, str]:
    """The sentence on each stale cell, by cell id."""
    cells = (await kernel.report())["cells"]
    return {
        it["id"]: it["message"] for it in cells if it["status"] == "stale" and it["id"] in among
    }


def _print_stale(notebook: Notebook, when: str, stale: dict[str, str]) -> None:
    for cell, why in stale.items():
        print(
            f"{notebook.name}, {when}: cell {[*notebook.cells].index(cell) + 1}: {why}", flush=True
        )


if __name__ == "__main__":
    main()
