"""Where does work run that would block the event loop?

It runs in two threads of our own. More threads would not do more work, as only one at a time holds
the interpreter's lock (six made as many reports as two), and the event loop, which also serves the
user's kernels, would wait longer for the lock. The second thread serves small notebooks while the
first one reads a large one. What takes seconds, and nothing waits for, has a thread of its own.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

_threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="jupyter_namespace_viz")
_background = ThreadPoolExecutor(max_workers=1, thread_name_prefix="jupyter_namespace_viz_slow")


async def run_in_worker_thread(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Call `work` in a worker thread; returns what it returns, and raises what it raises."""
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_threads, lambda: work(*args, **kwargs))


async def run_in_background_thread(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """The same for work that takes long and that no verdict waits for."""
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_background, lambda: work(*args, **kwargs))
