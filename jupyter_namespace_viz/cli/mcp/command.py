"""What are the arguments of `jupyter namespace-viz mcp`?"""

from __future__ import annotations

import click

from jupyter_namespace_viz.cli.arguments import COULD_NOT_READ, server_options


class NoSdk(click.ClickException):
    """The package `mcp` is not installed, or is too old."""

    exit_code = COULD_NOT_READ

    def __init__(self) -> None:
        super().__init__(
            "This command needs version 2 or later of the MCP SDK. In the environment of this "
            "command, run `pip install 'jupyter_namespace_viz[mcp]'`."
        )


@click.command()
@server_options
def mcp(url: str | None, token: str | None) -> None:
    """Answer agents over standard input and output: a server of the Model Context Protocol.

    An agent starts this command, and asks what the kernel of an open notebook holds before it runs
    a cell. The kernel's Jupyter server needs this extension. With jupyter-server-mcp the same tools
    are there without this command. Nothing is run or changed, and no values are shown.
    """
    try:
        # No other command needs the SDK, which takes a second to import.
        from jupyter_namespace_viz.cli.mcp.stdio_server import serve  # noqa: PLC0415
    except ImportError as error:
        if (error.name or "").partition(".")[0] not in {"mcp", "mcp_types"}:
            raise
        raise NoSdk from error
    serve(url, token)
