"""Where are texts read that are so long that reading them would delay others?

Short texts are read in the worker threads, in milliseconds. Long ones are read before, in
processes; a notebook that has none waits for none. What else is asked about a long text later is
found out there, too.
"""

from __future__ import annotations

import asyncio
import atexit
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import partial
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from jupyter_namespace_viz.core.analysis.cell_names import Cell
from jupyter_namespace_viz.core.analysis.reader import read_cell
from jupyter_namespace_viz.core.kernel_state.namespace import Run
from jupyter_namespace_viz.core.syntax.dialect import Dialect
from jupyter_namespace_viz.core.syntax.text_cache import TextCache, forget_texts
from jupyter_namespace_viz.notebook.reading.reading_process import ReadingProcess
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

T = TypeVar("T")


class LongTexts:
    """Reads long texts in processes, and keeps the results where `read_cell` finds them. As
    `TextCache.elsewhere` it computes all functions of such texts there.
    """

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
        ran = [run.source for run in runs if self.takes(run.source)]
        if not ran and not any(map(self.takes, sources)):
            return
        loop = asyncio.get_running_loop()
        find = partial(self._first_unknown, sources, dialect, ran)
        while (unknown := await run_in_worker_thread(find)) is not None:
            if self._idle is not None:
                self._idle.cancel()
            self._idle = loop.call_later(IDLE_SECONDS, self._close_unused)
            if not await loop.run_in_executor(self._threads, self._read, *unknown):
                return

    def takes(self, text: str) -> bool:
        """Whether the text is long."""
        return len(text) > LONG or len(text) + MAGIC * text.count("\n") > LONG

    def compute(self, function: TextCache[Any, Any, T], text: str, *args: Any) -> T | None:
        """What the function finds in the text, in a process; `unread` where that takes too long.
        The event loop does not wait for it: there it is None.

        Raises OSError where there can be no process.
        """
        if _is_event_loop():
            return None
        process = self._free.get()
        try:
            found = process.compute(function, text, *args)
        finally:
            self._free.put(process)
        return function.unread if found is None else found

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
        try:
            names = self.compute(read_cell, source, dialect)
        except OSError:
            return False
        if names is not None:
            read_cell.keep(names, source, dialect)
        return True

    def _first_unknown(
        self, sources: Sequence[str], dialect: Dialect, ran: Sequence[str]
    ) -> tuple[str, Dialect] | None:
        """The first long text that is not known, and its dialect; None where all are known. `ran`
        are long texts that ran, which are read as the first cell is (`DependencyGraph.read`).
        """
        first = dialect
        for source in sources:
            is_long = self.takes(source)
            names = read_cell.known(source, dialect) if is_long else read_cell(source, dialect)
            if names is None:
                return source, dialect
            dialect = names.dialect_after or dialect
        unknown = (source for source in ran if read_cell.known(source, first) is None)
        return next(((source, first) for source in unknown), None)


def _is_event_loop() -> bool:
    """Whether this thread runs an event loop."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


LONG_TEXTS = LongTexts()
"""Those of this process: the results are kept for the whole process, too."""

atexit.register(LONG_TEXTS.close)
