"""What does `jupyter namespace-viz live` say when it has no report?"""

from __future__ import annotations

import json
import os
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from jupyter_namespace_viz.cli.live.servers import Server, candidate_servers
from tests.cli.live.conftest import MINUTES, live, write
from tests.running_server import RunningServer, running_server


@pytest.fixture
def notebook(server: RunningServer) -> Path:
    return write(server.root / "refused.ipynb", "print(1)")


def error_of(*arguments: str | Path) -> str:
    """What a command that fails writes to standard error."""
    result = live(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    return result.stderr.rstrip("\n")


def test_no_notebook(server: RunningServer) -> None:
    assert error_of("nope.ipynb").startswith(
        "nope.ipynb could not be read as a notebook: there is no"
    )
    path = server.root / "broken.ipynb"
    path.write_text("{")
    assert error_of(path) == f"{path} could not be read as a notebook: it is not a notebook's JSON."


def test_no_server(notebook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path))
    assert error_of(notebook) == (
        "No Jupyter server runs on this machine for this user. Start JupyterLab, or name a server "
        "elsewhere with --server URL --token TOKEN."
    )


def test_a_file_of_another_program(
    notebook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """jupyter-server-mcp writes one next to those of the servers, with a similar name."""
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path))
    info = {"pid": os.getpid(), "url": "http://localhost:3001/mcp", "root_dir": str(tmp_path)}
    (tmp_path / f"jpserver-mcp-{os.getpid()}.json").write_text(json.dumps(info))
    assert error_of(notebook).startswith("No Jupyter server runs on this machine for this user.")


def test_no_kernel(server: RunningServer, notebook: Path, tmp_path: Path) -> None:
    kernel_id = server.open("running.ipynb")
    for path in (notebook, write(tmp_path / "refused.ipynb", "print(1)")):
        first, *lines = error_of(path).splitlines()
        assert first == (
            f"refused.ipynb has no running kernel on {server.url}. Open it in JupyterLab, or name "
            "one of these with --kernel:"
        )
        ours = [line for line in lines if line.startswith(f"  {kernel_id}  python3, ")]
        assert [line.endswith(f", running.ipynb at {server.url}") for line in ours] == [True]


def test_a_kernel_that_is_not_there(server: RunningServer, notebook: Path) -> None:
    kernel_id = server.open("running.ipynb")
    first, *lines = error_of(notebook, "--kernel", "zzz").splitlines()
    assert first == (
        f"zzz is no kernel on {server.url}. Start one, or name one of these with --kernel:"
    )
    assert any(line.startswith(f"  {kernel_id}  python3") for line in lines)
    server.open("running-too.ipynb")
    assert error_of(notebook, "--kernel", "").startswith(
        "--kernel  is the beginning of several ids: "
    )


def test_tokens(server: RunningServer, notebook: Path) -> None:
    shown = "`jupyter server list` shows it where the server runs: --token TOKEN."
    assert error_of(notebook, "--token", "nonsense") == (
        f"The Jupyter server at {server.url} did not accept the token. {shown}"
    )
    assert error_of(notebook, "--server", server.url + "?token=nonsense").endswith(shown)


def test_no_token(
    server: RunningServer, notebook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path))
    assert error_of(notebook, "--server", server.url).startswith(
        f"The Jupyter server at {server.url} wants a token."
    )


def test_addresses(server: RunningServer, notebook: Path) -> None:
    assert error_of(notebook, "--server", "localhost:8888") == (
        "The Jupyter server at localhost:8888 cannot be asked: its address has to begin with "
        "http:// or https://."
    )
    wrong = server.url + "other/"
    assert error_of(notebook, "--server", wrong) == (
        f"The Jupyter server at {wrong} is not where Jupyter answers. `jupyter server list` shows "
        "the whole address, base URL included."
    )
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert error_of(notebook, "--server", f"http://127.0.0.1:{port}") == (
        f"The Jupyter server at http://127.0.0.1:{port}/ cannot be reached (Connection refused). "
        "Is it running?"
    )


