"""What does a verdict on a cell, or on a name that it needs, consist of?"""

from __future__ import annotations

from dataclasses import dataclass

from jupyter_namespace_viz.core.frozen import frozen
from jupyter_namespace_viz.core.kernel_state.namespace import Change
from jupyter_namespace_viz.core.sentences import Sentence
from jupyter_namespace_viz.core.vocabulary import (
    UNFIXABLE,
    CellStatus,
    NameStatus,
    Phase,
    Reason,
    StaleReason,
)


@frozen
class Need:
    """The verdict on one name that a cell needs; `provider` is a cell id.

    `line` is the line, from 1, where the cell first reads the name or calls the function that reads
    it; None where it is not known. `by_import` is whether the provider imports the name, or the
    name is a module that the cell imports itself. `import_code` is the statement to insert where no
    cell above binds the name: that of a cell below, or the common one. `distribution` is the
    package to install for a module that is not installed, where it is known. `is_consequence` is
    whether the name is missing only because its provider is blocked, or has failed. `waiting` is
    whether the cells above that have yet to run would bind it, and neither the cell nor one below
    has run.
    """

    name: str
    status: NameStatus
    phase: Phase
    certain: bool
    via: str | None = None
    reason: Reason | None = None
    provider: str | None = None
    message: Sentence | None = None
    by_import: bool = False
    line: int | None = None
    import_code: str | None = None
    distribution: str | None = None
    is_consequence: bool = False
    waiting: bool = False

    @property
    def is_awaited(self) -> bool:
        """Whether the kernel does not hold the name, and a cell that runs or is queued binds it
        before this cell could run."""
        return self.status == "missing" and self.reason == "in_flight"

    @property
    def blocks(self) -> bool:
        """Whether running the cell now would raise NameError or ModuleNotFoundError."""
        is_bad = self.status in {"missing", "not_installed"} and not self.is_awaited
        return self.certain and self.phase == "immediate" and is_bad

    @property
    def is_risk(self) -> bool:
        """Whether running the cell now might raise, or use another value than intended."""
        is_held = self.status in {"live", "stale"} and self.reason != "other_import"
        return self.phase == "immediate" and not (is_held or self.is_awaited)

    @property
    def needs_provider(self) -> bool:
        """Whether the cell lacks the name, or has another module than its provider imports."""
        is_bad = self.status in {"missing", "clobbered", "not_installed"} and not self.is_awaited
        return self.phase == "immediate" and (is_bad or self.reason == "other_import")

    @property
    def is_fixable(self) -> bool:
        """Whether running its provider, or an import of it, would bind the name."""
        if self.reason in UNFIXABLE or self.status == "not_installed":
            return False
        return self.needs_provider and self.provider is not None

    @property
    def is_import_to_run(self) -> bool:
        """Whether an import statement alone would bind the name."""
        return self.by_import and self.is_fixable


@dataclass(frozen=True, slots=True)
class StaleCell:
    """Why a cell that ran is stale.

    `index` is the index of the cell that the reason is about, mostly the provider of `name` above.
    `read` is the change whose value the cell read instead, where that is the reason, or where the
    cell that made it was deleted. For `other_draws` the `name` is that of the random numbers.
    """

    reason: StaleReason
    name: str = ""
    index: int | None = None
    read: Change | None = None


@frozen
class CellVerdict:
    """The verdict on one cell; `message` is the one sentence to show, None if there is none.

    A cell that is blocked or at risk is `waiting` when all needs because of which it is are quiet.
    `error` is the name of the exception that a failed cell raised, None where it is not known.
    """

    id: str
    status: CellStatus
    needs: tuple[Need, ...] = ()
    blocked_by_import: bool = False
    waiting: bool = False
    execution_count: int | None = None
    message: Sentence | None = None
    error: str | None = None

    @property
    def would_raise(self) -> bool:
        """Whether running the cell now would raise NameError or ModuleNotFoundError."""
        return any(need.blocks for need in self.needs)

    @property
    def obstacles(self) -> tuple[Need, ...]:
        """The needs because of which the cell is blocked or at risk."""
        return obstacles_of(self.status, self.needs)


def obstacles_of(status: CellStatus, needs: tuple[Need, ...]) -> tuple[Need, ...]:
    """Those of its `needs` because of which a cell with this status is blocked or at risk."""
    if status == "blocked":
        return tuple(need for need in needs if need.blocks)
    if status == "at_risk":
        return tuple(need for need in needs if need.is_risk)
    return ()
