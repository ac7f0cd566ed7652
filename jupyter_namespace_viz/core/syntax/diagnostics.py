"""Which odd facts about a cell's text are worth telling?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ProblemKind = Literal["syntax", "python2", "newer_python", "too_large", "too_deep"]
"""Does not parse · the same, as it is written for Python 2 · read, though only a newer Python than
ours parses it · longer than what is read · nested too deeply."""

UNPARSED: frozenset[ProblemKind] = frozenset({"syntax", "python2"})
"""Running the cell would raise SyntaxError."""

UNREAD: frozenset[ProblemKind] = frozenset({"too_large", "too_deep"})
"""What the cell does is not known."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """User code that is odd is data, never an exception. `line` counts from 1 in the cell."""

    line: int | None
    kind: ProblemKind
    message: str
