"""What is said of a cell, and of a name that it needs?"""

from __future__ import annotations

from dataclasses import dataclass

from jupyter_namespace_viz.core.vocabulary import CellStatus, NameStatus, Phase, Reason, RepairMode


@dataclass(frozen=True, slots=True)
class Need:
    """The verdict on one name that a cell needs; `provider` is a cell id.

    `line` is where the cell's text reads it first, or calls what reads it, counted from 1; None
    where that is not known. `by_import` says that the provider imports the name, or that the name
    is a module that the cell imports itself. `import_code` is the statement to insert where no cell
    above binds the name: the one of a cell below, or the one that everybody writes. `distribution`
    is what to install for a module that is not installed, where it is known.
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
    def is_mendable(self) -> bool:
        """Whether running something of its provider would bring the name back."""
        if self.reason in {"not_installed", "not_parsed"}:
            return False
        bad = self.status in {"missing", "clobbered"}
        return bad and self.phase == "immediate" and self.provider is not None


@dataclass(frozen=True, slots=True)
class CellVerdict:
    """The verdict on one cell; `message` is the one sentence to show, None if all is well.

    A blocked cell lies `ahead` of what has run when all that it lacks is for cells above it to
    give, and neither it nor a cell below has run. It is `waiting` when running those would unblock
    it and nothing on the screen suggests that it might run already.
    """

    id: str
    status: CellStatus
    needs: tuple[Need, ...] = ()
    blocked_by_import: bool = False
    waiting: bool = False
    ahead: bool = False
    execution_count: int | None = None
    message: str | None = None

    @property
    def repairs(self) -> tuple[RepairMode, ...]:
        """The modes of plan that would mend something of this cell."""
        needs = [need for need in self.needs if need.is_mendable and need.provider != self.id]
        if any(need.by_import for need in needs):
            return ("cells", "imports")
        return ("cells",) if needs else ()
