"""What does a report say about cells, names and imports?

These types are part of the panel's messages and of REST bodies. Names stay snake_case in Python and
TypeScript; what is absent is null. Lists are in document order where they name cells, else sorted.
"""

from __future__ import annotations

from msgspec import Struct

from jupyter_namespace_viz.core.vocabulary import (
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
    """One code cell as the notebook shows it.

    `has_result` says whether it shows an execution count or an output, of whatever kernel.
    """

    id: str
    source: str
    has_result: bool = False


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

    `line` is where the cell's text reads it first, or calls what reads it, counted from 1.
    `by_import` when its provider imports it, or it is a module that the cell imports itself.
    `import_code` is the statement to insert where no cell above binds the name: the one of a cell
    below, or the common one. `distribution` is what to install for a module that is not installed,
    where it is known. `is_consequence` when the name is missing only because its provider is
    blocked itself.
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


class Problem(Struct, frozen=True):
    """An odd fact about a cell's text; `line` counts from 1 in the cell."""

    kind: ProblemKind
    message: str
    line: int | None


class CellReport(Struct, frozen=True):
    """The verdict on one cell.

    A blocked cell lies `ahead` of what has run when all that it lacks is for cells above it to
    give, and neither it nor a cell below has run. It is `waiting` when running those would unblock
    it and nothing on the screen suggests that it might run already.
    `execution_count` is that of its last run in this generation, `seconds` how long the last one
    took that succeeded, be it in a generation before; null where that is not known. `repairs` are
    the modes of plan that would mend something. `message` is the one sentence to show on the cell,
    null when there is nothing to say. Sentences count code cells from 1.
    """

    id: str
    status: CellStatus
    blocked_by_import: bool
    waiting: bool
    ahead: bool
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
    """One name that an import of a cell binds, and what became of it.

    `name` is `*` for all those of a star import, `module` has leading dots when relative, `code` is
    the import as a statement of its own. `file` is where the module comes from, or would, on the
    kernel's machine; `other_file` one of its name that is not imported, the user's own where that
    is installed or the other way round. `changed` are the modules whose files changed since they
    were imported, which autoreload brings in before the next run if `reloads`. `distribution` is
    what to install or upgrade, where that is known. `server_has_it` when the kernel's environment
    does not have the module and the server's has.
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


class Kernel(Struct, frozen=True):
    """What is known of the kernel; `as_of` is the ISO 8601 time of the last fact from it."""

    kernel_id: str | None
    state: KernelState
    generation: int
    as_of: str | None
    language: str | None
    python: str | None
    message: str | None


class Summary(Struct, frozen=True):
    """The one line at the top of the panel, and how many cells it is about."""

    message: str
    blocked: int
    waiting: int
    at_risk: int
    stale: int


class BoundBy(Struct, frozen=True):
    """The run that bound a name; `cell_id` is null for code that is no cell of a notebook."""

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
    """How one name of the notebook or the kernel stands.

    `status` and `message` are those of the cell whom it concerns most. `waiting` when it is missing
    only because its provider has not run, and nobody could be surprised by that. `kind` is how the
    last of the `providers` defines it; these and the `consumers` are cell ids. `held` is what the
    kernel holds under the name, `binder` who bound that, in words. `lost_source` is the text of the
    cell that bound it, as it ran, where that cell was deleted and no other gives the name.
    `lost_by_restart` when the kernel holds the name and no cell defines it.
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
    lost_by_restart: bool


class NameChanges(Struct, frozen=True):
    """The names that are not as they were last told; `left_out` counts those that are too many."""

    changed: list[NameReport]
    removed: list[str]
    left_out: int


class Finding(Struct, frozen=True):
    """What a cell would raise if the kernel were restarted and all cells ran in order, or might
    where not `certain`. `name` is null for text that is no Python; `line` counts from 1.
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
    """One thing to run: the whole cell, or only `code` (its import statements) when given.

    `effects` is what it seems to do outside the kernel, in words.
    """

    cell_id: str
    code: str | None
    names: list[str]
    why: str
    effects: list[str]


class Unresolved(Struct, frozen=True):
    """A name that no plan can bring back, and why."""

    name: str
    reason: str


class Plan(Struct, frozen=True):
    """What to run, in this order, and what that cannot bring back."""

    steps: list[Step]
    unresolved: list[Unresolved]
