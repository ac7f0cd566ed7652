"""How long do the texts take that make readers slow, and how long do they delay the event loop?

Each kind of `tests/core/tools/hostile_texts.py` is read at the length of the longest cell, in a
process of its own: the processor's seconds, and the megabytes that this adds. Then a notebook with
the text is judged as the server judges one, at that length and at the longest that the server reads
in its own process, while a clock ticks on the event loop: the largest delay of a tick in
milliseconds, and the seconds until a small notebook had its verdicts that was to be judged at the
same time.

    python benchmarks/hostile.py cython sql
"""

# ruff: noqa: T201 - a script that prints

from __future__ import annotations

import argparse
import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from jupyter_namespace_viz.core.analysis.cell_names import Cell
from jupyter_namespace_viz.core.analysis.reader import MAX_SOURCE_CHARS, read_cell
from jupyter_namespace_viz.core.graph.dependency_graph import EMPTY_GRAPH
from jupyter_namespace_viz.core.syntax.dialect import PYTHON
from jupyter_namespace_viz.core.verdicts.context import NotebookClients
from jupyter_namespace_viz.notebook.assessment import assess
from jupyter_namespace_viz.notebook.reading.long_texts import LONG, LONG_TEXTS
from jupyter_namespace_viz.notebook.reading.reading_context import NO_KERNEL_CONTEXT
from jupyter_namespace_viz.notebook.threads import run_in_worker_thread
from tests.core.tools.hostile_texts import HOSTILE

TICK = 0.002

ROUNDS = 5
"""How often a delay is measured while it is above the limit."""

LIMITS = {"seconds": 1.0, "MB": 100.0, "delay": 50.0}
"""What is marked is above these."""

READ = """
import json, resource, sys, time
sys.path[:] = json.loads(sys.argv[1])
from jupyter_namespace_viz.core.analysis.reader import read_cell
from tests.core.tools.hostile_texts import HOSTILE
text = HOSTILE[sys.argv[2]](int(sys.argv[3]))
read_cell("%time x\\ny = = z?\\nf'{a}'")

def peak():
    # Linux counts what the process that started this one held into ru_maxrss.
    try:
        with open("/proc/self/status") as status:
            return next(int(line.split()[1]) for line in status if line.startswith("VmHWM:"))
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

before, begin = peak(), time.process_time()
problems = read_cell(text).problems
seconds = time.process_time() - begin
print(json.dumps([seconds, (peak() - before) / 1024, " ".join(it.kind for it in problems)]))
"""


def read_alone(kind: str) -> tuple[float, float, str]:
    """The seconds and megabytes that the longest text of the kind takes, and its problems."""
    program = [sys.executable, "-c", READ, json.dumps(sys.path), kind, str(MAX_SOURCE_CHARS)]
    ran = subprocess.run(program, capture_output=True, text=True, check=True)
    seconds, megabytes, problems = json.loads(ran.stdout)
    return seconds, megabytes, problems


async def judge(*sources: str) -> float:
    """Judge a notebook of these cells as the server does; the seconds that it took."""
    begin = time.perf_counter()
    cells = [Cell(str(index), source) for index, source in enumerate(sources)]
    await LONG_TEXTS.read(cells, PYTHON)
    await run_in_worker_thread(
        assess, EMPTY_GRAPH, cells, None, NO_KERNEL_CONTEXT, NotebookClients()
    )
    return time.perf_counter() - begin


async def largest_delay(ended: asyncio.Event) -> float:
    """The milliseconds by which a tick on the event loop was late at most."""
    largest = 0.0
    while not ended.is_set():
        begin = time.perf_counter()
        await asyncio.sleep(TICK)
        largest = max(largest, time.perf_counter() - begin - TICK)
    return 1e3 * largest


async def delay_of(text: str) -> tuple[float, float]:
    """The smallest of a few measurements: other programs delay the event loop, too."""
    measured = []
    while len(measured) < ROUNDS and (not measured or measured[-1][0] > LIMITS["delay"]):
        measured.append(await delay_of_one(text))
    return min(measured)


async def delay_of_one(text: str) -> tuple[float, float]:
    """The largest delay while the text is judged, and the seconds of a small notebook."""
    read_cell.cache_clear()
    ended = asyncio.Event()
    ticking = asyncio.create_task(largest_delay(ended))
    judging = asyncio.create_task(judge(text, "print(x)"))
    await asyncio.sleep(TICK)
    small = await judge("x = 1", "print(x)")
    await judging
    ended.set()
    return await ticking, small


async def measure(kinds: Iterable[str]) -> bool:
    """Print a line per kind; returns whether all are within the limits."""
    await judge("x = 1\n" * LONG)  # starts what is started once
    print("seconds    MB   delay of long   short text, ms   small notebook, s   problems   kind")
    are_all_fast = True
    for kind in kinds:
        seconds, megabytes, problems = read_alone(kind)
        long, small = await delay_of(HOSTILE[kind](MAX_SOURCE_CHARS))
        short, also_small = await delay_of(HOSTILE[kind](LONG))
        is_fast = (
            seconds <= LIMITS["seconds"]
            and megabytes <= LIMITS["MB"]
            and max(long, short) <= LIMITS["delay"]
        )
        are_all_fast &= is_fast
        print(
            f"{seconds:7.2f} {megabytes:5.0f} {long:15.0f} {short:16.0f}"
            f" {max(small, also_small):18.2f}   {problems or '-':12} {kind}"
            f"{'' if is_fast else '   <- above the limits'}",
            flush=True,
        )
    return are_all_fast


def main() -> None:
    """Measure all kinds, or those whose names have one of the words."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("words", nargs="*", help="only kinds with one of these words")
    words = parser.parse_args().words
    kinds = [it for it in HOSTILE if not words or any(word in it for word in words)]
    try:
        are_all_fast = asyncio.run(measure(kinds))
    finally:
        LONG_TEXTS.close()
    sys.exit(0 if are_all_fast else 1)


if __name__ == "__main__":
    main()
