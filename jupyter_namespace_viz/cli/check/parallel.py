"""How are many notebooks checked, several at a time?"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from jupyter_namespace_viz.cli.arguments import KernelOptions
from jupyter_namespace_viz.cli.check.checker import CheckedNotebook, check_notebook
from jupyter_namespace_viz.cli.notebooks.notebook_file import UnreadableNotebook
from jupyter_namespace_viz.cli.notebooks.reader import read_notebook

FILES_WORTH_A_PROCESS = 200
"""Where a process has to import all anew, that takes as long as checking about so many."""

FILES_AT_ONCE = 16
"""What a process is given at a time: few, so that results come soon and none waits for another."""


def suitable_jobs(files: int) -> int:
    """How many processes are worth it for so many files."""
    return max(1, min(os.cpu_count() or 1, files // FILES_WORTH_A_PROCESS))


def check_files(
    files: Sequence[Path], kernel: KernelOptions, jobs: int
) -> Iterator[CheckedNotebook | UnreadableNotebook]:
    """What each file holds, or why it could not be read, in the order of the files."""
    check = partial(_check_file, kernel=kernel)
    if jobs == 1:
        yield from map(check, files)
        return
    pool = ProcessPoolExecutor(jobs)
    try:
        yield from pool.map(check, files, chunksize=FILES_AT_ONCE)
    finally:
        pool.shutdown(cancel_futures=True)


def _check_file(path: Path, kernel: KernelOptions) -> CheckedNotebook | UnreadableNotebook:
    try:
        return check_notebook(read_notebook(path, kernel))
    except UnreadableNotebook as error:
        return error
