"""Is there a shorter plan that works? Found out by running all shorter lists of cells.

Runs in the kernel's environment, as a separate program: it reads a JSON object from stdin, restores
the state of the kernel by running the same code again, and then tries every shorter list
of cells in a fork of itself. Prints one JSON object.
"""

from __future__ import annotations

import json
import os
import re
import signal
import sys
from collections.abc import Iterator, Mapping, Sequence
from itertools import permutations
from typing import Any

from IPython.core.interactiveshell import InteractiveShell

from benchmarks.walks.outcomes import is_library
from benchmarks.walks.steps import bound_names

MOST_TRIES = 120
"""Cases with more lists of cells than this are left out."""

WORKS, FAILS = 0, 1


def search(question: Mapping[str, Any]) -> dict[str, Any]:
    """The shortest list of cells after which the target runs as it does after the plan.

    That is, it misses no name, and it and the steps read values of the same cells. `shortest` is
    None where no shorter list works. `left_out` says why there is no answer.
    """
    cells, target, plan = question["cells"], question["target"], question["plan"]
    changes = question["changes"]
    trial = _Trial(cells, question["seconds"])
    for code in question["before"]:
        trial.run(code)
    if not trial.works([*plan, target]):
        return {"left_out": "the plan does not work here"}
    given = _sources(cells, changes, [*plan, target])
    shorter = _shorter_lists(plan, list(_useful(cells, target, set(trial.shell.user_ns))))
    tries = 0
    for steps in shorter:
        sources = _sources(cells, changes, [*steps, target])
        if any(sources[cell] != given[cell] for cell in sources.keys() & given.keys()):
            continue
        tries += 1
        if tries > MOST_TRIES:
            return {"left_out": "too many lists of cells"}
        if trial.works([*steps, target]):
            return {"shortest": list(steps)}
    return {"shortest": None}


def _shorter_lists(plan: Sequence[str], useful: Sequence[str]) -> Iterator[Sequence[str]]:
    """All lists of useful cells that are shorter than the plan, first the plan minus one step."""
    for index in range(len(plan)):
        yield [*plan[:index], *plan[index + 1 :]]
    for length in range(len(plan)):
        yield from permutations(useful, length)


def _sources(
    cells: Mapping[str, str], changes: Mapping[str, Sequence[str]], steps: Sequence[str]
) -> dict[str, dict[str, tuple[str, ...]]]:
    """For each step, the names that it mentions, and the steps before it that give each its value:
    the last that binds it, and those that may change its object since.
    """
    given: dict[str, tuple[str, ...]] = {}
    sources = {}
    for step in steps:
        mentioned = _mentioned(cells[step])
        sources[step] = {name: it for name, it in given.items() if name in mentioned}
        given |= {name: (*given.get(name, ()), step) for name in changes[step]}
        given |= dict.fromkeys(bound_names(cells[step])[0], (step,))
    return sources


class _Shell(InteractiveShell):
    """Accepts `%matplotlib inline`, as a kernel does."""

    def enable_gui(self, gui: str | None = None) -> None:
        """Does nothing, because there is no GUI."""


class _Trial:
    """A shell that runs the code of the kernel, and tries lists of cells in forks of itself."""

    def __init__(self, cells: Mapping[str, str], seconds: float) -> None:
        self.shell = _Shell.instance()
        self._cells = cells
        self._seconds = seconds

    def run(self, code: str) -> BaseException | None:
        """Runs code as the kernel did; returns the error that it raised."""
        signal.signal(signal.SIGALRM, signal.default_int_handler)
        signal.setitimer(signal.ITIMER_REAL, self._seconds)
        try:
            result = self.shell.run_cell(code, store_history=True)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        return result.error_before_exec or result.error_in_exec

    def works(self, steps: Sequence[str]) -> bool:
        """Whether all but the last of these cells run, and the last one misses no name."""
        child = os.fork()
        if child == 0:
            os._exit(WORKS if self._run_all(steps) else FAILS)
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == WORKS

    def _run_all(self, steps: Sequence[str]) -> bool:
        *before, target = (self._cells[step] for step in steps)
        for code in before:
            if self.run(code) is not None:
                return False
        error = self.run(target)
        if not isinstance(error, (NameError, ModuleNotFoundError)):
            return True
        traceback = error.__traceback__
        while traceback is not None and traceback.tb_next is not None:
            traceback = traceback.tb_next
        return traceback is not None and is_library(traceback.tb_frame.f_code.co_filename)


def _useful(cells: Mapping[str, str], target: str, held: set[str]) -> Iterator[str]:
    """The cells that bind a name which is not held, and which the target or one of these mentions.

    This includes all cells that a plan can need, and more: every word of a text counts as a name.
    """
    wanted = _mentioned(cells[target]) - held
    chosen: set[str] = set()
    while True:
        more = [
            cell
            for cell, source in cells.items()
            if cell not in {*chosen, target}
            and ("import *" in source or not wanted.isdisjoint(bound_names(source)[0]))
        ]
        if not more:
            yield from (cell for cell in cells if cell in chosen)
            return
        chosen.update(more)
        for cell in more:
            wanted |= _mentioned(cells[cell]) - held


def _mentioned(source: str) -> set[str]:
    return set(re.findall(r"[^\W\d]\w*", source))


def main() -> None:
    """Reads one question and writes one answer; discards what the notebook prints."""
    question = json.load(sys.stdin)
    answer_to = os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    os.write(answer_to, json.dumps(search(question)).encode())
    os._exit(0)


if __name__ == "__main__":
    main()
