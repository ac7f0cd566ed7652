"""What does a plan consist of?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from jupyter_namespace_viz.core.sentences import Sentence
from jupyter_namespace_viz.core.verdicts.verdict_types import Need


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to run: a whole cell, or only `code`, import statements of the cell.

    `names` are the names that it binds for others, sorted; `why` is a sentence.
    """

    cell_id: str
    code: str | None
    names: tuple[str, ...]
    why: Sentence


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A name that the plan does not bind, or not with the value that it would have in order;
    `reason` is a sentence.
    """

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The steps in the order in which to run them. A repair runs no cell for a live name, unless a
    step would change its object a second time.
    """

    steps: tuple[Step, ...]
    unresolved: tuple[Unresolved, ...]


def in_order(unresolved: Mapping[str, Unresolved]) -> tuple[Unresolved, ...]:
    """The unresolved names, sorted."""
    return tuple(it for _, it in sorted(unresolved.items()))


def needs_to_fix(needs: Iterable[Need]) -> list[Need]:
    """The needs that a plan has to fix; deferred ones belong to the cell that makes the call."""
    return [need for need in needs if need.needs_provider]
