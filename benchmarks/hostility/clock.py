"""How long is the server's event loop delayed, and by what?

This file is a server extension: `GET event-loop/delays` answers with the figures since the last
such request.
"""

from __future__ import annotations

import asyncio
import gc
import sys
import time
import traceback
from asyncio import Handle
from pathlib import Path
from threading import Thread, get_ident
from typing import Any

from jupyter_server.base.handlers import APIHandler
from jupyter_server.utils import url_path_join
from tornado import web

TICK = 0.002

LONG = 0.02
"""Seconds after which it is noted what a call does."""


class Clock:
    """The largest figures, in milliseconds: `delay`, by which a tick on the loop was late, and
    `own`, as far as this process did something meanwhile, in any thread; `task`, the processor's
    time for one call on the loop, and `of` what it was; `collection`, of Python's garbage.
    """

    def __init__(self) -> None:
        self.figures: dict[str, Any] = {}
        self.clear()
        self._began = 0.0
        self._began_task = float("inf")
        self._seen = ""

    def clear(self) -> None:
        """Begin anew."""
        self.figures = {"delay": 0.0, "own": 0.0, "task": 0.0, "of": "", "collection": 0.0}

    async def tick(self) -> None:
        """Measure the delays, for ever."""
        while True:
            begin, worked = time.perf_counter(), time.process_time()
            await asyncio.sleep(TICK)
            delay = time.perf_counter() - begin - TICK
            self._note("delay", delay)
            self._note("own", min(delay, time.process_time() - worked))

    def watch(self) -> None:
        """Measure each call that the loop makes, and each collection."""
        run = Handle._run

        def timed(handle: Handle) -> None:
            callback = getattr(handle, "_callback", None)
            self._began_task, begin = time.perf_counter(), time.thread_time()
            run(handle)
            self._began_task = float("inf")
            if self._note("task", time.thread_time() - begin):
                task = getattr(callback, "__self__", None)
                is_task = isinstance(task, asyncio.Task)
                what = self._seen or str(task.get_coro() if is_task else callback)
                self.figures["of"] = what[:160]
            self._seen = ""

        Handle._run = timed  # type: ignore[method-assign]
        Thread(target=self._look, args=[get_ident()], daemon=True).start()
        gc.callbacks.append(self._collected)

    def _look(self, loop_thread: int) -> None:
        """Note what a long call on the loop does, for ever."""
        while True:
            time.sleep(LONG)
            if time.perf_counter() - self._began_task > LONG:
                frames = traceback.extract_stack(sys._current_frames()[loop_thread])[-4:]
                seen = (f"{Path(it.filename).stem}:{it.lineno} {it.name}" for it in frames)
                self._seen = " > ".join(seen)

    def _collected(self, phase: str, _: object) -> None:
        now = time.thread_time()
        if phase == "start":
            self._began = now
        else:
            self._note("collection", now - self._began)

    def _note(self, name: str, seconds: float) -> bool:
        is_largest = 1e3 * seconds > self.figures[name]
        if is_largest:
            self.figures[name] = 1e3 * seconds
        return is_largest


class DelaysHandler(APIHandler):
    """`GET event-loop/delays`."""

    clock: Clock

    @web.authenticated
    def get(self) -> None:
        """Answer with the figures, and begin anew."""
        self.finish(self.clock.figures)
        self.clock.clear()


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "benchmarks.hostility.clock"}]


def _load_jupyter_server_extension(app: Any) -> None:
    clock = DelaysHandler.clock = Clock()
    clock.watch()
    path = url_path_join(app.base_url, "event-loop/delays")
    app.web_app.add_handlers(".*", [(path, DelaysHandler)])
    app.io_loop.add_callback(clock.tick)
