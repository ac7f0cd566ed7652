"""A server in whose environment are the packages that run cells, with notebooks and their panels.

NAMESPACE_VIZ_RUNNERS_PYTHON names the interpreter of another environment than the one that
`make test-python` makes.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import nbformat
import pytest
from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from tests.running_server import RunningServer, running_server
from tests.server.conftest import PATIENCE, Panel

ROOT = Path(__file__).parents[2]
PYTHON = os.environ.get(
    "NAMESPACE_VIZ_RUNNERS_PYTHON", str(ROOT / ".venv-runners" / "bin" / "python")
)


class OpenNotebook:
    """A notebook file with these cells, its kernel, and the panel that shows it."""

    def __init__(
        self, server: RunningServer, path: str, kernel_id: str, cells: dict[str, str], panel: Panel
    ) -> None:
        self.kernel_id = kernel_id
        self.cells = cells
        self.panel = panel
        self._server = server
        self._path = path
        self._room: WebSocketClientConnection | None = None

    def run_program(self, program: str) -> None:
        """Runs the notebook with one of the `programs`, in its kernel."""
        file = self._server.runtime / f"kernel-{self.kernel_id}.json"
        command = [PYTHON, "-m", f"tests.runners.programs.with_{program}", str(file)]
        notebook = str(self._server.root / self._path)
        ran = subprocess.run(
            [*command, notebook], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert ran.returncode == 0, ran.stderr

    async def share(self) -> str:
        """Opens the shared document, as a browser does; returns its id."""
        session = await self.ask(
            "PUT", f"api/collaboration/session/{self._path}", format="json", type="notebook"
        )
        document = f"json:notebook:{session['fileId']}"
        room = f"api/collaboration/room/{document}?sessionId={session['sessionId']}"
        self._room = await socket_to(self._server, room)
        assert await self._room.read_message()
        return document

    async def start(self, cell_id: str, document: str | None = None) -> str:
        """Has jupyter-server-nbmodel run a cell; returns where it says how that ends."""
        metadata = {"cell_id": cell_id, "document_id": document, "document_path": None}
        path = f"api/kernels/{self.kernel_id}/execute"
        asked = await self.ask("POST", path, code=self.cells[cell_id], metadata=metadata)
        location: str = asked["request_url"]
        return location.lstrip("/")

    def close(self) -> None:
        """Closes what the browser has open."""
        self.panel.close()
        if self._room is not None:
            self._room.close()

    async def ask(self, method: str, path: str, **body: Any) -> Any:
        """What the server answers."""
        request = request_to(self._server, path, method=method, body=json.dumps(body))
        return json.loads((await AsyncHTTPClient().fetch(request)).body)


def request_to(server: RunningServer, path: str, **options: Any) -> HTTPRequest:
    """A request of the server's user."""
    headers = {"Authorization": f"token {server.token}"}
    return HTTPRequest(server.url + path, headers=headers, request_timeout=PATIENCE, **options)


async def socket_to(server: RunningServer, path: str) -> WebSocketClientConnection:
    """A socket of the server."""
    request = request_to(server, path)
    request.url = request.url.replace("http", "ws", 1)
    return await websocket_connect(request)


@pytest.fixture(scope="session")
def runners(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """The server."""
    if not Path(PYTHON).exists():
        pytest.skip(f"There is no {PYTHON}; `make test-python` would make it.")
    home = tmp_path_factory.mktemp("runners")
    with running_server(home, python=PYTHON) as server:
        yield server


@pytest.fixture
def open_notebook(runners: RunningServer) -> Any:
    """Opens a notebook with these cells."""

    @asynccontextmanager
    async def open_it(**cells: str) -> AsyncIterator[OpenNotebook]:
        path = f"{uuid4().hex}.ipynb"
        written = [nbformat.v4.new_code_cell(it, id=cell_id) for cell_id, it in cells.items()]
        spec = {"name": "python3", "display_name": "Python 3", "language": "python"}
        notebook = nbformat.v4.new_notebook(cells=written, metadata={"kernelspec": spec})
        nbformat.write(notebook, runners.root / path)
        kernel_id = runners.open(path)
        socket = await socket_to(runners, "jupyter-namespace-viz/api/notebooks/ws")
        panel = Panel(socket, kernel_id)
        panel.client, panel.path = "browser", path
        assert (await panel.next())["kind"] == "hello"
        await panel.show(cells)
        await panel.until(lambda it: it.kernel["state"] == "idle")
        notebook = OpenNotebook(runners, path, kernel_id, cells, panel)
        yield notebook
        notebook.close()
        runners.shut_down(kernel_id)

    return open_it
