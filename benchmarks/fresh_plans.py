"""Does a cell that runs by its plan in a fresh kernel do what it does in order?

Each notebook runs from top to bottom, twice, up to the first cell that fails. Then the plans for
random cells of it run, each in a fresh kernel and an empty folder. The cell must raise the same
error as in order, or none, and bind the same values; those that differ between the two runs in
order are not compared.

    python -m benchmarks.fresh_plans notebooks --kernel-python .venv-walks/bin/python

The notebooks are run: use only some that you would run yourself.
"""

# ruff: noqa: T201 - a script that prints

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarks.walks.kernels import KernelLost
from benchmarks.walks.live_notebook import LiveNotebook
from benchmarks.walks.notebooks import Notebook, notebooks_to_walk
from benchmarks.walks.outcomes import Outcome
from benchmarks.walks.server import Server
from benchmarks.walks.walking import OrderedRun, Walker

CELL_SECONDS = 20.0
NOTEBOOK_SECONDS = 60.0
"""Longer runs are stopped."""

GOAL = 99.0
"""Percent of the cells that do the same."""


def main() -> int:
    """Prints each cell that does something else, and the share of those that do the same; returns 1
    where the goal is missed.
    """
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("notebooks", type=Path, help="a folder of notebooks")
    options.add_argument("--oracle", type=Path, help="what happened when they ran, one file each")
    options.add_argument(
        "--kernel-python", type=Path, required=True, help="the Python of the kernels"
    )
    options.add_argument("--seed", type=int, default=1, help="of the choice of cells")
    options.add_argument("--cells", type=int, default=3, help="cells of each notebook")
    options.add_argument("--seconds", type=float, default=1200, help="no more notebooks after that")
    return asyncio.run(_run(options.parse_args()))


async def _run(options: argparse.Namespace) -> int:
    tally: Counter[bool] = Counter()
    end = time.monotonic() + options.seconds
    notebooks = list(notebooks_to_walk(options.notebooks, options.oracle, "all"))
    chance = random.Random(options.seed)
    chance.shuffle(notebooks)
    with tempfile.TemporaryDirectory() as folder:
        async with Server(Path(folder), str(options.kernel_python.absolute())) as server:
            for notebook in notebooks:
                if time.monotonic() < end:
                    tally.update(await _check(notebook, server, chance, options.cells))
    total = tally.total()
    percent = 100 * tally[True] / total if total else 100.0
    print(f"{percent:.2f} % of {total:,} cells do by their plan what they do in order")
    return 0 if percent >= GOAL else 1


async def _check(
    notebook: Notebook, server: Server, chance: random.Random, count: int
) -> list[bool]:
    """Whether each of some cells does the same; prints those that do not."""
    walker = Walker(server, CELL_SECONDS, NOTEBOOK_SECONDS)
    once, twice = [await walker.run_in_order(dict(notebook.cells)) for _ in range(2)]
    comparable = list(_comparable(notebook, once, twice))
    found = []
    for cell in chance.sample(comparable, min(count, len(comparable))):
        try:
            outcome, values, steps = await _run_by_plan(notebook, server, cell)
        except KernelLost:
            continue
        if outcome.kind == "too_long":
            continue
        difference = _difference(once[cell], twice[cell], outcome, values)
        found.append(difference is None)
        if difference is not None:
            print(f"{notebook.name} {cell} after {' '.join(steps) or 'no step'}: {difference}")
            sys.stdout.flush()
    return found


def _comparable(
    notebook: Notebook, once: Mapping[str, OrderedRun], twice: Mapping[str, OrderedRun]
) -> Iterator[str]:
    """The cells up to the first that fails, if they end alike each time."""
    for cell in notebook.cells:
        first, second = once.get(cell), twice.get(cell)
        if first is None or second is None or first.outcome != second.outcome:
            return
        if first.outcome.kind == "too_long":
            return
        yield cell
        if first.outcome.error is not None:
            return


async def _run_by_plan(
    notebook: Notebook, server: Server, cell: str
) -> tuple[Outcome, Mapping[str, str | None], list[str]]:
    """How the cell ended, what it bound, and the steps before it: the plan for it, in a fresh
    kernel.
    """
    kernel = await LiveNotebook.start(server, CELL_SECONDS, dict(notebook.cells))
    try:
        await kernel.connect()
        steps = []
        for step in (await kernel.plan(cell, "cells"))["steps"]:
            steps.append(step["cell_id"])
            if step["code"] is not None:
                await kernel.run_code(step["code"])
                continue
            outcome = await kernel.execute(step["cell_id"], names=())
            if outcome.kind != "ran":
                return outcome, {}, steps
        outcome = await kernel.execute(cell)
        return outcome, kernel.fingerprints.get(cell, {}), steps
    finally:
        await kernel.stop()


def _difference(
    once: OrderedRun, twice: OrderedRun, outcome: Outcome, values: Mapping[str, str | None]
) -> str | None:
    """What the cell did otherwise than in order, None if nothing."""
    if outcome.kind != once.outcome.kind or outcome.name != once.outcome.name:
        return f"{outcome.error or 'ran'}, in order {once.outcome.error or 'it ran'}"
    same = [
        name
        for name, value in once.fingerprints.items()
        if value is not None and twice.fingerprints.get(name) == value
    ]
    other = [name for name in same if values.get(name) not in {None, once.fingerprints[name]}]
    return f"other values of {', '.join(other)}" if other else None


if __name__ == "__main__":
    sys.exit(main())
