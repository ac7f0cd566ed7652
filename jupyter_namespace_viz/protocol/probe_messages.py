"""What does the probe say to the server's link?

The probe (`probe/`) runs where our package is not installed, so it builds plain dicts;
these types are what those dicts must be, and a test holds its real output against them. Every
message is tagged by `op`. Absent is `null`, and no field has a default.

`rev` counts what the probe has told: a delta leads from `base` to `rev`, and an answer holds what
was known at `rev` or a little later, so that deltas with a higher `rev` are applied on top of it.
"""

from __future__ import annotations

from typing import Literal

import msgspec

PROBE_PROTOCOL_VERSION = 5

COMM_TARGET = "jupyter_namespace_viz"
"""The comm target, and the key of a `comm_info_request` and its reply that carries our talk."""


class RunRecord(msgspec.Struct, frozen=True):
    """One run, as the probe remembers it.

    `succeeded` is null while it runs. `witnessed` is false for runs that were over before the
    probe was there: they come from IPython's history. `client` is the session id of who asked for
    it; `from_notebook` when that was a notebook of JupyterLab (its consoles' cells have ids too).
    `seconds` is how long it took, null where that is not known.
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


class NameRecord(msgspec.Struct, frozen=True):
    """One name that is held.

    `bound_by` is the serial of the run that was seen to bind it. `initial` when IPython or a
    startup file bound it before any code ran, and it is so still.
    """

    kind: Literal["module", "function", "class", "instance"]
    type: str
    module: str | None
    version: str | None
    summary: str | None
    bound_by: int | None
    initial: bool


class ModuleRecord(msgspec.Struct, frozen=True):
    """What an import of the module would find, told without importing anything.

    `found` is false where it certainly raises ModuleNotFoundError, and `absent` then names what is
    not there, the module or one above it; where that cannot be told `certain` is false, and
    `absent` the part, if any, of which no file is seen, nor a word in the package above.
    `loaded_as` is the `__name__` of the module that it would bind, null while that is not loaded.
    `file` is that of the loaded module, else the one that would be imported; `files` are all of
    that name that a new kernel would find, of which it would take the first (only of modules that
    are below no other, and no twins of a project's own package), `own_files` those that are neither
    the standard library's nor an installed package's. `changed` are the modules, this one and its
    parts, whose files changed since they were imported, null where that cannot be told; `reloads`
    says that autoreload brings them in before the next run, and `gone` that the module's file is no
    more. `mark` stands for all this.
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
    gone: bool
    reloads: bool
    mark: int


class FromProbe(msgspec.Struct, frozen=True, tag_field="op"):
    """What every message has. `epoch` tells one installed probe from another."""

    v: int
    epoch: str


class Delta(FromProbe, frozen=True, tag="delta"):
    """What changed since `base`: pushed after every cell, during long cells, and after other code.

    `names` are those that changed, came, or are mentioned in the text that ran. `undescribed` are
    further ones that took too long: ask for them with `describe`. `run` is null for code that is
    not a run of its own (a widget's callback, silent code). `builtins` are null while they are as
    they were.
    """

    base: int
    rev: int
    why: Literal["cell", "tick", "other"]
    run: RunRecord | None
    names: dict[str, NameRecord]
    removed: list[str]
    undescribed: list[str]
    builtins: list[str] | None


class Lost(FromProbe, frozen=True, tag="lost"):
    """The probe was interrupted while it looked: ask for a snapshot."""

    why: str


class Answer(FromProbe, frozen=True):
    """What every answer has. `rid` repeats the question's."""

    rid: str | None
    rev: int


class Pong(Answer, frozen=True, tag="pong"):
    """The probe is there. `running` is the serial of the run that goes on, or null."""

    comms: list[str]
    python: str | None
    prefix: str | None
    running: int | None


class Snapshot(Answer, frozen=True, tag="snapshot"):
    """Everything: the names, the last run per cell id and the others, who removed what.

    `complete` is false when code had run that the probe could not learn of.
    """

    python: str | None
    names: dict[str, NameRecord]
    undescribed: list[str]
    runs: list[RunRecord]
    removed_by: dict[str, int]
    running: int | None
    complete: bool
    builtins: list[str]


class PollAnswer(Answer, frozen=True, tag="looked"):
    """What changed since the last `rev` while no cell ran, null if nothing. `threads` when there
    are more threads than when the probe came, which may bind names at any time.
    """

    delta: Delta | None
    threads: bool


class Described(Answer, frozen=True, tag="described"):
    """The names that were asked for, without those that are not held any more."""

    names: dict[str, NameRecord]


class Found(Answer, frozen=True, tag="found"):
    """The modules that were asked for, without those whose `mark` the question `known` had."""

    modules: dict[str, ModuleRecord]


class Starred(Answer, frozen=True, tag="starred"):
    """What star imports of the modules give that were asked for, null for one that is not loaded
    or whose code alone could tell; the kernel's `sys.path`, and the folder that it works in.
    """

    modules: dict[str, list[str] | None]
    paths: list[str]
    folder: str


class Failed(Answer, frozen=True, tag="failed"):
    """The probe could not answer; `error` is the name of the exception's class."""

    error: str


Push = Delta | Lost
"""What the probe sends by itself."""

ProbeMessage = Delta | Lost | Pong | Snapshot | PollAnswer | Described | Found | Starred | Failed
