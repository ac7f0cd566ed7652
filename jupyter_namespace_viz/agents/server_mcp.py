"""How do the tools get into jupyter-server-mcp?

It calls the entry point `tools`, and registers the functions that this names. That they only read
cannot be said about a function there, so a middleware says it. Nothing of jupyter-server-mcp is
imported unless it asks.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any

from jupyter_server.serverapp import ServerApp

from jupyter_namespace_viz.agents.answers import Answer
from jupyter_namespace_viz.agents.errors import Unanswerable
from jupyter_namespace_viz.agents.tools import NAMES, READ_ONLY, Ask, NamespaceTools


def tools() -> list[str]:
    """The entry point of the group `jupyter_server_mcp.tools`: where each function is; none where
    the tools are switched off."""
    if _answerer() is None:
        return []
    for asking in _extensions("jupyter_server_mcp"):
        registry = getattr(asking.mcp_server_instance, "mcp", None)
        if registry is not None:
            registry.add_middleware(read_only_hints())
    return [f"{__name__}:{name}" for name in NAMES]


def __getattr__(name: str) -> Callable[..., Awaitable[Answer]]:
    """The tool with this name, which asks the Jupyter server of this process."""
    answer_tool = _answerer() if name in NAMES else None
    if answer_tool is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    tool: Callable[..., Awaitable[Answer]] = getattr(NamespaceTools(_refusing(answer_tool)), name)
    return tool


def read_only_hints() -> Any:
    """A middleware that annotates the tools when a client lists them."""
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


def _refusing(answer_tool: Ask) -> Ask:
    """What is asked, with refusals of which the server logs no traceback."""
    from fastmcp.exceptions import ToolError  # noqa: PLC0415

    async def ask(tool: str, arguments: Mapping[str, Any]) -> Any:
        try:
            return await answer_tool(tool, arguments)
        except Unanswerable as error:
            raise ToolError(str(error)) from error

    return ask


def _answerer() -> Ask | None:
    """That of our extension on the server of this process; None where the tools are off."""
    return next((app.answer_tool for app in _extensions("jupyter_namespace_viz")), None)


def _extensions(name: str) -> Iterable[Any]:
    """The applications of this extension on the server of this process."""
    if not ServerApp.initialized():
        return ()
    found: Iterable[Any] = ServerApp.instance().extension_manager.extension_apps.get(name, ())
    return found
