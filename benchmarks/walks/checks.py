"""What is checked after a walk, in separate processes and kernels?"""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import Any, Literal

from benchmarks.walks.live_notebook import FreshCell
from benchmarks.walks.walking import OrderedRun, PlanRun, Walk, Walker
from jupyter_namespace_viz.core.analysis.reader import read_cell

SEARCH_SECONDS = 90.0
SEARCHES_A_WALK = 2
LONGEST_STORY = 40
"""The most runs of one generation that a search repeats."""

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class PlanCheck:
    """The plan of a mending against all shorter lists of cells; `shorter` is one that works.

    `left_out` says why there is no answer.
    """

    plan_run: PlanRun
    shorter: tuple[str, ...] | None
    left_out: str | None = None


Staleness = Literal["same", "other", "raises", "not_run", "left_out"]


@dataclass(frozen=True, slots=True)
class FreshCheck:
    """A fresh cell against a re-run in document order.

    `names` are those that differ, or the one that the re-run misses.
    """

    cell: str
    found: Staleness
    names: tuple[str, ...] = ()


async def check_plans(
    walk: Walk, kernel_python: str, folder: Path, seconds: float
) -> list[PlanCheck]:
    """Whether the first plans of the walk that worked, and have several steps, are the shortest."""
    small = [
        it
        for it in walk.plan_runs
        if len(it.plan) > 1
        and not it.unresolved
        and it.runs[-1].why == "target"
        and it.runs[-1].outcome.kind not in {"name", "module"}
        and len(it.before) <= LONGEST_STORY
    ]
    # The search runs whole cells.
    of_imports = [PlanCheck(it, None, "a step runs only imports") for it in small if it.has_imports]
    searched = [it for it in small if not it.has_imports][:SEARCHES_A_WALK]
    return of_imports + [await _search(it, kernel_python, folder, seconds) for it in searched]


async def _search(plan_run: PlanRun, kernel_python: str, folder: Path, seconds: float) -> PlanCheck:
    question = {
        "before": plan_run.before,
        "cells": plan_run.cells,
        "target": plan_run.cell,
        "plan": plan_run.plan,
        "changes": {cell: sorted(read_cell(it).mutated) for cell, it in plan_run.cells.items()},
        "seconds": seconds,
    }
    process = await asyncio.create_subprocess_exec(
        *(kernel_python, "-m", "benchmarks.walks.shortest_search"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        cwd=folder,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "MPLBACKEND": "Agg",
            "PYTHONHASHSEED": "0",
            "PYTHONWARNINGS": "ignore",
            "OPENBLAS_NUM_THREADS": "1",
            "OMP_NUM_THREADS": "1",
            "HOME": str(folder),
            "IPYTHONDIR": str(folder),
        },
        start_new_session=True,
    )
    try:
        asked = process.communicate(json.dumps(question).encode())
        text, _ = await asyncio.wait_for(asked, SEARCH_SECONDS)
        answer: dict[str, Any] = json.loads(text)
    except asyncio.TimeoutError:
        os.killpg(process.pid, 9)
        await process.wait()
        answer = {"left_out": "took too long"}
    except json.JSONDecodeError:
        answer = {"left_out": "the search broke"}
    shorter = answer.get("shortest")
    if shorter is not None and len(shorter) >= len(plan_run.plan) - len(plan_run.optional):
        return PlanCheck(plan_run, None, "a step brings what the cell reads perhaps")
    return PlanCheck(plan_run, None if shorter is None else tuple(shorter), answer.get("left_out"))


async def check_fresh(walk: Walk, walker: Walker) -> list[FreshCheck]:
    """Whether a re-run in document order binds the same again.

    Names that differ between two such re-runs are not compared.
    """
    if not walk.fresh:
        return []
    once = await walker.run_in_order(walk.cells)
    found = list(_differences(walk.fresh, once))
    if all(it.found in {"same", "left_out"} for it in found):
        return found
    twice = await walker.run_in_order(walk.cells)
    return list(_differences(walk.fresh, once, twice))


def _differences(
    fresh: list[FreshCell],
    once: dict[str, OrderedRun],
    twice: dict[str, OrderedRun] | None = None,
) -> Iterator[FreshCheck]:
    once, twice = _before_interrupt(once), _before_interrupt(once if twice is None else twice)
    for it in fresh:
        run, again = once.get(it.cell), twice.get(it.cell)
        if not it.has_run:
            yield FreshCheck(it.cell, "not_run")
        elif run is None or again is None or run.outcome.kind != again.outcome.kind:
            yield FreshCheck(it.cell, "left_out")
        elif run.outcome.kind in {"name", "module"}:
            yield FreshCheck(it.cell, "raises", (str(run.outcome.name),))
        elif run.outcome.kind != "ran":
            yield FreshCheck(it.cell, "left_out")
        else:
            names = [
                name
                for name, fingerprint in it.fingerprints.items()
                if fingerprint is not None
                and run.fingerprints.get(name) is not None
                and run.fingerprints[name] == again.fingerprints.get(name)
            ]
            other = [n for n in names if it.fingerprints[n] != run.fingerprints[n]]
            kind: Staleness = "left_out" if not names else "other" if other else "same"
            yield FreshCheck(it.cell, kind, tuple(other))


def _before_interrupt(runs: dict[str, OrderedRun]) -> dict[str, OrderedRun]:
    """The runs before the first cell that took too long; those after it cannot be compared."""
    return dict(takewhile(lambda it: it[1].outcome.kind != "too_long", runs.items()))
