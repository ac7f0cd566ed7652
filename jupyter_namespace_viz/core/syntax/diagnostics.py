"""Which odd facts about a cell's text are worth telling?"""

from __future__ import annotations

from dataclasses import dataclass

from jupyter_namespace_viz.core.vocabulary import ProblemKind

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
