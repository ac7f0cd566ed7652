"""What does a report contain about cells, names and imports?

These types are part of the panel's messages and of REST bodies. Field names are snake_case in
Python and in TypeScript. Absent values are null. Lists of cells are in document order, other lists
are sorted.
"""

from __future__ import annotations

from msgspec import Struct

from jupyter_namespace_viz.core.vocabulary import (
    Beginning,
    CellStatus,
    DefinitionKind,
    FindingStatus,
    HeldKind,
    ImportState,
    KernelState,
    NameStatus,
    Phase,
    ProblemKind,
    Reason,
    RepairMode,
)


class CellText(Struct, frozen=True):
    """One code cell as the notebook shows it."""

    id: str
    source: str


class Definition(Struct, frozen=True):
    """A name that other cells see after the cell has run."""

    name: str
    kind: DefinitionKind
    certain: bool


class Use(Struct, frozen=True):
    """A free name of the cell; `via` is the function whose body reads it, if one does."""

    name: str
    phase: Phase
    certain: bool
    via: str | None


class Need(Struct, frozen=True):
    """The verdict on one name that the cell needs; `provider` is a cell id.

    `line` is the line, from 1, where the cell first reads the name or calls the function that reads
    it. `by_import` is whether the provider imports the name, or the name is a module that the cell
    imports itself. `import_code` is the statement to insert where no cell above binds the name:
    that of a cell below, or the common one. `distribution` is the package to install for a module
    that is not installed, where it is known. `is_consequence` is whether the name is missing only
    because its provider is blocked, or has failed. `waiting` is whether running the cells above
    that have yet to run would bind it, and neither the cell nor one below has run.
    """

    name: str
    status: NameStatus
    phase: Phase
    certain: bool
    via: str | None
    reason: Reason | None
    provider: str | None
    message: str | None
    line: int | None
    by_import: bool
    import_code: str | None
    distribution: str | None
    is_consequence: bool
    waiting: bool


class Problem(Struct, frozen=True):
    """Something unusual in a cell's text; `line` counts from 1 in the cell."""

    kind: ProblemKind
    message: str
    line: int | None


class CellReport(Struct, frozen=True):
    """The verdict on one cell.

    A cell that is blocked or at risk is `waiting` when the cells above that have yet to run would
    bind all that it lacks, and neither it nor a cell below has run in this generation: it needs no
    attention, whatever an earlier generation left on the screen. If a cell above cannot run, that
    one has a verdict of its own, which is the cause. `error` is the name of the exception
    that a failed cell raised, null for another cell.

    `execution_count` is that of its last run in this generation. `seconds` is the duration of its
    last successful run, in this generation or an earlier one; null where it is not known. `repairs`
    are the plan modes that would fix at least one need. `message` is the one sentence to show on
    the cell, null if there is none. Plain English sentences count code cells from 1.
    """

    id: str
    status: CellStatus
    blocked_by_import: bool
    waiting: bool
    error: str | None
    execution_count: int | None
    seconds: float | None
    definitions: list[Definition]
    uses: list[Use]
    needs: list[Need]
    problems: list[Problem]
    repairs: list[RepairMode]
    message: str | None


class Edge(Struct, frozen=True):
    """A dependency edge between two cell ids."""

    provider: str
    consumer: str
    names: list[str]


class ImportReport(Struct, frozen=True):
    """One name that an import of a cell binds, and its state.

    `name` is `*` for all names of a star import. `module` has leading dots when relative. `code` is
    the import as a statement of its own. `waiting` is whether the name is missing only because its
    provider has not run, or runs now. `file` is the file of the module that is or would be
    imported, on the kernel's machine. `other_file` is another file with the module's name that is
    not imported; one of the two is the user's own and the other is not. `changed` are the modules
    whose files changed since they were imported; `reloads` is whether autoreload loads all of them
    again before the next run. `distribution` is the package to install or upgrade, where it is
    known. `server_has_it` is whether the server's environment has the module, which the kernel's
    does not have.
    """

    cell: str
    name: str
    module: str
    code: str
    state: ImportState
    message: str | None
    version: str | None
    file: str | None
    other_file: str | None
    changed: list[str]
    reloads: bool
    distribution: str | None
    server_has_it: bool
    waiting: bool


class Kernel(Struct, frozen=True):
    """The state of the kernel; `as_of` is the ISO 8601 time of the latest information from it."""

    kernel_id: str | None
    state: KernelState
    generation: int
    as_of: str | None
    language: str | None
    python: str | None
    message: str | None


class Summary(Struct, frozen=True):
    """The line at the top of the panel, and the numbers of cells that it is about. A waiting cell
    counts as waiting only.

    `fresh_kernel` is how the generation began, while nothing has run in it and at least one cell of
    the notebook is waiting; null otherwise.
    """

    message: str
    fresh_kernel: Beginning | None
    running: int
    queued: int
    failed: int
    blocked: int
    waiting: int
    at_risk: int
    stale: int


class BoundBy(Struct, frozen=True):
    """The run that bound a name; `cell_id` is null for code that is not a cell of a notebook."""

    cell_id: str | None
    execution_count: int | None


class LiveName(Struct, frozen=True):
    """A name that the kernel holds."""

    name: str
    kind: HeldKind
    type: str
    module: str | None
    version: str | None
    summary: str | None
    bound_by: BoundBy | None


class NameReport(Struct, frozen=True):
    """The status of one name of the notebook or the kernel.

    `status` and `message` are those of the most urgent need. `waiting` is whether the name is
    missing only because its provider has not run, and all cells that would raise for it wait for
    it. `providers` and `consumers` are cell ids; `kind` is how the last provider defines the
    name. `held` is what the kernel holds under the name, `binder` who bound that, in words.
    `lost_source` is the text of the cell that bound the name, as it ran, where the cell was deleted
    and no cell above one that used the name defines it; `lost_id` is the id of that cell,
    `lost_after` and `lost_before` are those of the nearest cells above and below it that are still
    there; null where they are not known.
    `lost_by_restart` is whether the kernel holds the name and no run of the notebook would bind it
    again.
    """

    name: str
    status: NameStatus
    waiting: bool
    message: str | None
    kind: DefinitionKind | None
    providers: list[str]
    consumers: list[str]
    held: LiveName | None
    binder: str | None
    lost_source: str | None
    lost_id: str | None
    lost_after: str | None
    lost_before: str | None
    lost_by_restart: bool


class NameChanges(Struct, frozen=True):
    """The names that changed since the last details; `left_out` is how many are over the limit."""

    changed: list[NameReport]
    removed: list[str]
    left_out: int


class Finding(Struct, frozen=True):
    """An error that a cell would raise, or might raise where not `certain`, if the kernel were
    restarted and all cells ran in order. `name` is null for text that does not parse; `line` counts
    from 1.
    """

    cell_id: str
    name: str | None
    status: FindingStatus
    reason: Reason | None
    certain: bool
    provider: str | None
    message: str
    line: int | None


class Step(Struct, frozen=True):
    """One thing to run: a whole cell, or only `code`, import statements of the cell.

    `names` are the names that it binds for others. `effects` are the things that it seems to do
    outside the kernel, in words.
    """

    cell_id: str
    code: str | None
    names: list[str]
    why: str
    effects: list[str]


class Unresolved(Struct, frozen=True):
    """A name that the plan does not bind, and why."""

    name: str
    reason: str


class Plan(Struct, frozen=True):
    """What to run, in this order, and the names that this does not bind."""

    steps: list[Step]
    unresolved: list[Unresolved]
