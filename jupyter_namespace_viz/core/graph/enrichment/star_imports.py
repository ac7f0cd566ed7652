"""Which names do a cell's star imports bind, as far as that is known?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from operator import itemgetter

from jupyter_namespace_viz.core.analysis.bindings import Definition, ImportStatement
from jupyter_namespace_viz.core.analysis.calls.origins import Known
from jupyter_namespace_viz.core.analysis.cell_names import CellNames
from jupyter_namespace_viz.core.analysis.reader import size_of_names
from jupyter_namespace_viz.core.syntax.name_sources import NameSource, StarImport
from jupyter_namespace_viz.core.syntax.text_cache import cached_by


class AtLeast(frozenset[str]):
    """Names that a star import certainly binds; it may bind more."""

    __slots__ = ()


StarNameLookup = Callable[[NameSource], frozenset[str] | None]
"""Returns the names that a source binds: `AtLeast` where it may bind more, None where they are not
known."""


def nothing_known(source: NameSource) -> None:  # noqa: ARG001
    """The `StarNameLookup` for an environment that cannot be read."""
    return


def with_star_names(
    names: CellNames, star_names: StarNameLookup, used: frozenset[str]
) -> CellNames:
    """The cell, which now also defines the names that its star imports bind, as far as the notebook
    uses them.

    A cell with `from math import *` then `pi` defines `pi`, and does not need it.
    """
    bound = []
    unknown = []
    for source in names.name_sources:
        known = star_names(source)
        bound.append((source, known & used if known is not None else frozenset()))
        if known is None or isinstance(known, AtLeast):
            unknown.append(source)
    return _with_bound(names, tuple(bound), tuple(unknown))


@cached_by(size_of_names)
def _with_bound(
    names: CellNames,
    bound: tuple[tuple[NameSource, frozenset[str]], ...],
    unknown: tuple[NameSource, ...],
) -> CellNames:
    own = {definition.name for definition in names.definitions}
    orders = {it.module: it.order + 1 for it in names.imports if it.order is not None}
    added = {
        name: Definition(
            name, "star_import", True, _statements(source, name), order=orders.get(str(source))
        )
        for source, known in bound
        for name in known
        if name not in own
    }
    definitions = (*names.definitions, *added.values())
    known = {name for name, _ in names.values}
    values = [
        (name, Known(f"{it.imports[0].module}.{name}"))
        for name, it in added.items()
        if it.imports and name not in known
    ]
    return replace(
        names,
        values=tuple(sorted((*names.values, *values), key=itemgetter(0))),
        definitions=tuple(sorted(definitions, key=lambda definition: definition.name)),
        uses=tuple(
            replace(use, star=use.star and bool(unknown))
            for use in names.uses
            if not (use.star and use.name in added)
        ),
        unknown_sources=unknown,
    )


def _statements(source: NameSource, name: str) -> tuple[ImportStatement, ...]:
    """The import statement that binds the name again; none where the source is no import, such as a
    file that `%run` runs.
    """
    if not isinstance(source, StarImport):
        return ()
    return (ImportStatement(name, source.module, None, source.code),)
