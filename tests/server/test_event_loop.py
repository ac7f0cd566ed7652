"""Is what takes long done elsewhere than on the event loop?"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from typing import Any

import pytest

from jupyter_namespace_viz.notebook import serialization
from jupyter_namespace_viz.protocol import codec
from jupyter_namespace_viz.server import rest_handlers
from tests.server.conftest import API

CELLS = {f"cell-{number}": f"x{number} = 1\nprint(x{number - 1})" for number in range(49)}


@pytest.fixture
def threads_of(monkeypatch: pytest.MonkeyPatch) -> Callable[[object, str], set[str]]:
    """Notes in which threads a function is called: those of the event loop, or others."""

    def watch(module: object, name: str) -> set[str]:
        function, found = getattr(module, name), set[str]()
        loop_thread = threading.current_thread()

        def noted(*args: Any, **kwargs: Any) -> Any:
            found.add("loop" if threading.current_thread() is loop_thread else "worker")
            return function(*args, **kwargs)

        monkeypatch.setattr(module, name, noted)
        return found

    return watch


async def test_a_large_report_is_encoded_by_a_worker(
    open_panel: Any, threads_of: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(codec, "PIECE", 10)
    encoding = threads_of(codec, "encode_values")
    async with open_panel(None) as panel:
        await panel.show(CELLS)
        await panel.until(lambda it: len(it.cells) == len(CELLS))
        assert len(panel.edges) == len(CELLS) - 1
    assert encoding == {"worker"}


async def test_the_answers_to_requests_are_made_by_workers(
    jp_fetch: Any, threads_of: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(codec, "PIECE", 10)
    monkeypatch.setattr(rest_handlers, "MOST_BYTES_AT_ONCE", 1_000)
    work = [
        threads_of(serialization, "edge_reports"),
        threads_of(codec, "encode_values"),
        threads_of(rest_handlers, "drawing_of"),
    ]
    cells = [{"id": cell_id, "source": source} for cell_id, source in CELLS.items()]
    body = json.dumps({"kernel_id": None, "cells": cells})
    answer = json.loads((await jp_fetch(*API, "report", method="POST", body=body)).body)
    assert [cell["id"] for cell in answer["cells"]] == list(CELLS)
    body = json.dumps({"cells": cells, "format": "dot"})
    await jp_fetch(*API, "graph", method="POST", body=body)
    assert work == [{"worker"}] * 3


async def test_the_names_of_a_kernel_are_sent_in_pieces_that_workers_make(
    start_kernel: Any, run_cell: Any, jp_fetch: Any, threads_of: Any
) -> None:
    kernel_id = await start_kernel()
    await run_cell(kernel_id, "globals().update((f'name_{n}', n) for n in range(3_000))", "one")
    encoding = threads_of(codec, "encode_values")
    response = await jp_fetch(*API, "kernels", kernel_id, "namespace")
    names = [it["name"] for it in json.loads(response.body)["names"]]
    assert names == sorted(f"name_{number}" for number in range(3_000))
    assert encoding == {"worker"}
