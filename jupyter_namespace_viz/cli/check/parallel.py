"""How are many notebooks checked in several processes?"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from jupyter_namespace_viz.cli.arguments import KernelOptions
from jupyter_namespace_viz.cli.check.checker import CheckedNotebook, check_notebook
from jupyter_namespace_viz.cli.notebooks.notebook_file import UnreadableNotebook, because_of
from jupyter_namespace_viz.cli.notebooks.paths import STANDARD_INPUT
from jupyter_namespace_viz.cli.notebooks.reader import read_notebook

FILES_WORTH_A_PROCESS = 200
"""Checking about so many files takes as long as a new process takes to import everything."""

FILES_PER_TASK = 16
"""Few, so that the first results come soon and no process is left with all the work."""


def suitable_jobs(files: int) -> int:
    """The number of processes that checks so many files fastest."""
    return max(1, min(os.cpu_count() or 1, files // FILES_WORTH_A_PROCESS))


def check_files(
    files: Sequence[Path], kernel: KernelOptions, kinds: frozenset[str], jobs: int
) -> Iterator[CheckedNotebook | UnreadableNotebook]:
    """The findings of these kinds in each file, or why it could not be read, in the order of the
    files."""
    check = partial(_check_file, kernel=kernel, kinds=kinds)
    if jobs == 1 or STANDARD_INPUT in files:  # other processes do not have our standard input
        yield from map(check, files)
        return
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - slow to import

    pool = ProcessPoolExecutor(jobs)
    try:
        yield from pool.map(check, files, chunksize=FILES_PER_TASK)
    finally:
        pool.shutdown(cancel_futures=True)


def _check_file(
    path: Path, kernel: KernelOptions, kinds: frozenset[str]
) -> CheckedNotebook | UnreadableNotebook:
    try:
        return check_notebook(read_notebook(path, kernel), kinds)
    except UnreadableNotebook as error:
        return error
    except Exception as error:  # noqa: BLE001 - one notebook takes no other with it
        return UnreadableNotebook(path, because_of(error))
