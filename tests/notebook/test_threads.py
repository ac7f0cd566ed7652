"""Do threads of our own work as others do, and does nothing wait for their end?"""

from __future__ import annotations

import asyncio
import gc
import json
import socket
import subprocess
import sys
import threading
import weakref
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from jupyter_namespace_viz.notebook import threads
from jupyter_namespace_viz.notebook.threads import (
    MANY_OBJECTS,
    MOST_TIMES,
    DaemonThreads,
    Garbage,
    run_in_worker_thread,
)
from tests.running_server import PATIENCE, running_server

HANGING = """
import asyncio, threading
from jupyter_namespace_viz.notebook.reading.long_texts import LONG_TEXTS
from jupyter_namespace_viz.notebook import threads

began = threading.Barrier(4)

def hang():
    began.wait()
    threading.Event().wait()

async def main():
    running = [
        asyncio.create_task(threads.run_in_worker_thread(hang)),
        asyncio.create_task(threads.run_in_background_thread(hang)),
        asyncio.get_running_loop().run_in_executor(LONG_TEXTS._threads, hang),
    ]
    await asyncio.to_thread(began.wait)
    for it in running:
        it.cancel()

asyncio.run(main())
"""


def test_the_process_ends_while_threads_work() -> None:
    subprocess.run([sys.executable, "-c", HANGING], check=True, timeout=60)


# Whoever opens the file waits for the test, as for a network drive that does not answer.
HANGING_FILE = """
import socket, sys

def hang(event, arguments):
    if event == "open" and str(arguments[0]).endswith("hanging.py"):
        socket.create_connection({address}).recv(1)

sys.addaudithook(hang)
"""


def test_a_server_ends_while_it_reads_a_file(tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    config = tmp_path / "config" / "jupyter_config.py"
    report = "jupyter-namespace-viz/api/report"
    cells = [{"id": "a", "source": "from hanging import *\nx"}]
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(PATIENCE)
        config.write_text(HANGING_FILE.format(address=listener.getsockname()))
        with running_server(tmp_path) as server:
            (server.root / "hanging.py").write_text("x = 1")
            body = {"kernel_id": server.open("a.ipynb"), "cells": []}
            while server.ask(report, "POST", body)["kernel"]["state"] != "idle":
                pass  # each answer waits for the kernel
            request = HTTPConnection(urlsplit(server.url).netloc)
            headers = {"Authorization": f"token {server.token}"}
            request.request("POST", f"/{report}", json.dumps({**body, "cells": cells}), headers)
            with closing(request), listener.accept()[0]:
                server.process.terminate()
                try:
                    assert server.process.wait(PATIENCE) == 0
                finally:
                    server.process.kill()


async def test_results_and_errors_come_back() -> None:
    pool = DaemonThreads(2, "test")
    loop = asyncio.get_running_loop()
    assert await loop.run_in_executor(pool, max, 1, 2) == 2
    with pytest.raises(ZeroDivisionError):
        await loop.run_in_executor(pool, lambda: 1 // 0)
    names = await asyncio.gather(
        *[loop.run_in_executor(pool, lambda: threading.current_thread().name) for _ in range(9)]
    )
    assert set(names) <= {"test_0", "test_1"}


async def test_nothing_is_kept_of_a_call() -> None:
    pool = DaemonThreads(1, "test")
    loop = asyncio.get_running_loop()
    result = await loop.run_in_executor(pool, set, "ab")
    kept = weakref.ref(result)
    await loop.run_in_executor(pool, len, "")
    del result
    gc.collect()
    assert kept() is None


async def test_what_is_cancelled_before_it_begins_is_not_done() -> None:
    pool, done = DaemonThreads(1, "test"), list[int]()
    first = threading.Event()
    running = pool.submit(first.wait)
    assert pool.submit(done.append, 1).cancel()
    first.set()
    assert running.result()
    pool.submit(done.append, 2).result()
    assert done == [2]


@pytest.mark.parametrize(("count", "are_set_aside"), [(10, False), (MANY_OBJECTS + 2_000, True)])
async def test_what_work_makes_is_not_looked_at_for_garbage(
    count: int, are_set_aside: bool
) -> None:
    collections: list[str] = []
    gc.callbacks.append(lambda phase, _: collections.append(phase))
    before = gc.get_freeze_count()
    try:
        result, searched = await run_in_worker_thread(
            lambda: ([[] for _ in range(count)], list(collections))
        )
        assert (len(result), searched, gc.isenabled()) == (count, [], True)
        assert (gc.get_freeze_count() - before > count) == are_set_aside
    finally:
        del gc.callbacks[-1]
        gc.unfreeze()


async def test_work_that_hangs_does_not_stop_the_search_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(threads, "LONGEST_PAUSE", 0.01)
    began, may_end = asyncio.Event(), threading.Event()
    loop = asyncio.get_running_loop()
    made: list[list[int]] = []
    before = gc.get_freeze_count()

    def hang() -> bool:
        is_searched = gc.isenabled()
        made.extend([] for _ in range(MANY_OBJECTS))
        loop.call_soon_threadsafe(began.set)
        may_end.wait()
        return is_searched

    work = asyncio.create_task(run_in_worker_thread(hang))
    await began.wait()
    while not gc.isenabled():
        await asyncio.sleep(0)
    assert gc.get_freeze_count() - before > len(made) == MANY_OBJECTS
    gc.unfreeze()
    may_end.set()
    assert not await work
    assert gc.isenabled()


async def test_the_search_waits_for_the_last_of_several_works() -> None:
    may_end, began = threading.Event(), threading.Event()

    def long_work() -> bool:
        began.set()
        may_end.wait()
        return gc.isenabled()

    long = asyncio.create_task(run_in_worker_thread(long_work))
    await asyncio.to_thread(began.wait)
    await run_in_worker_thread(len, "")
    may_end.set()
    assert not await long
    assert gc.isenabled()


async def test_after_many_times_all_is_looked_at_again() -> None:
    garbage, counts = Garbage(), []
    for _ in range(MOST_TIMES):
        with garbage.not_collected():
            kept = [[] for _ in range(MANY_OBJECTS + 2_000)]
        counts.append(gc.get_freeze_count() > 0)
        del kept
    assert counts == [True] * (MOST_TIMES - 1) + [False]


def test_what_long_work_makes_is_set_aside_whatever_it_frees(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(threads, "LONG_WORK", 0.0)
    garbage = Garbage()
    kept: list[list[int]] = []
    for _ in range(2):
        with garbage.not_collected():
            kept = [[] for _ in range(MANY_OBJECTS // 2)]
    assert len(gc.get_objects(0)) < len(kept)
    gc.unfreeze()
