"""How often is a NameError or a ModuleNotFoundError a surprise?

Takes seeded random walks through real notebooks, each in a real kernel of a real Jupyter server
with the extension: runs cells, mostly forward, edits and deletes some, restarts the kernel, deletes
and overwrites names from a console, runs remedies. Before each run it requests the report, and then
compares its verdict with the outcome. After each remedy its problem must be gone.

    python -m benchmarks.surprise notebooks --oracle oracle --kernel-python .venv-walks/bin/python

The notebooks are run: use only some that you would run yourself. Cells whose text reaches beyond
the scratch folder (shell commands, the network, files that are removed) are left out.
Every miss is printed with the arguments that repeat its walk:

    python -m benchmarks.surprise notebooks … --only NAME --seed 7 --until 31
"""

# ruff: noqa: T201 - a script that prints

from __future__ import annotations

import argparse
import asyncio
import itertools
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from typing import get_args

from tqdm import tqdm

from benchmarks.walks.agents import AskingAgent
from benchmarks.walks.checks import check_fresh, check_plans
from benchmarks.walks.notebooks import Notebook, Part, notebooks_to_walk
from benchmarks.walks.server import Server
from benchmarks.walks.steps import (
    DeleteCell,
    EditCell,
    Restart,
    RunCell,
    RunConsole,
    RunRemedy,
    Step,
    walk_through,
)
from benchmarks.walks.table import CheckedWalk, Miss, Row, counts, misses, rows
from benchmarks.walks.walking import Walk, Walker


async def main() -> int:
    """Walk, check and print; returns 1 where a goal is missed."""
    arguments = parsed_arguments()
    stop_on_signals()
    part: Part = "all" if arguments.only else arguments.part
    notebooks = list(notebooks_to_walk(arguments.folder, arguments.oracle, part))
    if arguments.only:
        notebooks = [it for it in notebooks if it.name == arguments.only]
    if not notebooks:
        sys.exit(f"{arguments.folder} has no notebook to walk through.")
    walks = itertools.islice(
        ((it, seed) for seed in itertools.count(arguments.seed) for it in notebooks),
        1 if arguments.only else arguments.walks,
    )
    checked: list[CheckedWalk] = []
    with suppress(asyncio.CancelledError):  # stopped by a signal: print the results so far
        await walk_and_check(list(walks), arguments, checked)
    table = rows(checked)
    print()
    print("\n".join(f"{number:>7,}  {what}" for what, number in counts(checked)))
    print()
    print("\n".join(map(row_line, table)))
    return 0 if all(row.is_met for row in table) else 1


async def walk_and_check(
    walks: list[tuple[Notebook, int]], arguments: argparse.Namespace, checked: list[CheckedWalk]
) -> None:
    """Take the walks through these notebooks, with these seeds, and print each miss at once."""
    with (
        tempfile.TemporaryDirectory() as folder,
        tqdm(walks, unit="walk") as bar,
    ):
        kernel_python = str(arguments.kernel_python.absolute())  # not resolved: a link in a venv
        async with AsyncExitStack() as stack:
            server = await stack.enter_async_context(Server(Path(folder), kernel_python))
            agent = AskingAgent(server) if arguments.agents else None
            if agent is not None:
                await stack.enter_async_context(agent)
            seconds = arguments.cell_seconds, arguments.walk_seconds
            walker = Walker(server, *seconds, agent, arguments.untagged)
            for notebook, seed in bar:
                steps = walk_through(notebook, seed, arguments.length)
                walk = await walker.walk(notebook, seed, itertools.islice(steps, arguments.until))
                checked.append(CheckedWalk(walk))
                if not arguments.walks_only:
                    checked[-1] = CheckedWalk(
                        walk,
                        await check_plans(walk, kernel_python, server.work, arguments.cell_seconds),
                        await check_fresh(walk, walker),
                    )
                if arguments.only:
                    tqdm.write("\n".join(walk_lines(walk)))
                for miss in misses(checked[-1]):
                    tqdm.write(f"{miss.text}\n    {replay_arguments(miss)}")


def parsed_arguments() -> argparse.Namespace:
    """The parsed command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path, help="where the notebooks are")
    parser.add_argument("--oracle", type=Path, help="what happened when they ran: only these then")
    parser.add_argument("--kernel-python", type=Path, default=Path(sys.executable))
    parser.add_argument("--part", choices=get_args(Part), default="open", help="default: open")
    parser.add_argument("--seed", type=int, default=1, help="of the first round of walks")
    parser.add_argument("--walks", type=int, default=150)
    parser.add_argument("--length", type=int, default=50, help="steps of a walk")
    parser.add_argument("--cell-seconds", type=float, default=10.0, help="then it is interrupted")
    parser.add_argument("--walk-seconds", type=float, default=120.0, help="then it ends early")
    parser.add_argument(
        "--untagged", type=float, default=0.0, help="share of the runs without a cell id"
    )
    parser.add_argument("--walks-only", action="store_true", help="re-run nothing afterwards")
    parser.add_argument("--agents", action="store_true", help="an agent asks before each run, too")
    parser.add_argument("--only", metavar="NAME", help="print one walk through it, step by step")
    parser.add_argument("--until", type=int, metavar="STEP", help="end each walk after this step")
    return parser.parse_args()


def stop_on_signals() -> None:
    """Let a signal cancel the walks, and so end the server and its kernels before the table."""
    walking = asyncio.current_task()
    assert walking is not None
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, walking.cancel)


def walk_lines(walk: Walk) -> Iterator[str]:
    """The steps of a walk, with the verdict and outcome of each run, as lines."""
    runs = {number: list(them) for number, them in itertools.groupby(walk.runs, lambda it: it.step)}
    remedies = {it.step: it for it in walk.remedy_runs}
    for number, step in enumerate(walk.steps, 1):
        yield f"{number:3} {step_line(step)}"
        if number in remedies:
            it = remedies[number]
            yield f"      {it.remedy} for {it.kind} {it.about}: {it.failed or '; '.join(it.left)}"
        for run in runs.get(number, ()):
            verdict = " ".join((run.verdict.status, *run.verdict.missing))
            yield f"      {run.why} {run.cell}: said {verdict}; {run.outcome.error or 'ran'}"
    if walk.lost:
        yield f"The kernel was lost: {walk.lost}"


def step_line(step: Step) -> str:
    """One step as a line."""
    match step:
        case RunCell(cell, plan_first):
            return f"run {cell}" + ", by its plan if it is blocked" * plan_first
        case EditCell(cell, _, what):
            return f"edit {cell}: {what}"
        case DeleteCell(cell):
            return f"delete {cell}"
        case RunConsole(code):
            return f"console: {code[:60]!r}"
        case RunRemedy():
            return "a remedy"
        case Restart():
            return "restart"


def replay_arguments(miss: Miss) -> str:
    """The arguments that repeat the walk up to the step of the miss."""
    until = "" if miss.step is None else f" --until {miss.step}"
    return f"--only {miss.walk.notebook.name} --seed {miss.walk.seed}{until}"


def row_line(row: Row) -> str:
    """One line of the table."""
    goal = "" if row.goal is None else f"goal {row.goal:g}"
    figure = f"{row.percent:7.2f} %  {row.good:>6,} of {row.cases:<6,}" if row.cases else "no case"
    return f"{row.what:64} {figure:26} {goal}{'' if row.is_met else '  MISSED'}"


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
