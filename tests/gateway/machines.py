"""The machines of these tests: a gateway, a Jupyter server with the extension, a cable between."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from tests.kernel_ports import CONFIG

PATIENCE = 120
"""Seconds until a wait fails the test."""

GATEWAY_PYTHON = os.environ.get(
    "NAMESPACE_VIZ_GATEWAY_PYTHON",
    str(Path(__file__).parents[2] / ".venv-gateway" / "bin" / "python"),
)
"""The Python of an environment with a kernel gateway and ipykernel, and without our package."""

WITHOUT_OUR_PACKAGE = {"PYTHONPATH": "", "PYTHONWARNINGS": "ignore"}


def free_port() -> int:
    """A port on which no process listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Machine:
    """A server in a process of its own, with a home of its own, that asks for a token."""

    def __init__(self, home: Path, command: list[str], port: int, token: str, **env: str) -> None:
        home.mkdir()
        self.home = home
        self.port = port
        self.token = token
        self.base_url = "/"
        self._command = command
        self._process: subprocess.Popen[bytes] | None = None
        self._log = home / "log"
        self._env = {
            **os.environ,
            "IPYTHONDIR": str(home / "ipython"),
            "JUPYTER_CONFIG_DIR": str(home / "config"),
            "JUPYTER_DATA_DIR": str(home / "data"),
            "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
            **env,
        }

    def start(self, token: str | None = None) -> None:
        """Starts it, and returns when it answers; with another token, if one is given."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [word.format(token=token or self.token) for word in self._command],
                cwd=self.home, env=self._env, stdout=log, stderr=log,
            )  # fmt: skip
        give_up = time.monotonic() + PATIENCE
        while True:
            try:
                self.request("GET", "api")
                return
            except HTTPError:  # it may not let us in, but it answers
                return
            except (URLError, OSError):
                if self._process.poll() is not None or time.monotonic() > give_up:
                    raise AssertionError(self._log.read_text(encoding="utf-8")) from None
                threading.Event().wait(0.05)

    def request(self, method: str, path: str) -> bytes:
        """What it answers."""
        url = f"http://127.0.0.1:{self.port}{self.base_url}{path}"
        headers = {"Authorization": f"token {self.token}"}
        request = Request(url, headers=headers, method=method)
        with urlopen(request, timeout=PATIENCE) as response:
            answer: bytes = response.read()
            return answer

    def kill(self) -> None:
        """Ends it as a loss of power would; kernels notice that their parent is gone."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Ends it, and its kernels."""
        self._end(signal.SIGTERM)

    def _end(self, how: int) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.send_signal(how)
            process.wait(PATIENCE)


class Gateway(Machine):
    """A kernel gateway in an environment that does not have our package."""

    def __init__(self, home: Path, token: str) -> None:
        port = free_port()
        command = [
            *(GATEWAY_PYTHON, "-m", "kernel_gateway", f"--KernelGatewayApp.port={port}"),
            "--KernelGatewayApp.port_retries=0",
            "--KernelGatewayApp.auth_token={token}",
            "--KernelGatewayApp.env_process_whitelist=IPYTHONDIR",
            "--JupyterWebsocketPersonality.list_kernels=True",
        ]
        super().__init__(home, command, port, token, **WITHOUT_OUR_PACKAGE)
        config = home / "config" / "jupyter_kernel_gateway_config.py"
        config.parent.mkdir()
        config.write_text(CONFIG, encoding="utf-8")
        self.python = GATEWAY_PYTHON


class Server(Machine):
    """A Jupyter server with the extension whose kernels run behind a gateway."""

    def __init__(self, home: Path, token: str, gateway_port: int, gateway_token: str) -> None:
        port = free_port()
        command = [
            *(sys.executable, "-m", "jupyter", "server", "--no-browser", "--allow-root"),
            f"--ServerApp.port={port}",
            "--ServerApp.port_retries=0",
            "--IdentityProvider.token={token}",
            "--ServerApp.jpserver_extensions=jupyter_namespace_viz=True",
            f"--ServerApp.root_dir={home}",
            f"--gateway-url=http://127.0.0.1:{gateway_port}",
            f"--GatewayClient.auth_token={gateway_token}",
            "--GatewayClient.request_timeout=10",
            "--NamespaceVizApp.silent_after=1",
            "--NamespaceVizApp.disconnect_after=0.5",
        ]
        super().__init__(home, command, port, token)


class Cable:
    """A line between the server and the gateway, which can be cut: then nothing comes through, and
    neither end is told."""

    def __init__(self, to_port: int) -> None:
        self._to_port = to_port
        self._is_whole = threading.Event()
        self._is_whole.set()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._connections: list[socket.socket] = []
        self.port = int(self._listening.getsockname()[1])
        self._run(self._accept)

    def cut(self) -> None:
        """From now on nothing comes through."""
        self._is_whole.clear()

    def mend(self) -> None:
        """What was on its way comes through now."""
        self._is_whole.set()

    def snap(self) -> None:
        """All connections break, and both ends are told; new ones come through."""
        connections, self._connections = self._connections, []
        for it in connections:
            _close(it)

    def close(self) -> None:
        """Takes the cable away."""
        self.mend()
        _close(self._listening)
        self.snap()

    def _run(self, what: Any, *args: Any) -> None:
        threading.Thread(target=what, args=args, daemon=True).start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listening.accept()
                self._run(self._connect, near)

    def _connect(self, near: socket.socket) -> None:
        self._is_whole.wait()
        try:
            far = socket.create_connection(("127.0.0.1", self._to_port))
        except OSError:
            _close(near)
            return
        self._connections += [near, far]
        self._run(self._carry, near, far)
        self._run(self._carry, far, near)

    def _carry(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                self._is_whole.wait()
                target.sendall(data)
        self._is_whole.wait()
        _close(source)
        _close(target)


def _close(it: socket.socket) -> None:
    with suppress(OSError):
        it.shutdown(socket.SHUT_RDWR)
    it.close()
