"""Is everything still right, and nothing left over, after hours of use?

Ten notebooks with a kernel each are walked through at the same time, in a real Jupyter server with
the extension: cells run, are typed in, edited and deleted; kernels are restarted and killed; panels
are closed, opened again, cut off and do not read; the server is restarted, once as a user does and
once by a crash. At the end of each life of the server

- each panel must know what a fresh one is told, and the kernel's names are those that it holds;
- each kernel has one comm of ours;
- without notebooks, the server has the tasks, sockets, descriptors, threads, processes and the
  memory that it had after a first, short round;
- the server's log is empty of errors, and no process remains.

    python -m benchmarks.soak notebooks --seconds 3600
"""

# ruff: noqa: T201 - a script that prints

from __future__ import annotations

import argparse
import asyncio
import itertools
import re
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil

from benchmarks.soaking.notebook import SoakedNotebook, in_turn, totals
from benchmarks.walks.notebooks import Notebook, notebooks_to_walk
from benchmarks.walks.server import PATIENCE, Server

NOTEBOOKS = 10

LIVES = (0.2, 0.2, 0.6)
"""The parts of the time that the server lives: the last one is the longest, and shows most."""

FIRST_ROUND = 40.0
"""Seconds, at most, of the round after which the server's figures are taken."""

EXACT = ("tasks", "sockets", "descriptors", "threads", "processes")
MOST_GROWTH = {"blocks": 1.02, "memory": 1.25}
"""Parts of what there was: Python and its libraries keep a little for each thing they see first,
and pages that were full once stay with the process. The blocks are what is really in use."""

# Kernels write to the same file.
_ERROR = re.compile(
    r"^\[[EC] .*ServerApp\] (?!received signal|Shutting down).*(?:\n(?!\[).*)*", re.MULTILINE
)

PAUSE = 1.0
"""Seconds between two questions whether the server is at rest."""


async def main() -> int:
    """Soak and print; returns 1 where something is wrong."""
    arguments = parsed_arguments()
    notebooks = list(notebooks_to_walk(arguments.folder, None, "all"))
    if not notebooks:
        sys.exit(f"{arguments.folder} has no notebook to walk through.")
    chosen = list(itertools.islice(itertools.cycle(notebooks), NOTEBOOKS))
    faults: list[str] = []
    for life, part in enumerate(LIVES):
        with tempfile.TemporaryDirectory() as folder:
            soak = Soak(Path(folder), arguments, chosen, arguments.seed + 1000 * life)
            faults += await soak.live(arguments.seconds * part, crashes=life == 1)
    print("\n".join(faults) or "Nothing is wrong.")
    return 1 if faults else 0


class Soak:
    """One life of a server, and the notebooks that are open in it."""

    def __init__(
        self, folder: Path, arguments: argparse.Namespace, notebooks: list[Notebook], seed: int
    ) -> None:
        self._server = Server(
            folder,
            str(arguments.kernel_python.absolute()),  # not resolved: a link in a venv
            "--NamespaceVizApp.disconnect_after=1",
            extension="benchmarks.soaking.counts",
        )
        self._notebooks = notebooks
        self._seed = seed
        self._shows_growth = arguments.growth

    async def live(self, seconds: float, crashes: bool) -> list[str]:
        """Starts a server, soaks it, ends it; returns what is wrong."""
        async with self._server:
            faults = await self._round(min(seconds / 3, FIRST_ROUND), self._seed)
            before = await self._figures()
            faults += await self._round(seconds, self._seed + 500)
            after = await self._at_rest(before)
            faults += self._compared(before, after)
            # The server ends while notebooks are open and cells run.
            last = self._opened(self._seed + 900)
            await in_turn(last, SoakedNotebook.open)
            processes = psutil.Process(self._server.process_id).children(recursive=True)
            await in_turn(last, SoakedNotebook.leave)
            if crashes:
                self._server.kill()
        _, alive = await asyncio.to_thread(psutil.wait_procs, processes, PATIENCE)
        faults += [f"{it} outlived the server" for it in alive]
        return faults + self._errors_in_log()

    def _errors_in_log(self) -> list[str]:
        log = self._server.log.read_text(encoding="utf-8", errors="replace")
        return [f"the server's log has: {it}" for it in _ERROR.findall(log)]

    def _opened(self, seed: int) -> list[SoakedNotebook]:
        return [
            SoakedNotebook(self._server, notebook, number, seed)
            for number, notebook in enumerate(self._notebooks)
        ]

    async def _round(self, seconds: float, seed: int) -> list[str]:
        """All notebooks are opened, walked through and closed; returns what is wrong then."""
        notebooks = self._opened(seed)
        goes_on = _until(seconds)
        try:
            await in_turn(notebooks, SoakedNotebook.open)
            await in_turn(notebooks, lambda it: it.walk(goes_on))
            faults = await asyncio.gather(*(it.faults() for it in notebooks))
        except Exception:
            status = psutil.Process(self._server.process_id).status()
            print(f"The server is {status}.", *self._errors_in_log(), sep="\n")
            raise
        await in_turn(notebooks, SoakedNotebook.close)
        print(", ".join(f"{number:,} {what}" for what, number in totals(notebooks).items()))
        return list(itertools.chain.from_iterable(faults))

    async def _figures(self) -> dict[str, Any]:
        growth = "&growth=1" if self._shows_growth else ""
        figures: dict[str, Any] = await self._server.ask("GET", f"soak/counts?forget=1{growth}")
        return figures

    async def _at_rest(self, before: dict[str, Any]) -> dict[str, Any]:
        """The figures when they are as before; those at last where that never comes. Jupyter keeps
        a closed socket until its next ping is due.
        """
        for _ in range(int(PATIENCE / PAUSE)):
            figures: dict[str, Any] = await self._server.ask("GET", "soak/counts?forget=1")
            if not _differing(before, figures):
                break
            await asyncio.sleep(PAUSE)
        return await self._figures()

    def _compared(self, before: dict[str, Any], after: dict[str, Any]) -> list[str]:
        for key, figure in before.items():
            if key != "growth":
                print(f"{key:12} {figure:>14,} {after[key]:>14,}")
        if "growth" in after:
            print("\n".join(after["growth"]))
        return [
            f"the server's {key}: {before[key]:,} became {after[key]:,}"
            for key in _differing(before, after)
        ]


def _differing(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """The figures that are not what they were."""
    found = [key for key in EXACT if after[key] != before[key]]
    return found + [key for key, most in MOST_GROWTH.items() if after[key] > most * before[key]]


def _until(seconds: float) -> Callable[[], bool]:
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds
    return lambda: loop.time() < end


def parsed_arguments() -> argparse.Namespace:
    """The parsed command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path, help="where the notebooks are; their code is run")
    parser.add_argument("--seconds", type=float, default=3600.0, help="of walking")
    parser.add_argument("--kernel-python", type=Path, default=Path(sys.executable))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--growth", action="store_true", help="print what grew")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
