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
from collections.abc import Callable
from concurrent.futures import Executor, Future
from functools import partial
from queue import SimpleQueue
from threading import Lock, Thread
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


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
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_threads, lambda: work(*args, **kwargs))


async def run_in_background_thread(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """The same for work that takes long and that no verdict waits for."""
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_background, lambda: work(*args, **kwargs))
