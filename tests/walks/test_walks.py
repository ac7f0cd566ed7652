"""Do walks record verdicts and outcomes, in a real kernel of a real server?"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from benchmarks.walks.checks import FreshCheck, PlanCheck, check_fresh, check_plans
from benchmarks.walks.notebooks import Notebook
from benchmarks.walks.outcomes import compare
from benchmarks.walks.server import Server
from benchmarks.walks.steps import (
    DeleteCell,
    EditCell,
    Restart,
    RunCell,
    RunConsole,
    RunRemedy,
    Step,
)
from benchmarks.walks.table import CheckedWalk, misses, rows
from benchmarks.walks.walking import Walker

NOTEBOOK = Notebook(
    "tiny",
    {
        "c1": "import math as m",
        "c2": "def area(r):\n    return m.pi * r ** 2",
        "c3": "radius = 2",
        "c4": "from nowhere_at_all import thing",
        "c5": "total = area(radius)",
        "c6": "open(radius + absent)",
    },
    left_out=0,
)

STEPS: list[Step] = [
    RunCell("c2", plan_first=False),
    RunCell("c5", plan_first=True),
    RunCell("c4", plan_first=False),
    RunConsole("del m"),
    RunCell("c5", plan_first=False),
    RunConsole("m = 3"),
    RunCell("c5", plan_first=False),
    EditCell("c6", "open('not there')", "without its names"),
    RunCell("c6", plan_first=False),
    Restart(),
    DeleteCell("c4"),
    RunCell("c3", plan_first=False),
    RunCell("c5", plan_first=False),
    RunCell("c1", plan_first=False),
    RunRemedy(0.0),
]

ENDINGS = """
1 walk c2: ready, ran: quiet
2 plan c1: ready, ran: quiet
2 plan c3: ready, ran: quiet
2 target c5: ready, ran: quiet
3 walk c4: blocked nowhere_at_all, module nowhere_at_all: predicted
5 walk c5: blocked m, name m: predicted
7 walk c5: at_risk, other: quiet
9 walk c6: ready, other: quiet
12 walk c3: ready, ran: quiet
13 walk c5: blocked area m, name area: predicted
14 walk c1: ready, ran: quiet
"""


async def checked_walk(folder: Path) -> CheckedWalk:
    async with Server(folder, sys.executable) as server:
        walker = Walker(server, cell_seconds=30, walk_seconds=300)
        walk = await walker.walk(NOTEBOOK, 0, STEPS)
        plans = await check_plans(walk, sys.executable, server.work, 30)
        return CheckedWalk(walk, plans, await check_fresh(walk, walker))


def test_a_walk_records_verdicts_and_outcomes(tmp_path: Path) -> None:
    checked = asyncio.run(checked_walk(tmp_path))
    endings = [
        f"{run.step} {run.why} {run.cell}: {' '.join((run.verdict.status, *run.verdict.missing))}, "
        f"{' '.join(filter(None, (run.outcome.kind, run.outcome.name)))}: "
        f"{compare(run.verdict, run.outcome)}"
        for run in checked.walk.runs
    ]
    assert endings == ENDINGS.strip().split("\n")
    assert checked.walk.lost is None
    (plan_run,) = checked.walk.plan_runs
    assert checked.plans == [PlanCheck(plan_run, None)]
    assert checked.fresh == [FreshCheck("c1", "same"), FreshCheck("c3", "same")]
    (remedy_run,) = checked.walk.remedy_runs
    assert (remedy_run.remedy, remedy_run.about) == ("run_needed", "area of c5")
    assert list(misses(checked)) == []
    assert [(row.good, row.cases) for row in rows([checked])] == [
        (3, 3),
        (2, 3),  # a naive watcher does not see that `area` needs `m`
        (3, 3),
        (2, 2),
        (1, 1),
        (1, 1),
        (2, 2),
        (0, 0),  # all runs have a cell id
        (1, 1),
    ]


TWINS = Notebook(
    "twins",
    {"c1": "x = [0]", "c2": "x.append(1)", "c3": "y = list(x)", "c4": "x.append(1)"},
    left_out=0,
)


async def walk_without_ids(folder: Path) -> CheckedWalk:
    async with Server(folder, sys.executable) as server:
        walker = Walker(server, cell_seconds=30, walk_seconds=300, untagged=1.0)
        steps: list[Step] = [RunCell(it, plan_first=False) for it in ("c1", "c2", "c3", "c4")]
        walk = await walker.walk(TWINS, 0, [*steps, EditCell("c1", "x = [2]", "another value")])
        return CheckedWalk(walk, (), await check_fresh(walk, walker))


def test_a_walk_whose_runs_have_no_cell_ids(tmp_path: Path) -> None:
    checked = asyncio.run(walk_without_ids(tmp_path))
    assert [(it.cell, it.given_to) for it in checked.walk.untagged_runs] == [
        ("c1", ("c1",)), ("c2", ()), ("c3", ("c3",)), ("c4", ()),
    ]  # fmt: skip
    assert checked.fresh == []
    assert list(misses(checked)) == []
