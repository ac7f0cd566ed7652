"""How long does what an attacker does delay the event loop of a real server?

Each hostile cell, notebook, message, file and kernel is tried on a server in a process of its
own, in which a clock ticks (`hostility/clock.py`). A line has the median of three tries, in
milliseconds: the largest delay of a tick; the part of such a delay for which the server itself
worked, where other programs take the processor too; that part on a server without this extension,
whose kernel does the same; the processor's time of the longest call on the loop; and the longest
search for garbage, which delays the loop wherever it runs. Then come the seconds until all was
answered. The first line is of a try with nothing hostile. A try below the limit is not repeated.

    python benchmarks/event_loop.py notebook: kernel:
"""

# ruff: noqa: T201 - a script that prints

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))
from benchmarks.hostility.attack import Attacker
from benchmarks.hostility.attacks import ATTACKS, Attack, make_files
from tests.running_server import RunningServer, running_server

ROOT = Path(__file__).parents[1]

LIMIT = 50.0
"""Milliseconds by which the event loop may be delayed, whatever the reason."""

TRIES = 3

PATIENCE = 180
"""Seconds until an attack is given up; a panel is disconnected before, where its plan takes longer
than the server waits for an answer to a ping."""

WITHOUT_PANEL = "kernel: "
"""How the names of attacks begin that reach a server without this extension, too."""


@contextmanager
def started_server(is_watched: bool) -> Iterator[RunningServer]:
    """A server with a clock, and with this extension or not."""
    extensions = {
        "jupyter_namespace_viz": is_watched,
        "benchmarks.hostility.clock": True,
        "jupyterlab": False,
        "notebook": False,
    }
    option = f"--ServerApp.jpserver_extensions={extensions}"
    with tempfile.TemporaryDirectory() as home, running_server(Path(home), option) as server:
        yield server


async def tried(attacker: Attacker, attack: Attack) -> dict[str, Any]:
    """The figures of one try."""
    await attacker.ask("event-loop/delays")
    begin = time.perf_counter()
    try:
        await asyncio.wait_for(attack(attacker), PATIENCE)
        failure = ""
    except (OSError, AssertionError, asyncio.TimeoutError) as error:
        failure = repr(error)
    seconds = time.perf_counter() - begin
    figures: dict[str, Any] = json.loads((await attacker.ask("event-loop/delays"))[1])
    await attacker.end()
    return {**figures, "seconds": seconds, "failure": failure}


async def measure(
    server: RunningServer, plain: RunningServer, words: list[str], tries: int
) -> bool:
    """Print a line for each attack; returns whether all are within the limit."""
    print(
        f"{'delay':>7} {'own':>6} {'plain':>6} {'task':>6} {'garbage':>7} {'seconds':>8}   attack"
    )
    are_all_fast = True
    for name, attack in ATTACKS.items():
        if words and not any(word in name for word in ("nothing", *words)):
            continue
        of_others = 0.0
        if name.startswith(WITHOUT_PANEL):
            of_others = (await tried(Attacker(plain, is_watched=False), attack))["own"]
        found = [await tried(Attacker(server), attack)]
        while len(found) < tries and found[0]["delay"] > LIMIT:
            found.append(await tried(Attacker(server), attack))
        delay, own, task, garbage, seconds = (
            statistics.median_low(it[key] for it in found)
            for key in ("delay", "own", "task", "collection", "seconds")
        )
        is_fast = delay <= LIMIT
        are_all_fast &= is_fast
        of = max(found, key=lambda it: it["task"])["of"] if task > LIMIT else ""
        failures = {it["failure"] for it in found} - {""}
        print(
            f"{delay:7.0f} {own:6.0f} {of_others:6.0f} {task:6.0f} {garbage:7.0f} {seconds:8.2f}"
            f"   {name}"
            f"{'' if is_fast else '   <- above the limit'} {of} {' '.join(failures)}".rstrip(),
            flush=True,
        )
    return are_all_fast


def main() -> None:
    """Measure all attacks, or those whose names have one of the words."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("words", nargs="*", help="only attacks with one of these words")
    parser.add_argument("--tries", type=int, default=TRIES)
    arguments = parser.parse_args()
    os.environ["PYTHONPATH"] = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    with started_server(True) as server, started_server(False) as plain:
        make_files(server.root / "files")
        are_all_fast = asyncio.run(measure(server, plain, arguments.words, arguments.tries))
    sys.exit(0 if are_all_fast else 1)


if __name__ == "__main__":
    main()
