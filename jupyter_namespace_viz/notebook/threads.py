"""Where does work run that would block the event loop?

It runs in two threads of our own. More threads would not do more work, as only one at a time holds
the interpreter's lock (six made as many reports as two), and the event loop, which also serves the
user's kernels, would wait longer for the lock. The second thread serves small notebooks while the
first one reads a large one. What takes seconds, and nothing waits for, has a thread of its own.

The end of the process does not wait for these threads, as it does for those of Python's own
`ThreadPoolExecutor`: a server that is asked to end would go on until the last text is read, and for
ever where a file never answers.
"""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from functools import partial
from queue import SimpleQueue
from threading import Lock, Thread
from time import monotonic, thread_time
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


MANY_OBJECTS = 20_000
"""After work that keeps more new objects than this, these are not looked at for garbage."""

LONG_WORK = 0.05
"""Seconds of the processor after which work is taken to have made many objects."""

LONGEST_PAUSE = 5.0
"""Seconds for which work may keep the whole server from the search for garbage: it may wait for a
file that never answers."""

MOST_TIMES = 100
"""So often objects are set aside until all are looked at again."""


class Garbage:
    """Keeps Python's search for garbage from stopping the event loop.

    The search for objects that refer to each other in a circle looks at all objects of the process,
    and no other thread runs meanwhile: 0.3 seconds with a notebook of 10,000 cells, several times
    for each change of it. What follows from a notebook has no circles. So there is no search while
    it is made; and where it is much, it is set aside afterwards, with all else that there is then.
    It is freed as before, when nothing refers to it.
    """

    def __init__(self) -> None:
        self._off_since: float | None = None
        self._working = 0
        self._lock = Lock()
        self._times = 0

    @contextmanager
    def not_collected(self) -> Iterator[None]:
        """There is no search until the end of the work, and of that of other threads."""
        with self._lock:
            self._working += 1
            if gc.isenabled():
                gc.disable()
                self._off_since = monotonic()
        begin = thread_time()
        try:
            yield
        finally:
            with self._lock:
                self._working -= 1
                # The count is without as many as were freed: those that the new ones replace.
                is_long = thread_time() - begin > LONG_WORK
                if is_long or gc.get_count()[0] > MANY_OBJECTS:
                    self._set_aside()
                if not self._working:
                    self._resume()

    def end_long_pause(self) -> None:
        """Search again where work has lasted for LONGEST_PAUSE. What it has made until then is not
        looked at: that would stop the event loop.
        """
        if self._off_since is not None and monotonic() - self._off_since >= LONGEST_PAUSE:
            gc.freeze()
            self._resume()

    def _resume(self) -> None:
        if self._off_since is not None:
            self._off_since = None
            gc.enable()

    def _set_aside(self) -> None:
        self._times += 1
        if self._times % MOST_TIMES == 0:
            self.look_at_all()  # also at what has become garbage meanwhile
        else:
            gc.freeze()

    def look_at_all(self) -> None:
        """Nothing is set aside any more."""
        gc.unfreeze()


GARBAGE = Garbage()


class DaemonThreads(Executor):
    """So many threads, which do one call after the other; they start with the first one."""

    def __init__(self, count: int, name: str) -> None:
        self._calls: SimpleQueue[tuple[Future[Any], Callable[[], Any]]] = SimpleQueue()
        self._unstarted = [
            Thread(target=self._work, name=f"{name}_{number}", daemon=True)
            for number in range(count)
        ]
        self._lock = Lock()

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Do the call as soon as a thread is free."""
        future: Future[T] = Future()
        self._calls.put((future, partial(fn, *args, **kwargs)))
        with self._lock:
            while self._unstarted:
                self._unstarted.pop().start()
        return future

    def _work(self) -> None:
        while True:
            _do(*self._calls.get())


def _do(future: Future[T], call: Callable[[], T]) -> None:
    """Do the call; in a function, so that its result is not kept until the next one."""
    if future.set_running_or_notify_cancel():
        try:
            result = call()
        except BaseException as error:  # noqa: BLE001 - raised where the result is awaited
            future.set_exception(error)
        else:
            future.set_result(result)


_threads = DaemonThreads(2, "jupyter_namespace_viz")
_background = DaemonThreads(1, "jupyter_namespace_viz_slow")


async def run_in_worker_thread(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Call `work` in a worker thread; returns what it returns, and raises what it raises."""
    return await _run_in(_threads, partial(work, *args, **kwargs))


async def run_in_background_thread(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """The same for work that takes long and that no verdict waits for."""
    return await _run_in(_background, partial(work, *args, **kwargs))


async def _run_in(threads: DaemonThreads, work: Callable[[], T]) -> T:
    loop = asyncio.get_running_loop()

    def without_search() -> T:
        loop.call_soon_threadsafe(loop.call_later, 2 * LONGEST_PAUSE, GARBAGE.end_long_pause)
        with GARBAGE.not_collected():
            return work()

    return await loop.run_in_executor(threads, without_search)
