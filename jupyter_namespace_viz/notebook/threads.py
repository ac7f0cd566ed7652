"""Where is work done that would keep the event loop waiting?

In two threads of ours. Threads take turns with the interpreter's lock, so more of them do not do
more (with six as many reports were made), and the event loop, which also serves the user's kernels,
has more to take turns with. The second lets the small notebooks pass while a large one is read.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

_threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="jupyter_namespace_viz")


async def run_in_worker_thread(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What `work` returns, or raises."""
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_threads, lambda: work(*args, **kwargs))
