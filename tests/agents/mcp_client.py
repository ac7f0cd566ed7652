"""How does a test ask as an agent does? With the client of the MCP SDK."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import anyio.from_thread
from mcp import Client
from mcp.client.stdio import StdioServerParameters, stdio_client

COMMAND = [sys.executable, "-m", "jupyter_namespace_viz", "mcp"]


class Agent:
    """A client that is connected to an MCP server."""

    def __init__(self, portal: anyio.from_thread.BlockingPortal, client: Client) -> None:
        self._portal = portal
        self._client = client

    def call(self, tool: str, **arguments: Any) -> Any:
        """The whole result of a call."""
        return self._portal.call(self._client.call_tool, tool, arguments)

    def ask(self, tool: str, **arguments: Any) -> dict[str, Any]:
        """The answer of a tool, as JSON."""
        result = self.call(tool, **arguments)
        assert not result.is_error, result.content
        answer: dict[str, Any] = result.structured_content
        return answer

    def refusal(self, tool: str, **arguments: Any) -> str:
        """Why a tool does not answer."""
        result = self.call(tool, **arguments)
        assert result.is_error, result.content
        return str(result.content[0].text)

    def tools(self) -> list[Any]:
        """The tools of the server, as it lists them."""
        return list(self._portal.call(self._client.list_tools).tools)


@contextmanager
def agent_of(runtime: Path, folder: Path, *options: str) -> Iterator[Agent]:
    """An agent that starts `jupyter namespace-viz mcp` in a folder."""
    kept = {name: it for name, it in os.environ.items() if not name.startswith(("JUPYTER", "JPY"))}
    parameters = StdioServerParameters(
        command=COMMAND[0],
        args=[*COMMAND[1:], *options],
        env={**kept, "JUPYTER_RUNTIME_DIR": str(runtime)},
        cwd=str(folder),
    )
    with connected(stdio_client(parameters)) as agent:
        yield agent


@contextmanager
def connected(server: Any) -> Iterator[Agent]:
    """An agent that is connected over a transport of the SDK, or to the server at a URL."""
    with (
        anyio.from_thread.start_blocking_portal() as portal,
        portal.wrap_async_context_manager(Client(server)) as client,
    ):
        yield Agent(portal, client)
