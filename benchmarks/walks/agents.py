"""Does an agent that asks over the Model Context Protocol get the answers of the report?"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Mapping
from contextlib import AsyncExitStack
from types import TracebackType
from typing import Any

from mcp import Client
from mcp.client.stdio import StdioServerParameters, stdio_client

from benchmarks.walks.outcomes import Verdict
from benchmarks.walks.server import Server

PATH = "walked.ipynb"
"""The notebook's file in the folder of the server."""

_QUOTED = re.compile(r"`([^`]+)`")


class AskingAgent:
    """Asks `namespace_before_run` by `jupyter namespace-viz mcp`, as agents do; an async context
    manager."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._stack = AsyncExitStack()
        self._client: Client | None = None

    async def __aenter__(self) -> AskingAgent:
        parameters = StdioServerParameters(
            command=sys.executable,
            args=["-m", "jupyter_namespace_viz", "mcp", "--server", self._server.url],
            env={**os.environ, "JUPYTER_TOKEN": self._server.token},
        )
        client = Client(stdio_client(parameters))
        self._client = await self._stack.enter_async_context(client)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self._stack.__aexit__(kind, error, traceback)

    async def open(self, kernel_id: str) -> None:
        """Opens the notebook with this kernel, as JupyterLab does."""
        session = {"path": PATH, "name": PATH, "type": "notebook", "kernel": {"id": kernel_id}}
        await self._server.ask("POST", "api/sessions", session)

    async def agrees(self, cell: str, cells: Mapping[str, str], verdict: Verdict) -> bool:
        """Saves the notebook, and asks: does the answer say what the report does?"""
        assert self._client is not None
        (self._server.work / PATH).write_text(_saved(cells), encoding="utf-8")
        arguments = {"path": PATH, "cell": cell}
        result = await self._client.call_tool("namespace_before_run", arguments)
        answer = result.structured_content
        if result.is_error or answer is None:
            raise RuntimeError(str(result.content))
        was_interrupted = "Was interrupted when it last ran." in answer["why"]
        fails = verdict.status == "failed" and not was_interrupted
        raises = verdict.would_raise or fails or verdict.status == "syntax_error"
        named = set(_QUOTED.findall(" ".join(answer["why"])))
        lacks = {name for name in verdict.missing if name not in verdict.conditional}
        said = answer["status"].replace(" ", "_")
        return (
            (answer["would_raise"] == "yes") == raises
            and said in {verdict.status, "not_run_yet"}
            and lacks <= named
        )


def _saved(cells: Mapping[str, str]) -> str:
    saved: list[dict[str, Any]] = [
        {
            "cell_type": "code",
            "execution_count": None,
            "id": cell,
            "metadata": {},
            "outputs": [],
            "source": source,
        }
        for cell, source in cells.items()
    ]
    return json.dumps({"cells": saved, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
