"""How do the tools get into jupyter-server-mcp?

Its newer versions also take a middleware, which says here that the tools only read: what a function
is registered with cannot say that. Nothing of it is imported unless it asks.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from jupyter_server.serverapp import ServerApp

from jupyter_namespace_viz.agents.answers import Answer
from jupyter_namespace_viz.agents.tools import NAMES, READ_ONLY, NamespaceTools


def tools() -> list[str]:
    """The entry point of the group `jupyter_server_mcp.tools`: where each function is; none where
    the tools are switched off."""
    return [] if _running_tools() is None else [f"{__name__}:{name}" for name in NAMES]


def __getattr__(name: str) -> Callable[..., Awaitable[Answer]]:
    """The tool with this name, of the server in this process."""
    running = _running_tools() if name in NAMES else None
    if running is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    tool: Callable[..., Awaitable[Answer]] = getattr(running, name)
    return tool


def read_only_hints() -> Any:
    """The entry point of the group `jupyter_server_mcp.middleware`: annotates the tools when a
    client lists them."""
    from fastmcp.server.middleware import Middleware  # noqa: PLC0415 - there when this is called
    from mcp.types import ToolAnnotations  # noqa: PLC0415

    hints = ToolAnnotations.model_validate(READ_ONLY)

    class ReadOnlyHints(Middleware):  # type: ignore[misc] # where fastmcp is not installed
        """Says that our tools change nothing, and that the same question may be asked again."""

        async def on_list_tools(self, context: Any, call_next: Any) -> Any:
            return [
                tool.model_copy(update={"annotations": hints}) if tool.name in NAMES else tool
                for tool in await call_next(context)
            ]

    return ReadOnlyHints()


def _running_tools() -> NamespaceTools | None:
    """Those of our extension on the server of this process."""
    if not ServerApp.initialized():
        return None
    extensions = ServerApp.instance().extension_manager.extension_apps
    apps = extensions.get("jupyter_namespace_viz", ())
    return next((app.tools for app in apps), None)
