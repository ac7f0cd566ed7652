"""What does a report contain about the problems of a notebook?"""

from __future__ import annotations

from msgspec import Struct

from jupyter_namespace_viz.core.vocabulary import AttentionKind, RemedyKind


class Remedy(Struct, frozen=True):
    """What the user can do about a problem. Run to its end, it removes the problem, except for what
    `remaining` says, in sentences.

    `cells` are the cells that the remedy is for; empty where it is for the whole notebook. `names`
    are the names that it brings back, `distribution` the packages to install, separated by spaces.
    """

    kind: RemedyKind
    cells: list[str]
    names: list[str]
    distribution: str | None
    remaining: list[str]


class NotebookProblem(Struct, frozen=True):
    """One thing that needs attention, with everything that the same remedy would mend.

    `key` is unique in the notebook. `names` are empty where the problem is the cell itself.
    `cells` are the ids of the cells with the problem, in document order. `dependents` is the number
    of further cells that have a problem only because of this one.
    """

    key: str
    kind: AttentionKind
    names: list[str]
    cells: list[str]
    message: str
    dependents: int
    remedies: list[Remedy]
