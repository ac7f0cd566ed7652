"""What do the answers to agents consist of?

They are dataclasses, of which the MCP servers make JSON and its schema; with slots the SDK would
take the fields for defaults. A line about a cell begins with its number among the code cells, from
1, and its id: `cell 3 (c7f1)`. No answer has a value that the kernel holds, or the text of a cell,
except for import statements to run. `basis` says where the text came from, and how new what is
known of the kernel is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Change = Literal["edit", "delete", "move"]
"""What may be done to a cell."""

Outcome = Literal["yes", "maybe", "no", "unknown"]
"""Whether a run would raise."""


@dataclass(frozen=True)
class Step:
    """One thing to run: the whole cell, or only `code`, import statements of the cell."""

    cell_id: str
    number: int
    code: str | None
    why: str
    side_effects: list[str]


@dataclass(frozen=True)
class NotebookState:
    """`attention` has a line per cell that failed, would raise or is stale, the most urgent first;
    `others` has a line for all cells with the same status."""

    summary: str
    attention: list[str]
    others: list[str]
    basis: str


@dataclass(frozen=True)
class BeforeRun:
    """Whether the cell would raise if it ran now, and why. `run_first` is what to run before it, in
    this order; ask again after that where there are `more_steps`. `not_mended` is what would still
    be wrong then."""

    would_raise: Outcome
    cell: str
    status: str
    why: list[str]
    run_first: list[Step]
    more_steps: int
    not_mended: list[str]
    basis: str


@dataclass(frozen=True)
class NameFacts:
    """What is known of one name. `held` is the type of what the kernel holds under it, and who
    bound that; null where it holds nothing. `needed_by` has a line per cell that needs it."""

    name: str
    status: str
    message: str | None
    held: str | None
    defined_by: list[str]
    needed_by: list[str]
    basis: str


@dataclass(frozen=True)
class PlanAnswer:
    """What to run, in this order, and what that would not mend. Where there are `more_steps`, ask
    again after these."""

    steps: list[Step]
    more_steps: int
    not_mended: list[str]
    basis: str


@dataclass(frozen=True)
class Effects:
    """What a change would do: a line per cell with another status, and the names that the kernel
    holds and that no cell would define any more."""

    change: str
    cells: list[str]
    names_lost_at_restart: list[str]
    basis: str


@dataclass(frozen=True)
class ImportStates:
    """`attention` has a line per import that is not available, `available` has all others."""

    attention: list[str]
    available: str
    basis: str


Answer = NotebookState | BeforeRun | NameFacts | PlanAnswer | Effects | ImportStates
