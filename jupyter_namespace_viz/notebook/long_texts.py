"""Where are texts read that are so long that reading them would delay others?

Short texts are read in the worker threads, in milliseconds. Long ones are read before, in
processes; a notebook that has none waits for none.
"""

from __future__ import annotations

import asyncio
import atexit
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from queue import Empty, SimpleQueue

from jupyter_namespace_viz.core.analysis.cell_names import Cell, CellNames
from jupyter_namespace_viz.core.analysis.reader import MAX_SOURCE_CHARS, read_cell
from jupyter_namespace_viz.core.kernel_state.namespace import Run
from jupyter_namespace_viz.core.syntax.dialect import PYTHON, Dialect
from jupyter_namespace_viz.core.syntax.parser import takes_too_long
from jupyter_namespace_viz.core.syntax.text_cache import forget_texts
from jupyter_namespace_viz.notebook.reading_process import ReadingProcess

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
        self._threads = ThreadPoolExecutor(
            PROCESSES, thread_name_prefix="jupyter_namespace_viz_long"
        )
        self._all = [ReadingProcess() for _ in range(PROCESSES)]
        self._free: SimpleQueue[ReadingProcess] = SimpleQueue()
        self._idle: asyncio.TimerHandle | None = None
        self._holders: set[object] = set()
        for process in self._all:
            self._free.put(process)

    async def read(self, cells: Iterable[Cell], dialect: Dialect, runs: Iterable[Run] = ()) -> None:
        """Read the long ones among these cells, unless they are known, and of these runs: a cell
        may have been edited since.
        """
        sources = [cell.source for cell in cells]
        long = list(filter(_is_long, sources))
        ran = [run.source for run in runs if _is_long(run.source)]
        if not long and not ran:
            return
        dialects = [dialect]
        if any("annotations" in it for it in sources):  # perhaps imported from __future__
            dialects.append(dialect.without_annotations())
        loop = asyncio.get_running_loop()
        wanted = [(source, it) for source in long for it in dialects]
        wanted += [(source, PYTHON) for source in ran]  # what ran is read as plain Python
        unknown = [it for it in dict.fromkeys(wanted) if read_cell.known(*it) is None]
        await asyncio.gather(
            *(loop.run_in_executor(self._threads, self._read, *one) for one in unknown)
        )
        if unknown:
            if self._idle is not None:
                self._idle.cancel()
            self._idle = loop.call_later(IDLE_SECONDS, self._close_unused)

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

    def _read(self, source: str, dialect: Dialect) -> None:
        process = self._free.get()
        try:
            names = process.read(source, dialect) or UNREAD
        except OSError:  # there can be no other process
            return
        finally:
            self._free.put(process)
        read_cell.keep(names, source, dialect)


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


def _is_long(source: str) -> bool:
    is_read = len(source) <= MAX_SOURCE_CHARS
    return is_read and len(source) + MAGIC * source.count("\n") > LONG
