"""Which Jupyter servers may have the notebook open?"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit, urlunsplit

from jupyter_server.serverapp import list_running_servers

from jupyter_namespace_viz.cli.live.errors import NoServer, ServerError


@dataclass(frozen=True, slots=True)
class Server:
    """A server's address and token. `url` ends with a slash and contains no token. `root` is the
    folder whose notebooks the server opens; None where it is unknown, on another machine."""

    url: str
    token: str | None = field(repr=False)
    root: Path | None = None

    def session_path(self, notebook: Path) -> str | None:
        """The notebook's path in the server's sessions; None where it is outside the root."""
        path = notebook.resolve()
        if self.root is None or not path.is_relative_to(self.root):
            return None
        return path.relative_to(self.root).as_posix()


def candidate_servers(
    notebook: Path,
    url: str | None,
    token: str | None,
    environment: Mapping[str, str] = os.environ,
) -> list[Server]:
    """The server named by `url`, or all that run on this machine, the likeliest first.

    The likeliest is the one in whose terminal the command runs, as the environment variables say,
    then the one whose root is nearest above the notebook. Raises NoServer.
    """
    path = notebook.resolve()
    running = [_RunningServer(it) for it in list_running_servers() if _is_of_a_server(it)]
    if url is not None:
        return [_named_server(url, token, running, environment)]
    if not running:
        raise NoServer

    def likelihood(one: _RunningServer) -> tuple[bool, int]:
        is_above = path.is_relative_to(one.root)
        return one.started_us(environment), len(one.root.parts) if is_above else 0

    running.sort(key=likelihood, reverse=True)
    return [Server(one.url, token or one.token, one.root) for one in running]


def _is_of_a_server(entry: Mapping[str, Any]) -> bool:
    """Whether a server wrote the file: jupyter-server-mcp writes one with a similar name."""
    return entry.keys() >= {"url", "port", "base_url", "token", "root_dir"}


class _RunningServer:
    """A server on this machine, as its file in Jupyter's runtime folder describes it."""

    def __init__(self, entry: Mapping[str, Any]) -> None:
        self.url = _with_slash(entry["url"])
        self.port: int = entry["port"]
        self.base_url: str = entry["base_url"]
        self.token: str | None = entry["token"] or None
        self.root = Path(entry["root_dir"]).resolve()

    def is_at(self, url: str) -> bool:
        """Whether the address is the server's; this machine has several names for itself."""
        parts = urlsplit(url)
        is_here = parts.hostname in {"localhost", "127.0.0.1", "::1"}
        return url == self.url or (
            is_here and (parts.port, parts.path) == (self.port, self.base_url)
        )

    def started_us(self, environment: Mapping[str, str]) -> bool:
        """Whether this process runs in the server's terminal, or below it in JupyterHub."""
        its_url = environment.get("JUPYTER_SERVER_URL")
        if its_url is not None:
            return _with_slash(its_url) == self.url
        return environment.get("JUPYTERHUB_SERVICE_PREFIX") == self.base_url


def _named_server(
    url: str, token: str | None, running: list[_RunningServer], environment: Mapping[str, str]
) -> Server:
    """The token may be in the URL, as Jupyter prints it; that of a server here is known anyway."""
    parts = urlsplit(url)
    plain = _with_slash(urlunsplit((parts.scheme, parts.netloc, _without_page(parts.path), "", "")))
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        reason = "cannot be asked: its address has to begin with http:// or https://."
        raise ServerError(url, reason)
    known = next((one for one in running if one.is_at(plain)), None)
    tokens = (
        token,
        *parse_qs(parts.query).get("token", []),
        known.token if known else None,
        environment.get("JUPYTER_TOKEN"),
        *_tokens_of_hub(parts.path, environment),
    )
    return Server(plain, next(filter(None, tokens), None), known.root if known else None)


def _tokens_of_hub(path: str, environment: Mapping[str, str]) -> Iterator[str]:
    """JupyterHub gives each server a token, which must not be sent to any other URL."""
    prefix = environment.get("JUPYTERHUB_SERVICE_PREFIX")
    if prefix and _with_slash(path).startswith(prefix):
        yield environment.get("JUPYTERHUB_API_TOKEN", "")


def _without_page(path: str) -> str:
    """The address without /lab or /tree, which are in the address that Jupyter prints."""
    base, _, page = path.rstrip("/").rpartition("/")
    return base if page in {"lab", "tree"} else path


def _with_slash(url: str) -> str:
    return url if url.endswith("/") else url + "/"
