"""Where are texts read that are so long that reading them would delay others?

Short texts are read in the worker threads, in milliseconds. Long ones are read before, in
processes; a notebook that has none waits for none.
"""

from __future__ import annotations

import asyncio
import atexit
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import partial
from queue import Empty, SimpleQueue

from jupyter_namespace_viz.core.analysis.cell_names import Cell, CellNames
from jupyter_namespace_viz.core.analysis.reader import MAX_SOURCE_CHARS, read_cell
from jupyter_namespace_viz.core.kernel_state.namespace import Run
from jupyter_namespace_viz.core.syntax.dialect import PYTHON, Dialect
from jupyter_namespace_viz.core.syntax.parser import takes_too_long
from jupyter_namespace_viz.core.syntax.text_cache import forget_texts
from jupyter_namespace_viz.notebook.reading_process import ReadingProcess
from jupyter_namespace_viz.notebook.threads import GARBAGE, DaemonThreads, run_in_worker_thread

LONG = 20_000
"""The characters of a text that is long: Python parses so many in less than 40 milliseconds, even
where each is a token."""

MAGIC = 40
"""The characters that a line may get in addition: `!a` becomes a call of `get_ipython()`."""

PROCESSES = 2

IDLE_SECONDS = 300.0
"""After so long without a long text the processes are ended; after so long without a notebook, what
was read is forgotten."""

UNREAD = CellNames(problems=(takes_too_long(),))
"""What is known of a text that takes too long."""


class LongTexts:
    """Reads long texts in processes, and keeps the results where `read_cell` finds them."""

    def __init__(self) -> None:
        self._threads = DaemonThreads(PROCESSES, "jupyter_namespace_viz_long")
        self._all = [ReadingProcess() for _ in range(PROCESSES)]
        self._free: SimpleQueue[ReadingProcess] = SimpleQueue()
        self._idle: asyncio.TimerHandle | None = None
        self._holders: set[object] = set()
        for process in self._all:
            self._free.put(process)

    async def read(self, cells: Iterable[Cell], dialect: Dialect, runs: Iterable[Run] = ()) -> None:
        """Read the long ones among these cells, unless they are known, and of these runs: a cell
        may have been edited since. `dialect` is that of the first cell; the cells above a text
        decide on its dialect.
        """
        sources = [cell.source for cell in cells]
        ran = [run.source for run in runs if _is_long(run.source)]
        if not ran and not any(map(_is_long, sources)):
            return
        loop = asyncio.get_running_loop()
        find = partial(_first_unknown, sources, dialect, ran)
        while (unknown := await run_in_worker_thread(find)) is not None:
            if self._idle is not None:
                self._idle.cancel()
            self._idle = loop.call_later(IDLE_SECONDS, self._close_unused)
            if not await loop.run_in_executor(self._threads, self._read, *unknown):
                return

    def hold(self, holder: object) -> None:
        """What is read is needed by `holder`, an open notebook."""
        self._holders.add(holder)

    def release(self, holder: object) -> None:
        """`holder` needs it no longer; safe to call twice."""
        self._holders.discard(holder)
        if not self._holders:  # a page that is loaded again will need it in a moment
            asyncio.get_running_loop().call_later(IDLE_SECONDS, self._forget)

    def _forget(self) -> None:
        if not self._holders:
            self._close_unused()
            forget_texts()
            GARBAGE.look_at_all()

    def close(self) -> None:
        """End the processes; the next long text starts one again. A text that is being read counts
        as one that takes too long."""
        if self._idle is not None:
            self._idle.cancel()
        self._close_unused()
        for process in self._all:
            process.stop()

    def _close_unused(self) -> None:
        for _ in self._all:
            with suppress(Empty):
                process = self._free.get_nowait()
                process.close()
                self._free.put(process)

    def _read(self, source: str, dialect: Dialect) -> bool:
        """Read the text, and keep the result; False where there can be no process."""
        process = self._free.get()
        try:
            names = process.read(source, dialect) or UNREAD
        except OSError:
            return False
        finally:
            self._free.put(process)
        read_cell.keep(names, source, dialect)
        return True


def _is_long(source: str) -> bool:
    is_read = len(source) <= MAX_SOURCE_CHARS
    return is_read and len(source) + MAGIC * source.count("\n") > LONG


def _first_unknown(
    sources: Sequence[str], dialect: Dialect, ran: Sequence[str]
) -> tuple[str, Dialect] | None:
    """The first long text that is not known, and its dialect; None where all are known. `ran` are
    long texts that ran, which are read as plain Python.
    """
    for source in sources:
        names = read_cell.known(source, dialect) if _is_long(source) else read_cell(source, dialect)
        if names is None:
            return source, dialect
        dialect = names.dialect_after or dialect
    unknown = (source for source in ran if read_cell.known(source, PYTHON) is None)
    return next(((source, PYTHON) for source in unknown), None)


LONG_TEXTS = LongTexts()
"""Those of this process: the results are kept for the whole process, too."""

atexit.register(LONG_TEXTS.close)


def read_at_once(source: str, dialect: Dialect) -> CellNames:
    """The names of a text, for the event loop: a long text counts as one that takes too long,
    unless it was read before.
    """
    known = read_cell.known(source, dialect)
    if known is not None:
        return known
    return UNREAD if _is_long(source) else read_cell(source, dialect)
