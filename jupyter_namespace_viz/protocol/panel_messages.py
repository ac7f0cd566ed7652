"""Which messages do the panel and the server exchange over the socket?

The dataclasses of `protocol/` are the source of truth: `scripts/make_protocol.py` writes
`schema.json` and `src/protocol.ts` from them.

The panel sends `Update` (the notebook's current state), `PlanRequest` and `Ping`. The server sends
`Hello` first, then `Report` whenever a verdict changed, followed by `Details` for a panel that
requests them, and by `Problems`. It answers a `PlanRequest` with `Planned`, a `Ping` with `Pong`,
and a message that it cannot accept with `Refused`.
"""

from __future__ import annotations

from msgspec import Struct

from jupyter_namespace_viz.core.vocabulary import (
    PlanMode,
)
from jupyter_namespace_viz.protocol.problems import NotebookProblem
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
"""Increased when a message changes in a way that an older reader would misunderstand."""


class Update(Struct, frozen=True, tag="update", tag_field="kind"):
    """The notebook's current state: its kernel, the order of its code cells, the changed cells.

    `order` has the ids of all code cells; null when no cell was added, removed or moved. `revision`
    increases with each update, and reports repeat it. `in_flight` are the ids of all cells that run
    or are queued, in that order; `ended_at` is the date of the kernel's message that this client's
    last run is over, null where there was none. `client` is the session id with which this client
    sends execute requests. `path` is that of the notebook, by which the server knows it again after
    a reload, null where it has none. `not_code` has the ids of all cells that are not code; null
    when they are the same as before. `in_full` requests `Details`, which only an open panel shows.
    Sentences are written in `language`, as JupyterLab calls it (`de-DE`), and mention cells as
    `[[id]]`; if it is null, they are plain English and count code cells from 1. `counts` are the
    execution counts of the code cells, by their ids, that the panel shows now and that changed.
    """

    revision: int
    kernel_id: str | None
    order: list[str] | None
    changed: list[CellText]
    in_flight: list[str] = []
    ended_at: str | None = None
    client: str | None = None
    path: str | None = None
    not_code: list[str] | None = None
    in_full: bool = False
    language: str | None = None
    counts: dict[str, int | None] = {}


class PlanRequest(Struct, frozen=True, tag="plan", tag_field="kind"):
    """Requests a plan for the cells `targets`, or for every cell of the notebook when it is null.

    The modes `cells` and `imports` fix missing names; `with_cell` does so and then runs the cell;
    `stale` runs stale cells; `dependents` runs the cells that depend on the cell.
    """

    request_id: str
    targets: list[str] | None
    mode: PlanMode


class Ping(Struct, frozen=True, tag="ping", tag_field="kind"):
    """Asks whether the connection works; browsers cannot send the pings of WebSockets."""


class Limits(Struct, frozen=True):
    """The limits of the server. Longer cells are not read, and have a problem in the report."""

    max_cells: int
    max_cell_chars: int
    max_message_bytes: int


class Hello(Struct, frozen=True, tag="hello", tag_field="kind"):
    """The server's first message. Without `answers_pings` the server refuses a `Ping`."""

    protocol_version: int
    limits: Limits
    answers_pings: bool = False


class Report(Struct, frozen=True, tag="report", tag_field="kind"):
    """What changed since the last report: `cells` has only the cells whose report changed.

    `edges` is null when no dependency edge changed, `imports` when no import changed.
    """

    revision: int
    kernel: Kernel
    cells: list[CellReport]
    edges: list[Edge] | None
    imports: list[ImportReport] | None
    summary: Summary


class Details(Struct, frozen=True, tag="details", tag_field="kind"):
    """Follows a report if `in_full` was requested: what changed and takes longer to determine.

    `names` is null when no name changed. `foreseen` is the forecast of Restart & Run All, null when
    it did not change.
    """

    names: NameChanges | None
    foreseen: list[Finding] | None


class Problems(Struct, frozen=True, tag="problems", tag_field="kind"):
    """Follows a report: what needs attention at that `revision`, the most urgent first. Problems
    take longer to determine; those of a report that another one replaces are left out.

    `now` is null when it did not change. `after_restart` are the problems that only a restart would
    bring out, null when they did not change or `in_full` was not requested.
    """

    revision: int
    now: list[NotebookProblem] | None
    after_restart: list[NotebookProblem] | None


class Planned(Struct, frozen=True, tag="planned", tag_field="kind"):
    """The answer to a `PlanRequest`; `generation` is the kernel's for which the plan was made."""

    request_id: str
    generation: int
    steps: list[Step]
    unresolved: list[Unresolved]


class Refused(Struct, frozen=True, tag="refused", tag_field="kind"):
    """The answer to a message that the server did not accept; the connection stays open.

    `field` is the JSON path of the field that is wrong. `request_id` is that of the refused
    `PlanRequest`, null for another message.
    """

    field: str
    message: str
    request_id: str | None


class Pong(Struct, frozen=True, tag="pong", tag_field="kind"):
    """The answer to a `Ping`."""


PanelMessage = Update | PlanRequest | Ping
ServerMessage = Hello | Report | Details | Problems | Planned | Refused | Pong
