"""Which sentences explain the steps of a plan?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from jupyter_namespace_viz.core.analysis.random_numbers import RandomNumbers
from jupyter_namespace_viz.core.verdicts.explanations import cell_number, list_of_cells

Subject = TypeVar("Subject", bound=str | RandomNumbers)
"""What a sentence is about: a name or random numbers."""


def provides(verb: str, consumers: Mapping[Subject, Iterable[int]]) -> str:
    """What a step of a plan provides; `consumers` maps each name to the indexes of the cells that
    need it.
    """
    names = _listed(consumers)
    indexes = sorted({index for needing in consumers.values() for index in needing})
    need = "needs" if len(indexes) == 1 else "need"
    return f"{verb} {names}, which {list_of_cells(indexes)} {need}."


THE_CELL_ITSELF = "This is the cell itself."
"""Why the cell that the user chose runs."""


def would_raise(index: int) -> str:
    """Why a name that the cell at `index` defines stays missing."""
    return f"{cell_number(index).capitalize()}, which defines it, would raise too."


def stays_stale(index: int, why: str) -> str:
    """Why no run makes the cell at `index` fresh; `why` is a sentence."""
    return f"{cell_number(index).capitalize()} stays stale. {why}"


def uses(providers: Mapping[Subject, Iterable[int]]) -> str:
    """Why a cell runs after others; `providers` maps each name to the indexes of the cells that
    define it.
    """
    names = _listed(providers)
    indexes = sorted({index for defining in providers.values() for index in defining})
    return f"Uses {names} of {list_of_cells(indexes)}."


def _listed(names: Iterable[str | RandomNumbers]) -> str:
    """Names in code style and random numbers in words, sorted."""
    words = ((it, f"`{it}`") if isinstance(it, str) else (it.value, it.value) for it in names)
    return ", ".join(word for _, word in sorted(words))
