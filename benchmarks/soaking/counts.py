"""What does the server's process have open, and what does it keep in memory?

This file is also a server extension: `GET soak/counts` answers with the figures.
"""

from __future__ import annotations

import asyncio
import ctypes
import gc
import os
import sys
import threading
import tracemalloc
from collections import Counter
from pathlib import Path
from typing import Any

import psutil
from jupyter_server.base.handlers import APIHandler
from jupyter_server.utils import url_path_join
from tornado import web

from jupyter_namespace_viz.core.syntax.text_cache import forget_texts

_before: list[Any] = []


class CountsHandler(APIHandler):
    """`GET soak/counts?forget=…&growth=…`."""

    @web.authenticated
    def get(self) -> None:
        """Answers with the figures; with `forget`, after the texts are forgotten that are kept for
        a notebook which is opened again soon; with `growth`, also with what has grown since then.
        """
        if self.get_argument("forget", ""):
            forget_texts()
        figures = counts()
        if self.get_argument("growth", ""):
            figures["growth"] = _growth()
        self.finish(figures)


def counts() -> dict[str, Any]:
    """The figures of this process."""
    gc.collect()
    libc = ctypes.CDLL(None)
    if hasattr(libc, "malloc_trim"):
        libc.malloc_trim(0)
    process = psutil.Process()
    links = Path("/proc/self/fd")
    kinds = Counter(_kind(links / name) for name in os.listdir(links))
    return {
        "tasks": len(asyncio.all_tasks()),
        "sockets": kinds["socket"],
        "descriptors": kinds.total(),
        "threads": threading.active_count(),
        "processes": len(process.children(recursive=True)),
        "blocks": sys.getallocatedblocks(),
        "memory": process.memory_info().rss,
    }


def _kind(link: Path) -> str:
    try:
        return os.readlink(link).partition(":")[0]
    except FileNotFoundError:  # that of the folder itself
        return "folder"


def _growth() -> list[str]:
    """The kinds of objects, and with PYTHONTRACEMALLOC the lines, that hold more than before."""
    kinds = Counter(f"{type(it).__module__}.{type(it).__qualname__}" for it in gc.get_objects())
    trace = tracemalloc.take_snapshot() if tracemalloc.is_tracing() else None
    lines = []
    if _before:
        old_kinds, old_trace = _before
        grown = (kinds - old_kinds).most_common(20)
        lines = [f"{number:+8} {kind}" for kind, number in grown]
        if trace is not None:
            lines += map(str, trace.compare_to(old_trace, "lineno")[:30])
    _before[:] = kinds, trace
    return lines


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "benchmarks.soaking.counts"}]


def _load_jupyter_server_extension(app: Any) -> None:
    path = url_path_join(app.base_url, "soak/counts")
    app.web_app.add_handlers(".*", [(path, CountsHandler)])
