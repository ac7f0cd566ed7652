"""What does a problem of a notebook consist of?"""

from __future__ import annotations

from dataclasses import dataclass

from jupyter_namespace_viz.core.vocabulary import AttentionKind, RemedyKind


@dataclass(frozen=True, slots=True)
class Remedy:
    """What the user can do about a problem. Run to its end, it removes the problem, except for what
    `remaining` says, in sentences.

    `cells` are the cells that the remedy is for; empty where it is for the whole notebook. `names`
    are the names that it brings back, `distribution` the packages to install, separated by spaces.
    """

    kind: RemedyKind
    cells: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    distribution: str | None = None
    remaining: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NotebookProblem:
    """One thing that needs attention.

    `key` is unique in the notebook, and stays the same while the problem does. `names` are empty
    where the problem is the cell itself. `cells` are the ids of the cells with the problem, in
    document order. `dependents` is the number of further cells that have a problem only because of
    this one. `message` is a sentence.
    """

    key: str
    kind: AttentionKind
    names: tuple[str, ...]
    cells: tuple[str, ...]
    message: str
    dependents: int = 0
    remedies: tuple[Remedy, ...] = ()
