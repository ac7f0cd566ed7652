"""What does a verdict say about a cell, and about a name that it needs?"""

from __future__ import annotations

from dataclasses import dataclass

from jupyter_namespace_viz.core.kernel_state.namespace import Change
from jupyter_namespace_viz.core.vocabulary import (
    CellStatus,
    NameStatus,
    Phase,
    Reason,
    RepairMode,
    StaleReason,
)


@dataclass(frozen=True, slots=True)
class Need:
    """The verdict on one name that a cell needs; `provider` is a cell id.

    `line` is where the cell's text reads the name first, or calls what reads it, counted from 1;
    None where that is not known. `by_import` when the provider imports the name, or the name is a
    module that the cell imports itself. `import_code` is the statement to insert where no cell
    above binds the name: that of a cell below, or the common one. `distribution` is what to install
    for a module that is not installed, where it is known. `is_consequence` when the name is missing
    only because its provider is blocked itself.
    """

    name: str
    status: NameStatus
    phase: Phase
    certain: bool
    via: str | None = None
    reason: Reason | None = None
    provider: str | None = None
    message: str | None = None
    by_import: bool = False
    line: int | None = None
    import_code: str | None = None
    distribution: str | None = None
    is_consequence: bool = False

    @property
    def blocks(self) -> bool:
        """Whether running the cell now would raise NameError or ModuleNotFoundError for it."""
        return (
            self.certain
            and self.phase == "immediate"
            and self.status in {"missing", "not_installed"}
        )

    @property
    def is_risk(self) -> bool:
        """Whether running the cell now might raise, or do something else than it seems to."""
        return self.phase == "immediate" and self.status not in {"live", "stale"}

    @property
    def is_fixable(self) -> bool:
        """Whether running something of its provider would bind the name again."""
        if self.reason in {"not_installed", "not_parsed"}:
            return False
        is_bad = self.status in {"missing", "clobbered"}
        return is_bad and self.phase == "immediate" and self.provider is not None


@dataclass(frozen=True, slots=True)
class StaleCell:
    """Why a cell that ran is stale.

    `index` is that of the cell above that gives it `name`, or should; `read` the change whose value
    it read instead, where that is the reason.
    """

    reason: StaleReason
    name: str = ""
    index: int | None = None
    read: Change | None = None


@dataclass(frozen=True, slots=True)
class CellVerdict:
    """The verdict on one cell; `message` is the one sentence to show, None if all is well.

    A blocked cell `is_pending` when cells above it give all that it lacks, and neither it nor a
    cell below has run. It is `waiting` when running the cells above would unblock it and nothing on
    the screen suggests that it ran already.
    """

    id: str
    status: CellStatus
    needs: tuple[Need, ...] = ()
    blocked_by_import: bool = False
    waiting: bool = False
    is_pending: bool = False
    execution_count: int | None = None
    message: str | None = None

    @property
    def repairs(self) -> tuple[RepairMode, ...]:
        """The modes of plan that would fix something of this cell."""
        needs = [need for need in self.needs if need.is_fixable and need.provider != self.id]
        if any(need.by_import for need in needs):
            return ("cells", "imports")
        return ("cells",) if needs else ()
