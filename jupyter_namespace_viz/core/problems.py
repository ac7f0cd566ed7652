"""Which odd facts about a cell's text are worth telling?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ProblemKind = Literal["syntax", "too_large", "too_deep", "unread_magic"]
"""Does not parse · longer than what is read · nested too deeply · a magic nobody knows."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """User code that is odd is data, never an exception. `line` counts from 1 in the cell."""

    line: int | None
    kind: ProblemKind
    message: str
