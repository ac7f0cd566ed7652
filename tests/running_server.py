"""How do tests run a real Jupyter server with the extension, in a process as users have it?"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from jupyter_client.blocking import BlockingKernelClient

from tests.kernel_ports import CONFIG

PATIENCE = 120
"""Seconds until a wait fails the test."""


class RunningServer:
    """The server, with the actions of a browser: open notebooks, run cells."""

    def __init__(self, runtime: Path, process: subprocess.Popen[str], info: dict[str, Any]) -> None:
        self.runtime = runtime
        self.root = Path(info["root_dir"])
        self.url: str = info["url"]
        self.token: str = info["token"]
        self.process = process

    def ask(self, path: str, method: str = "GET", body: object = None) -> Any:
        """Sends a request to the server's REST API; returns the answer."""
        headers = {"Authorization": f"token {self.token}"}
        data = None if body is None else json.dumps(body).encode()
        with urlopen(Request(self.url + path, data, headers, method=method)) as response:
            return json.loads(response.read() or "null")

    def open(self, notebook: Path | str, kernel_name: str = "python3") -> str:
        """Opens a notebook with a new kernel; returns the kernel's id once it runs.

        The path is relative to the server's root folder.
        """
        body = {
            "path": str(notebook),
            "name": str(notebook),
            "type": "notebook",
            "kernel": {"name": kernel_name},
        }
        kernel_id: str = self.ask("api/sessions", "POST", body)["kernel"]["id"]
        with self._client_of(kernel_id):
            return kernel_id

    def shut_down(self, kernel_id: str) -> None:
        """Ends a kernel."""
        self.ask(f"api/kernels/{kernel_id}", "DELETE")

    def run(self, kernel_id: str, source: str, cell_id: str | None = None) -> str:
        """Runs a cell as JupyterLab does, its id in the metadata; returns the reply's status."""
        with self._client_of(kernel_id) as client:
            return _outcome(client, _execute(client, source, cell_id))

    @contextmanager
    def running(self, kernel_id: str, source: str, cell_id: str | None = None) -> Iterator[None]:
        """Keeps the kernel busy with this source, and interrupts it at the end."""
        with self._client_of(kernel_id) as client:
            request = _execute(client, source, cell_id)
            deadline = time.monotonic() + PATIENCE
            while self.ask(f"api/kernels/{kernel_id}")["execution_state"] != "busy":
                assert time.monotonic() < deadline, "the kernel never became busy"
                time.sleep(0.05)
            yield
            self.ask(f"api/kernels/{kernel_id}/interrupt", "POST", {})
            assert _outcome(client, request) == "error"

    @contextmanager
    def _client_of(self, kernel_id: str) -> Iterator[BlockingKernelClient]:
        file = self.runtime / f"kernel-{kernel_id}.json"
        client = BlockingKernelClient(connection_file=str(file))
        client.load_connection_file()
        client.session.session = uuid.uuid4().hex
        client.start_channels(hb=False)  # a slow heartbeat would count as a dead kernel
        try:
            client.wait_for_ready(timeout=PATIENCE)
            yield client
        finally:
            client.stop_channels()
            client.context.destroy(linger=0)


def _execute(client: BlockingKernelClient, source: str, cell_id: str | None) -> str:
    message = client.session.msg("execute_request", {"code": source, "silent": False})
    message["metadata"] = {} if cell_id is None else {"cellId": cell_id}
    client.shell_channel.send(message)
    return str(message["header"]["msg_id"])


def _outcome(client: BlockingKernelClient, request: str) -> str:
    while True:
        reply = client.get_shell_msg(timeout=PATIENCE)
        if reply["parent_header"].get("msg_id") == request:
            return str(reply["content"]["status"])


@contextmanager
def running_server(
    home: Path,
    *options: str,
    runtime: Path | None = None,
    extension: bool = True,
    python: str = sys.executable,
) -> Iterator[RunningServer]:
    """Runs a server on a free port, with all its files below `home`, and ends it at the end.

    It writes its address to a file in the folder `runtime`. `python` is the interpreter of its
    environment.
    """
    runtime = runtime or home / "runtime"
    root = home / "root"
    folders = {
        "JUPYTER_CONFIG_DIR": home / "config",
        "JUPYTER_DATA_DIR": home / "data",
        "JUPYTER_RUNTIME_DIR": runtime,
        "IPYTHONDIR": home / "ipython",  # the user's startup files would run in every kernel
    }
    for folder in (root, *folders.values()):
        folder.mkdir(parents=True, exist_ok=True)
    extensions = {"jupyter_namespace_viz": extension, "jupyterlab": False, "notebook": False}
    config = {"ServerApp": {"jpserver_extensions": extensions}}
    (home / "config" / "jupyter_server_config.json").write_text(json.dumps(config))
    (home / "config" / "jupyter_server_config.py").write_text(CONFIG)
    arguments = ["--no-browser", "--allow-root", "--port=0", f"--ServerApp.root_dir={root}"]
    log = home / "server.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [python, "-m", "jupyter_server", *arguments, *options],
            env={**os.environ, **{name: str(folder) for name, folder in folders.items()}},
            stdout=output,
            stderr=output,
            text=True,
        )
    try:
        info_file = runtime / f"jpserver-{process.pid}.json"
        yield RunningServer(runtime, process, _info(process, info_file, log))
    finally:
        process.terminate()  # it shuts its kernels down
        process.wait(PATIENCE)


def _info(process: subprocess.Popen[str], info_file: Path, log: Path) -> dict[str, Any]:
    """The content of the file that the server writes when it listens."""

    def connect(info: dict[str, Any]) -> None:
        socket.create_connection((info["hostname"], info["port"])).close()

    info = info_when_written(process, info_file, connect)
    assert info is not None, f"the server did not start:\n{log.read_text()}"
    return info


def info_when_written(
    process: subprocess.Popen[str],
    info_file: Path,
    try_it: Callable[[dict[str, Any]], None] = lambda _: None,
) -> dict[str, Any] | None:
    """The content of a file that the process writes when it listens, once `try_it` raises nothing;
    None where the process ends."""
    deadline = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < deadline:
        try:
            info: dict[str, Any] = json.loads(info_file.read_text())
            try_it(info)
        except (OSError, ValueError):  # absent, incomplete, or the process does not listen yet
            time.sleep(0.05)
        else:
            return info
    return None
