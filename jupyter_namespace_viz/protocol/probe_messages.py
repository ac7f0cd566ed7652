"""Which messages does the probe send to the server's link?

The probe (`probe/`) runs where this package is not installed, so it builds plain dicts. These types
describe the dicts, and a test validates the probe's real output against them. Every message is
tagged by `op`. Absent values are `null`.

`rev` is the revision of the probe's state. A delta leads from `base` to `rev`. An answer contains
the state at `rev` or a little later, so deltas with a higher `rev` are applied on top of it.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

PROBE_PROTOCOL_VERSION = 9
"""The version of the messages, equal to `VERSION` in `probe/probe.py`, where it says when to raise
both; `tests/kernel/test_probe.py` compares them."""

COMM_TARGET = "jupyter_namespace_viz"
"""The comm target, and the key of our messages in a `comm_info_request` and its reply."""


MOST_DESCRIBED = 5_000
"""Names that one message describes."""

MOST_REMOVED = 100_000
"""Names that one delta says to be removed; instead of one with more the probe asks for a snapshot.
"""

Short = Annotated[str, msgspec.Meta(max_length=1_000)]

Names = str
"""Names, separated by blanks: a list of a million takes ten times as long to decode."""


class RunRecord(msgspec.Struct, frozen=True):
    """One run, as the probe remembers it.

    `serial` counts runs from 1. `succeeded` is null while it runs. `witnessed` is false for runs
    that ended before the probe was installed; they come from IPython's history. `client` is the
    session id of the client that requested the run; `from_notebook` is whether that client was a
    notebook of JupyterLab (the cells of its consoles have ids too). `seconds` is the run's
    duration, null where it is not known. `error` is the name of the exception's class that it
    raised, `missing_module` the module that it did not find, where it raised ModuleNotFoundError,
    and `missing_name` the global name, where it raised NameError; they are null where this is not
    known.
    """

    serial: int
    cell_id: str | None
    client: str | None
    from_notebook: bool
    execution_count: int | None
    source: str
    succeeded: bool | None
    witnessed: bool
    seconds: float | None = None
    error: str | None = None
    missing_module: str | None = None
    missing_name: str | None = None


class NameRecord(msgspec.Struct, frozen=True):
    """One name that the kernel holds.

    `bound_by` is the serial of the run that bound it, null where that was not seen. `initial` is
    whether IPython or a startup file bound it before any code ran, and nothing has bound it since.
    """

    kind: Literal["module", "function", "class", "instance"]
    type: Short
    module: Short | None
    version: Short | None
    summary: Short | None
    bound_by: int | None
    initial: bool


NameRecords = Annotated[dict[Short, NameRecord], msgspec.Meta(max_length=MOST_DESCRIBED)]


class ModuleRecord(msgspec.Struct, frozen=True):
    """What an import of the module would find, determined without importing anything.

    `found` is false where the import certainly raises ModuleNotFoundError; `absent` is then the
    module that does not exist, this one or a package above it. `certain` is false where it is not
    known whether the module exists; `absent` is then the submodule, if any, that has no file and
    that the text of its package does not mention. `loaded_as` is the `__name__` of the module that
    the import would bind, null while it is not loaded.

    `file` is the file of the loaded module, else the one that would be imported. `files` are all
    files of that name that a new kernel would find, the one that it would import first (only for
    top-level modules, and without copies of a project's own package). `own_files` are those of them
    that belong neither to the standard library nor to an installed package.

    `changed` are the modules, this one and its submodules, whose files changed since they were
    imported, null where that is not known. `names` are then those that the loaded module holds,
    null where only its code could tell, and where nothing changed. `reloads` is whether autoreload
    loads them again before the next run. `gone` is whether the module's file no longer exists.
    `mark` identifies all this.
    """

    found: bool
    certain: bool
    absent: str | None
    loaded_as: str | None
    version: str | None
    file: str | None
    files: list[str]
    own_files: list[str]
    changed: list[str] | None
    names: list[str] | None
    gone: bool
    reloads: bool
    mark: int


class FromProbe(msgspec.Struct, frozen=True, tag_field="op"):
    """What every message has: the protocol version, and the `epoch` of the installed probe."""

    v: int
    epoch: str


class Delta(FromProbe, frozen=True, tag="delta"):
    """What changed since `base`: pushed after every cell, during long cells, and after other code.

    `names` are those that were added, changed, or mentioned in the text that ran. `undescribed` are
    further names, whose description would have taken too long: request them with `describe`.
    `run` is null for code that is not a run of its own (a widget's callback, silent code).
    `builtins` is null where they have not changed.
    """

    base: int
    rev: int
    why: Literal["cell", "tick", "other"]
    run: RunRecord | None
    names: NameRecords
    removed: Names
    undescribed: Names
    builtins: Names | None


class Lost(FromProbe, frozen=True, tag="lost"):
    """The probe was interrupted while it compared names, or too many were removed: request a
    snapshot.
    """

    why: str


class Answer(FromProbe, frozen=True):
    """What every answer has. `rid` repeats the `rid` of the request."""

    rid: str | None
    rev: int


class Pong(Answer, frozen=True, tag="pong"):
    """The probe is installed. `running` is the serial of the current run, or null."""

    comms: list[str]
    python: str | None
    prefix: str | None
    running: int | None


class Snapshot(Answer, frozen=True, tag="snapshot"):
    """The whole state: the names, the last run of each cell id and the other runs, and the serials
    of the runs that removed names.

    `version` is that of the kernel's Python, null where it cannot be told. `complete` is false when
    code had run that the probe could not learn about.
    """

    python: str | None
    version: tuple[int, int] | None
    names: NameRecords
    undescribed: Names
    runs: list[RunRecord]
    removed_by: dict[str, int]
    running: int | None
    complete: bool
    builtins: Names


class PollAnswer(Answer, frozen=True, tag="looked"):
    """What changed since the last `rev` while no cell ran, null if nothing did.

    `threads` is whether there are more threads than when the probe was installed; these may bind
    names at any time.
    """

    delta: Delta | Lost | None
    threads: bool


class Described(Answer, frozen=True, tag="described"):
    """The requested names, without those that the kernel no longer holds."""

    names: NameRecords


class Found(Answer, frozen=True, tag="found"):
    """The requested modules, without those whose `mark` was in the request's `known`."""

    modules: dict[str, ModuleRecord]


class Starred(Answer, frozen=True, tag="starred"):
    """The names that star imports of the requested modules bind, null for a module that is not
    loaded or whose names only its code could determine; the kernel's `sys.path`, and its working
    directory.
    """

    modules: dict[str, list[str] | None]
    paths: list[str]
    folder: str


class Failed(Answer, frozen=True, tag="failed"):
    """The probe could not answer; `error` is the name of the exception's class."""

    error: str


Push = Delta | Lost
"""What the probe sends without a request."""

ProbeMessage = Delta | Lost | Pong | Snapshot | PollAnswer | Described | Found | Starred | Failed
