"""Is a notebook judged truly whose cells jupyter-server-documents runs on the server?

Its document is what browsers share and agents read; its requests carry no cell ids.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.agents.mcp_client import Agent, agent_of
from tests.agents.test_server_mcp import AGENTS_PYTHON, EXTENSIONS, MCP_PORT, edit
from tests.cli.live.conftest import write
from tests.runners.conftest import socket_to
from tests.running_server import RunningServer, running_server
from tests.server.conftest import PATIENCE, Panel

ROOT = Path(__file__).parents[2]

SAME = ("x = [1]", "y = list(x)", "x = [1]", "z = list(x)")


def source_hash(source: str) -> str:
    """The hash of a cell's text that a request has to carry: MurmurHash2 with the seed 0."""
    data, factor, bits = source.encode(), 0x5BD1E995, 0xFFFFFFFF
    end = len(data) // 4 * 4
    value = len(data)
    for start in range(0, end, 4):
        part = int.from_bytes(data[start : start + 4], "little") * factor & bits
        value = value * factor & bits ^ (part ^ part >> 24) * factor & bits
    if data[end:]:
        value = (value ^ int.from_bytes(data[end:], "little")) * factor & bits
    value = (value ^ value >> 13) * factor & bits
    return str(value ^ value >> 15)


class SharedNotebook:
    """A notebook whose document the server has; its code cells have the ids c1, c2, …"""

    def __init__(self, server: RunningServer, agent: Agent, path: str, *sources: str) -> None:
        write(server.root / path, *sources)
        self.server = server
        self.kernel_id = server.open(path)
        self._agent = agent
        self._path = path
        self._document = ""
        self._sources = list(sources)

    def edit(self, number: int, source: str) -> None:
        """Change the text of a cell in the document."""
        edit(self.server, self._path, number, source)
        self._sources[number - 1] = source

    def start(self, *numbers: int) -> None:
        """Have the server run these cells."""
        file_id = self.server.ask(f"api/fileid/index?path={self._path}", "POST")["id"]
        cells = [
            {"cell_id": f"c{it}", "source_hash": source_hash(self._sources[it - 1])}
            for it in numbers
        ]
        body = {"document_id": f"json:notebook:{file_id}", "cells": cells}
        self.server.ask(f"api/kernels/{self.kernel_id}/execute", "POST", body)

    def until_shared(self) -> None:
        """Ask until the server has loaded the document."""
        deadline = time.monotonic() + PATIENCE
        while not self._ask("c1")["basis"].startswith("Text: shared document. "):
            assert time.monotonic() < deadline, "the server never loaded the document"

    def until(self, **expected: str) -> None:
        """Ask until the cells have these statuses; fails with those that they have."""
        deadline = time.monotonic() + PATIENCE
        while (found := {it: self._status(it) for it in expected}) != expected:
            assert time.monotonic() < deadline, found

    def why(self, cell: str) -> list[str]:
        """What an agent is told of a cell."""
        reasons: list[str] = self._ask(cell)["why"]
        return reasons

    def _status(self, cell: str) -> str:
        return str(self._ask(cell)["status"])

    def _ask(self, cell: str) -> dict[str, Any]:
        return self._agent.ask("namespace_before_run", path=self._path, cell=cell)


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """The server."""
    if not Path(AGENTS_PYTHON).exists():
        pytest.skip(f"There is no {AGENTS_PYTHON}; `make test-python` would make it.")
    home = tmp_path_factory.mktemp("documents")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(ROOT))  # for the extension that edits
        with running_server(home, EXTENSIONS, MCP_PORT, python=AGENTS_PYTHON) as server:
            yield server


@pytest.fixture(scope="module")
def share(documents: RunningServer) -> Iterator[Callable[..., SharedNotebook]]:
    """Opens a notebook with these cells, of which an agent has asked once."""
    with agent_of(documents.runtime, documents.root) as agent:
        opened: list[SharedNotebook] = []

        def open_it(*sources: str) -> SharedNotebook:
            notebook = SharedNotebook(documents, agent, f"shared-{len(opened)}.ipynb", *sources)
            opened.append(notebook)
            notebook.until_shared()
            return notebook

        yield open_it
        for notebook in opened:
            documents.shut_down(notebook.kernel_id)


def test_two_cells_with_the_same_text(share: Callable[..., SharedNotebook]) -> None:
    notebook = share(*SAME)
    notebook.start(3)
    notebook.until(c1="ready", c3="fresh", c4="ready")
    notebook.start(1, 2, 4)
    notebook.until(c1="fresh", c2="fresh", c4="stale")


def test_a_cell_that_is_edited_after_it_ran(share: Callable[..., SharedNotebook]) -> None:
    notebook = share("a = 1", "b = a", "b")
    notebook.start(1, 2, 3)
    notebook.until(c1="fresh", c2="fresh", c3="fresh")
    notebook.edit(2, "b = a + 1")
    notebook.until(c1="fresh", c2="stale", c3="stale")
    assert notebook.why("c2") == ["This cell was edited after it ran."]
    notebook.start(2, 3)
    notebook.until(c1="fresh", c2="fresh", c3="fresh")


def test_a_cell_that_fails(share: Callable[..., SharedNotebook]) -> None:
    notebook = share("a = gone", "a")
    notebook.start(1)
    notebook.until(c1="failed")
    assert notebook.why("c2") == ["`a` is missing: cell 1 raised `NameError` before defining it."]


async def test_the_cells_that_a_browser_has_in_flight(
    share: Callable[..., SharedNotebook], tmp_path: Path
) -> None:
    go = tmp_path / "go"
    wait = f"import os, time\nwhile not os.path.exists({str(go)!r}): time.sleep(0.01)\nx = [1]"
    notebook = share(wait, "x = [2]", "x = [2]")
    cells = {"c1": wait, "c2": "x = [2]", "c3": "x = [2]"}
    socket = await socket_to(notebook.server, "jupyter-namespace-viz/api/notebooks/ws")
    panel = Panel(socket, notebook.kernel_id)
    panel.client, panel.path = "browser", "shared.ipynb"
    assert (await panel.next())["kind"] == "hello"
    panel.in_flight = ["c1", "c3"]  # as the states of the cells in the document say
    await panel.show(cells)
    await asyncio.to_thread(notebook.start, 1, 3)
    await panel.until_statuses(c1="running", c2="ready", c3="queued")
    go.touch()
    await panel.until_statuses(c1="fresh", c2="ready", c3="fresh")
    panel.close()
