"""Which messages do the panel and the server exchange over the socket?

The dataclasses of `protocol/` are the source of truth: `scripts/make_protocol.py` writes
`schema.json` and `src/protocol.ts` from them.

The panel sends `Update` (what the notebook says now), `PlanRequest` and `Ping`. The server sends
`Hello` first, then `Report` whenever a verdict changed, with `Details` for a panel that requests
them, `Planned` as the answer to a `PlanRequest`, `Pong` to a `Ping`, and `Refused` for a message
that it could not take.
"""

from __future__ import annotations

from msgspec import Struct

from jupyter_namespace_viz.core.vocabulary import (
    PlanMode,
)
from jupyter_namespace_viz.protocol.reports import (
    CellReport,
    CellText,
    Edge,
    Finding,
    ImportReport,
    Kernel,
    NameChanges,
    Step,
    Summary,
    Unresolved,
)

PROTOCOL_VERSION = 1
"""Raised when a message changes in a way that an older reader would misunderstand."""


class Update(Struct, frozen=True, tag="update", tag_field="kind"):
    """What the notebook says now: its kernel, the order of its code cells, the cells that changed.

    `order` is null when no cell came, went or moved. `revision` grows with each update; reports
    echo it. `in_flight` are the ids of the cells that run or are queued, in that order, all of them
    each time. `client` is the session id under which this client asks the kernel for runs.
    `in_full` asks for the names and for what is foreseen, which only an open panel shows.
    """

    revision: int
    kernel_id: str | None
    order: list[str] | None
    changed: list[CellText]
    in_flight: list[str] = []
    client: str | None = None
    in_full: bool = False


class PlanRequest(Struct, frozen=True, tag="plan", tag_field="kind"):
    """Asks what to run for the cell `target`, or for every cell of the notebook when it is null.

    `cells` and `imports` mend what is missing, `with_cell` does and then runs the cell too, `stale`
    runs cells that are out of date, `dependents` those that use what the cell gives.
    """

    request_id: str
    target: str | None
    mode: PlanMode


class Ping(Struct, frozen=True, tag="ping", tag_field="kind"):
    """Asks whether the server is there; browsers cannot send the pings of the socket itself."""


class Limits(Struct, frozen=True):
    """What the server takes; larger cells are named in the report and not read."""

    max_cells: int
    max_cell_chars: int
    max_message_bytes: int


class Hello(Struct, frozen=True, tag="hello", tag_field="kind"):
    """The server's first message; one that does not say that it answers pings refuses them."""

    protocol_version: int
    limits: Limits
    answers_pings: bool = False


class Report(Struct, frozen=True, tag="report", tag_field="kind"):
    """What changed since the last report: `cells` has only cells whose verdict changed.

    `edges` is null when the dependency edges are as before, `imports` when all imports are.
    """

    revision: int
    kernel: Kernel
    cells: list[CellReport]
    edges: list[Edge] | None
    imports: list[ImportReport] | None
    summary: Summary


class Details(Struct, frozen=True, tag="details", tag_field="kind"):
    """Follows a report, where `in_full` was asked for: what changed of what takes longer to tell.

    `names` is null when all names are as before, `foreseen` when that is.
    """

    names: NameChanges | None
    foreseen: list[Finding] | None


class Planned(Struct, frozen=True, tag="planned", tag_field="kind"):
    """The answer to a `PlanRequest`; `generation` is that of the kernel the plan was made for."""

    request_id: str
    generation: int
    steps: list[Step]
    unresolved: list[Unresolved]


class Refused(Struct, frozen=True, tag="refused", tag_field="kind"):
    """A message that could not be taken; the connection lives on.

    `field` is where the trouble is, as a JSON path; `request_id` that of the refused
    `PlanRequest`, where there was one.
    """

    field: str
    message: str
    request_id: str | None


class Pong(Struct, frozen=True, tag="pong", tag_field="kind"):
    """The answer to a `Ping`."""


PanelMessage = Update | PlanRequest | Ping
ServerMessage = Hello | Report | Details | Planned | Refused | Pong
