"""Which names do a cell's star imports bind, as far as that is known?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from jupyter_namespace_viz.core.analysis.bindings import Definition, ImportStatement
from jupyter_namespace_viz.core.analysis.cell_names import CellNames
from jupyter_namespace_viz.core.syntax.name_sources import NameSource


class AtLeast(frozenset[str]):
    """Names that a star import binds; it may bind others."""

    __slots__ = ()


StarNameLookup = Callable[[NameSource], frozenset[str] | None]
"""The names that a source binds, `AtLeast` where there may be more, None where they are not
known."""


def nothing_known(source: NameSource) -> None:  # noqa: ARG001
    """The `StarNameLookup` of an environment that cannot be read."""
    return


def with_star_names(
    names: CellNames, star_names: StarNameLookup, used: frozenset[str]
) -> CellNames:
    """The cell with the names that its star imports bind, of those that the notebook uses.

    With `from math import *` above it `pi` is defined by the cell, and no need of it.
    """
    bound = []
    unknown = []
    for source in names.name_sources:
        known = star_names(source)
        bound.append((source, known & used if known is not None else frozenset()))
        if known is None or isinstance(known, AtLeast):
            unknown.append(source)
    return _with_bound(names, tuple(bound), tuple(unknown))


@lru_cache(maxsize=2_000)
def _with_bound(
    names: CellNames,
    bound: tuple[tuple[NameSource, frozenset[str]], ...],
    unknown: tuple[NameSource, ...],
) -> CellNames:
    own = {definition.name for definition in names.definitions}
    found = {
        name: Definition(name, "star_import", True, _statements(source, name))
        for source, known in bound
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
        unknown_sources=unknown,
    )


def _statements(source: NameSource, name: str) -> tuple[ImportStatement, ...]:
    """What to run to have the name again."""
    return () if source.code is None else (ImportStatement(name, str(source), None, source.code),)
