"""Which requests does the REST API take?

Like `messages.py` a source of truth: `scripts/make_protocol.py` writes `openapi.json` from it.
Paths are those below `/jupyter-namespace-viz/api/`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from msgspec import Struct

from jupyter_namespace_viz.protocol import messages


class Error(Struct, frozen=True):
    """Body of every answer that is none: `message` says what is wrong, and what to do."""

    message: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class Request:
    """One verb of one path, and what is answered to it.

    `refusals` has the status codes of what is not answered, and why it is not.
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
        messages.LiveNamespace,
        {**_NOT_ALLOWED, **_NO_KERNEL},
    ),
    Request(
        "post",
        "report",
        "makeReport",
        "Which of these cells would raise if they ran now, and why",
        messages.NotebookReport,
        {**_BAD_BODY, **_NOT_ALLOWED, **_NO_KERNEL},
        messages.ReportRequest,
    ),
    Request(
        "post",
        "plan",
        "makePlan",
        "What to run so that a cell, or every cell, would not raise",
        messages.Plan,
        {**_BAD_BODY, **_NOT_ALLOWED, **_NO_KERNEL},
        messages.NotebookPlanRequest,
    ),
    Request(
        "post",
        "graph",
        "drawGraph",
        "Which of these cells provides which names to which other cell, to be drawn",
        messages.DrawnGraph,
        {**_BAD_BODY, **_NOT_ALLOWED},
        messages.GraphRequest,
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
