"""How do walks start a real Jupyter server with the extension, and send requests to it?"""

from __future__ import annotations

import asyncio
import json
import os
import secrets
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

PATIENCE = 60.0
"""Seconds until a wait for an event fails."""

API = "jupyter-namespace-viz/api"

# The notebooks are of unknown origin: less memory than the machine has, and no network. No threads,
# which could make results differ.
_KERNEL = """
import resource, runpy
resource.setrlimit(resource.RLIMIT_AS, (8 << 30, 8 << 30))
runpy.run_module("ipykernel_launcher", run_name="__main__", alter_sys=True)
"""
_QUIET_KERNEL = {
    "MPLBACKEND": "Agg",
    "PYTHONHASHSEED": "0",
    "PYTHONWARNINGS": "ignore",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "http_proxy": "http://127.0.0.1:9",
    "https_proxy": "http://127.0.0.1:9",
}


class Server:
    """A Jupyter server with its own process and folders; `kernel_python` runs its kernels.

    An async context manager: leaving it ends the server and its kernels. `options` are further
    arguments, and `extension` is the module of a second extension.
    """

    def __init__(
        self, folder: Path, kernel_python: str, *options: str, extension: str | None = None
    ) -> None:
        self._folder = folder
        self._kernel_python = kernel_python
        self.token = secrets.token_hex()
        self._options = options
        self._extensions = {"jupyter_namespace_viz": True}
        self._extensions |= {} if extension is None else {extension: True}
        self.log = folder / "server.log"
        self._process: subprocess.Popen[bytes] | None = None
        self._base_url = ""
        # Deep, so that `../data` of a notebook stays inside the folder.
        self.work = folder / "a" / "b" / "c" / "work"

    async def __aenter__(self) -> Server:
        self.work.mkdir(parents=True)
        folders = {name: str(self._folder / name) for name in ("config", "data", "runtime")}
        self._write_kernel_spec(Path(folders["data"]) / "kernels" / "walked")
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(
                [
                    *(sys.executable, "-m", "jupyter_server", "--no-browser", "--port=0"),
                    f"--ServerApp.jpserver_extensions={self._extensions}",
                    f"--ServerApp.root_dir={self.work}",
                    f"--IdentityProvider.token={self.token}",
                    "--ServerApp.allow_root=True",
                    "--ServerApp.log_level=ERROR",
                    *self._options,
                ],
                env={
                    **os.environ,
                    "HOME": str(self._folder),
                    "JUPYTER_CONFIG_DIR": folders["config"],
                    "JUPYTER_DATA_DIR": folders["data"],
                    "JUPYTER_RUNTIME_DIR": folders["runtime"],
                },
                cwd=self._folder,
                stderr=log,
                start_new_session=True,
            )
        self._base_url = await self._find_url(Path(folders["runtime"]))
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)
        try:
            await asyncio.to_thread(self._process.wait, 20)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)

    @property
    def url(self) -> str:
        """The address of the server."""
        return f"http://{self._base_url}"

    @property
    def process_id(self) -> int:
        """That of the server."""
        assert self._process is not None
        return self._process.pid

    def kill(self) -> None:
        """Ends the server as a crash does; its kernels notice that themselves."""
        os.kill(self.process_id, signal.SIGKILL)

    async def ask(self, verb: str, path: str, body: Any = None) -> Any:
        """The server's answer to a REST request."""
        request = HTTPRequest(
            f"http://{self._base_url}{path}",
            method=verb,
            headers={"Authorization": f"token {self.token}"},
            body=None if verb in {"GET", "DELETE"} else json.dumps(body or {}),
            request_timeout=PATIENCE,
        )
        response = await AsyncHTTPClient().fetch(request)
        return json.loads(response.body) if response.body else None

    async def open_socket(self, path: str) -> WebSocketClientConnection:
        """A websocket to the server."""
        request = HTTPRequest(
            f"ws://{self._base_url}{path}", headers={"Authorization": f"token {self.token}"}
        )
        return await websocket_connect(request, max_message_size=1 << 30)

    def _write_kernel_spec(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        spec = {
            "argv": [self._kernel_python, "-c", _KERNEL, "-f", "{connection_file}"],
            "display_name": "walked",
            "language": "python",
            "env": {**_QUIET_KERNEL, "IPYTHONDIR": str(folder / "ipython")},
        }
        (folder / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")

    async def _find_url(self, runtime: Path) -> str:
        """The address of the server, from the file that it writes when it is up."""
        assert self._process is not None
        file = runtime / f"jpserver-{self._process.pid}.json"
        for _ in range(int(PATIENCE / 0.1)):
            if self._process.poll() is not None:
                break
            if file.exists():
                # The file may be being written, and it is there before the server listens.
                with suppress(json.JSONDecodeError, ConnectionRefusedError):
                    info = json.loads(file.read_text(encoding="utf-8"))
                    _, writer = await asyncio.open_connection("127.0.0.1", info["port"])
                    writer.close()
                    return f"127.0.0.1:{info['port']}{info['base_url']}"
            await asyncio.sleep(0.1)
        log = self.log.read_text(encoding="utf-8", errors="replace")
        raise RuntimeError(f"The Jupyter server did not start:\n{log}")
