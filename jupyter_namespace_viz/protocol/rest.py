"""Which requests does the REST API accept?

This file is the source of truth, like `panel_messages.py`: `scripts/make_protocol.py` writes
`openapi.json` from it. Paths are relative to `/jupyter-namespace-viz/api/`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from msgspec import Struct

from jupyter_namespace_viz.core.vocabulary import KernelState, PlanMode
from jupyter_namespace_viz.protocol.problems import NotebookProblem
from jupyter_namespace_viz.protocol.reports import (
    CellReport,
    CellText,
    Edge,
    ImportReport,
    Kernel,
    LiveName,
    Plan,
    Summary,
)


class LiveNamespace(Struct, frozen=True):
    """Answers `GET kernels/<kernel_id>/namespace`: the live namespace, sorted by name."""

    kernel_id: str
    generation: int
    state: KernelState
    as_of: str | None
    names: list[LiveName]


class ReportRequest(Struct, frozen=True):
    """Body of `POST report`: code cells in document order, and the kernel to compare them with.

    `in_flight` are the ids of the cells that run or are queued, in that order. `not_code` are the
    ids of the notebook's cells that are not code: a run of one of them is not of a deleted cell.
    """

    kernel_id: str | None
    cells: list[CellText]
    in_flight: list[str] = []
    not_code: list[str] = []


class NotebookReport(Struct, frozen=True):
    """Answers `POST report`: the verdict on every cell that was posted.

    `lost_by_restart` are the names that the kernel holds and no run of the notebook would bind
    again, sorted; null where they were not requested. `problems` are sorted, the most urgent first.
    """

    kernel: Kernel
    cells: list[CellReport]
    edges: list[Edge]
    imports: list[ImportReport]
    problems: list[NotebookProblem]
    summary: Summary
    lost_by_restart: list[str] | None


class NotebookPlanRequest(Struct, frozen=True):
    """Body of `POST plan`, which answers with a `Plan` for the cell `target`, for the cells
    `targets`, or for every cell when both are null.
    """

    kernel_id: str | None
    cells: list[CellText]
    target: str | None
    mode: PlanMode
    targets: list[str] | None = None


class GraphRequest(Struct, frozen=True):
    """Body of `POST graph`: code cells in document order, and the language to draw them in."""

    cells: list[CellText]
    format: Literal["dot", "mermaid"]


class DrawnGraph(Struct, frozen=True):
    """Answers `POST graph`: the text of the drawing."""

    text: str


class ToolCall(Struct, frozen=True):
    """Body of `POST tools/{tool}`: the arguments of a tool for agents, by their names."""

    arguments: dict[str, Any]


class Error(Struct, frozen=True):
    """Body of every error response: `message` says what is wrong, and what to do."""

    message: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class Request:
    """One verb of one path, with its response.

    `refusals` maps the status codes of error responses to their reasons.
    """

    verb: Literal["get", "post"]
    path: str
    name: str
    summary: str
    answer: Any
    refusals: Mapping[int, str]
    body: type[Struct] | None = None


_NOT_ALLOWED = {403: "No valid token was sent, or its user may not run code on this server."}
_NO_KERNEL = {404: "No kernel has this id."}
_BAD_BODY = {
    400: "The body is not what is asked for; the message begins with the JSON path of the trouble.",
    413: "The body is longer, or has more cells, than the server takes.",
}

REQUESTS = (
    Request(
        "get",
        "kernels/{kernel_id}/namespace",
        "getNamespace",
        "What a running kernel holds",
        LiveNamespace,
        {**_NOT_ALLOWED, **_NO_KERNEL},
    ),
    Request(
        "post",
        "report",
        "makeReport",
        "Which of these cells would raise if they ran now, and why",
        NotebookReport,
        {**_BAD_BODY, **_NOT_ALLOWED, **_NO_KERNEL},
        ReportRequest,
    ),
    Request(
        "post",
        "plan",
        "makePlan",
        "What to run so that a cell, or every cell, would not raise",
        Plan,
        {**_BAD_BODY, **_NOT_ALLOWED, **_NO_KERNEL},
        NotebookPlanRequest,
    ),
    Request(
        "post",
        "graph",
        "drawGraph",
        "Which of these cells provides which names to which other cell, to be drawn",
        DrawnGraph,
        {**_BAD_BODY, **_NOT_ALLOWED},
        GraphRequest,
    ),
    Request(
        "post",
        "tools/{tool}",
        "callTool",
        "What a tool for agents answers; `jupyter namespace-viz mcp` lists the tools",
        dict[str, Any],
        {
            **_BAD_BODY,
            400: "The question cannot be answered; the message says why, and what to do.",
            **_NOT_ALLOWED,
        },
        ToolCall,
    ),
    Request(
        "get",
        "openapi.json",
        "getDescription",
        "This description of the API",
        dict[str, Any],
        _NOT_ALLOWED,
    ),
)
