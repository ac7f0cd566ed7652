"""Which problems can a cell's text have?"""

from __future__ import annotations

from dataclasses import dataclass

from jupyter_namespace_viz.core.sentences import Sentence
from jupyter_namespace_viz.core.vocabulary import ProblemKind

UNPARSED: frozenset[ProblemKind] = frozenset({"syntax", "python2"})
"""Running the cell would raise SyntaxError."""

UNREAD: frozenset[ProblemKind] = frozenset({"too_large", "too_deep"})
"""The cell is not analysed, so what it does is unknown."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """A fact about unusual user code. Such code never raises an exception of ours.

    `line` counts from 1 in the cell; it is None where the problem is the cell as a whole.
    """

    line: int | None
    kind: ProblemKind
    message: Sentence
