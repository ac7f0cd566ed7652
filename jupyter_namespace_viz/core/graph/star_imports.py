"""What do a cell's star imports bind, as far as it is known what they give?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from jupyter_namespace_viz.core.analysis.bindings import Definition, star_statement
from jupyter_namespace_viz.core.analysis.cell_names import CellNames


class AtLeast(frozenset[str]):
    """Names that a star import gives; it may give others."""

    __slots__ = ()


StarNameLookup = Callable[[str], frozenset[str] | None]
"""The names that `from module import *` gives, `AtLeast` where there may be more, None where they
cannot be told."""


def nothing_known(module: str) -> None:  # noqa: ARG001
    """The `StarNameLookup` of an environment that nobody can look into."""
    return


def with_star_names(
    names: CellNames, star_names: StarNameLookup, used: frozenset[str]
) -> CellNames:
    """The cell with the names that its star imports give, of those that the notebook uses.

    With `from math import *` above it `pi` is defined by the cell, and no need of it.
    """
    given = []
    unknown = []
    for module in names.star_imports:
        known = star_names(module)
        given.append((module, known & used if known is not None else frozenset()))
        if known is None or isinstance(known, AtLeast):
            unknown.append(module)
    return _with_given(names, tuple(given), tuple(unknown))


@lru_cache(maxsize=2_000)
def _with_given(
    names: CellNames, given: tuple[tuple[str, frozenset[str]], ...], unknown: tuple[str, ...]
) -> CellNames:
    own = {definition.name for definition in names.definitions}
    found = {
        name: Definition(name, "star_import", True, (star_statement(module, name),))
        for module, known in given
        for name in known
        if name not in own
    }
    definitions = (*names.definitions, *found.values())
    return replace(
        names,
        definitions=tuple(sorted(definitions, key=lambda definition: definition.name)),
        uses=tuple(
            replace(use, star=use.star and bool(unknown))
            for use in names.uses
            if not (use.star and use.name in found)
        ),
        unknown_stars=unknown,
    )
