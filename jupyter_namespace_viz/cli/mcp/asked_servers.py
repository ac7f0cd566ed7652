"""Which Jupyter server answers the question of an agent, and under which path?"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

import msgspec

from jupyter_namespace_viz.agents.tools import answer_type
from jupyter_namespace_viz.cli.live.errors import CallRefused, ServerError
from jupyter_namespace_viz.cli.live.server_api import ServerApi, Session
from jupyter_namespace_viz.cli.live.servers import Server, candidate_servers


class AskedServers:
    """The servers that may have a notebook: the one named by `url`, or those of this machine.

    The server of a notebook is looked for once, and again when it does not answer any more.
    """

    def __init__(self, url: str | None = None, token: str | None = None) -> None:
        self._url = url
        self._token = token
        self._found: dict[str, tuple[ServerApi, str]] = {}

    async def ask(self, tool: str, arguments: Mapping[str, Any]) -> Any:
        """The answer of the tool; raises LiveError."""
        path = str(arguments["path"])
        if path in self._found:
            try:
                return await self._asked(tool, arguments)
            except ServerError:  # another server may have the notebook by now
                del self._found[path]
        self._found[path] = await self._find(path)
        return await self._asked(tool, arguments)

    async def _asked(self, tool: str, arguments: Mapping[str, Any]) -> Any:
        api, path = self._found[str(arguments["path"])]
        answer = await api.call_tool(tool, {**arguments, "path": path})
        return msgspec.convert(answer, answer_type(tool))

    async def _find(self, path: str) -> tuple[ServerApi, str]:
        """The server that has the notebook open, or else the likeliest one that has it, and its
        path there."""
        notebook = Path(path).expanduser()
        candidates = []
        for server in candidate_servers(notebook, self._url, self._token):
            api = ServerApi(server)
            try:
                sessions = await api.sessions()
            except ServerError:
                if self._url is not None:
                    raise
                continue
            its_path = _path_on(server, path, sessions)
            if its_path is not None:
                is_open = any(session.path == its_path for session in sessions)
                candidates.append((is_open, api, its_path))
        if not candidates:
            raise CallRefused(
                f"No Jupyter server that runs here has {path}. Start JupyterLab in a folder above "
                "it, or give the path relative to the folder of the server."
            )
        _, api, its_path = max(candidates, key=lambda it: it[0])
        return api, its_path


def _path_on(server: Server, path: str, sessions: list[Session]) -> str | None:
    """The path of the notebook on the server; None where the server does not have it.

    A relative path may begin in the current folder, or in that of the server. The folder of a
    server on another machine is unknown: there the path of a session may be the end of ours.
    """
    given = Path(path).expanduser()
    if server.root is not None:
        if given.exists() and (its_path := server.session_path(given)) is not None:
            return its_path
        there = server.root / path.lstrip("/")
        return server.session_path(there) if there.exists() else None
    parts = PurePosixPath(given.as_posix()).parts
    ends = (
        it
        for it in sessions
        if parts[-len(PurePosixPath(it.path).parts) :] == PurePosixPath(it.path).parts
    )
    longest = max(ends, key=lambda it: len(it.path), default=None)
    return path.lstrip("/") if longest is None else longest.path