class _Hello(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"<h1>Hello</h1>")

    def log_message(self, *arguments: object) -> None:
        """Quiet."""


@pytest.fixture
def another_web_server() -> Iterator[ThreadingHTTPServer]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Hello) as web:
        thread = threading.Thread(target=web.serve_forever)
        thread.start()
        yield web
        web.shutdown()
        thread.join()


def test_what_is_no_jupyter_server(notebook: Path, another_web_server: ThreadingHTTPServer) -> None:
    url = f"http://127.0.0.1:{another_web_server.server_port}/"
    message = error_of(notebook, "--server", url)
    assert message.startswith(
        f"The Jupyter server at {url} answers api/sessions in a way that is not"
    )
    assert "Is it a Jupyter server" in message


def test_a_server_without_the_extension_and_several_servers(
    server: RunningServer, notebook: Path, tmp_path: Path
) -> None:
    with running_server(tmp_path, runtime=server.runtime, extension=False) as other:
        path = write(other.root / "here.ipynb", "print(1)")
        other.open("here.ipynb")
        note = f"2 Jupyter servers run here; {other.url} it is."
        message = error_of(path)
        assert message.splitlines()[0] == note
        assert "runs without jupyter_namespace_viz." in message
        assert "`jupyter server extension enable jupyter_namespace_viz`" in message
        assert "runs without jupyter_namespace_viz." in error_of(path, "--watch")
        server.open("refused.ipynb")
        result = live(notebook)
        assert (result.exit_code, result.stderr) == (
            0,
            f"2 Jupyter servers run here; {server.url} it is.\n",
        )


@pytest.mark.parametrize(
    ("environment", "first"),
    [
        ({}, "http://localhost:2/"),
        ({"JUPYTER_SERVER_URL": "http://localhost:1/"}, "http://localhost:1/"),
        ({"JUPYTERHUB_SERVICE_PREFIX": "/user/me/"}, "http://localhost:3/user/me/"),
    ],
)
def test_the_likeliest_server_is_asked_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], first: str
) -> None:
    """The one whose terminal we are in, else the one whose folder is nearest above the notebook."""
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path))
    servers = [(1, "/", ""), (2, "/", "project"), (3, "/user/me/", "elsewhere")]
    for port, base_url, folder in servers:
        root = tmp_path / "home" / folder
        root.mkdir(parents=True, exist_ok=True)
        info = {
            "url": f"http://localhost:{port}{base_url}",
            "port": port,
            "base_url": base_url,
            "root_dir": str(root),
            "token": f"token-{port}",
            "pid": os.getpid(),
        }
        (tmp_path / f"jpserver-{port}.json").write_text(json.dumps(info))
    asked = candidate_servers(tmp_path / "home" / "project" / "a.ipynb", None, None, environment)
    assert asked[0].url == first
    assert len(asked) == 3
    assert all(server.token in {"token-1", "token-2", "token-3"} for server in asked)


def test_the_hub_s_token_is_for_its_own_server_alone() -> None:
    hub = {"JUPYTERHUB_SERVICE_PREFIX": "/user/me/", "JUPYTERHUB_API_TOKEN": "secret"}

    def asked(url: str) -> Server:
        return candidate_servers(Path("a.ipynb"), url, None, hub)[0]

    assert asked("https://hub.example/user/me/lab").token == "secret"
    assert asked("https://hub.example/user/me").url == "https://hub.example/user/me/"
    assert asked("https://elsewhere.example/").token is None


def test_a_certificate_that_is_not_trusted(tmp_path: Path, notebook: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    command = f"openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=localhost -keyout {key}"
    subprocess.run(
        [*command.split(), "-out", certificate], check=True, capture_output=True, timeout=MINUTES
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with ThreadingHTTPServer(("127.0.0.1", 0), _Hello) as web:
        web.socket = context.wrap_socket(web.socket, server_side=True)
        thread = threading.Thread(target=web.serve_forever)
        thread.start()
        message = error_of(notebook, "--server", f"https://localhost:{web.server_port}")
        web.shutdown()
        thread.join()
    assert "has a certificate that is not trusted here (self-signed certificate)." in message
