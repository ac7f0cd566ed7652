"""How are the tools served over standard input and output?"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations

from jupyter_namespace_viz.agents.tools import INSTRUCTIONS, READ_ONLY, NamespaceTools
from jupyter_namespace_viz.cli.live.errors import LiveError
from jupyter_namespace_viz.cli.mcp.asked_servers import AskedServers


def serve(url: str | None, token: str | None) -> None:
    """Serve until standard input ends."""
    asyncio.run(server_for(AskedServers(url, token)).run_stdio_async())


def server_for(servers: AskedServers) -> MCPServer[Any]:
    """The MCP server, whose tools are answered by Jupyter servers."""

    async def ask(tool: str, arguments: Mapping[str, Any]) -> Any:
        try:
            return await servers.ask(tool, arguments)
        except LiveError as error:
            raise ToolError(str(error)) from error

    server: MCPServer[Any] = MCPServer(
        "jupyter-namespace-viz",
        instructions=INSTRUCTIONS,
        version=version("jupyter_namespace_viz"),
        log_level="WARNING",
    )
    for tool in NamespaceTools(ask).all():
        server.add_tool(tool, annotations=ToolAnnotations.model_validate(READ_ONLY))
    return server
