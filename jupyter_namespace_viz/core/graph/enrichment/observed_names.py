"""Which names did a cell bind in an earlier run that its text does not show?

    c1: setattr(sys.modules["__main__"], "x", 1)    c2: print(x)

Once c1 was seen to bind `x`, it is taken to bind it perhaps: a plan for c2 runs c1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from jupyter_namespace_viz.core.analysis.bindings import Definition
from jupyter_namespace_viz.core.analysis.builtin_names import is_made_by_running
from jupyter_namespace_viz.core.analysis.cell_names import CellNames
from jupyter_namespace_viz.core.analysis.reader import size_of_names
from jupyter_namespace_viz.core.syntax.name_sources import StarImport
from jupyter_namespace_viz.core.syntax.text_cache import cached_by

ObservedNames = Mapping[str, frozenset[str]]
"""Maps the texts of cells to the names that runs of them bound, without those that they show."""

NOTHING_OBSERVED: ObservedNames = MappingProxyType({})

MOST_TEXTS = 500
"""The most texts that are remembered; the oldest are forgotten."""


def observed_names(
    before: ObservedNames, bound: Iterable[tuple[str, str]], read: Callable[[str], CellNames]
) -> ObservedNames:
    """What cells were observed to bind without showing it: what was known `before`, and what the
    names add to it that cells have `bound`, each with the text that bound it.

    Names that star imports may have bound are left out: their modules tell.
    """
    found = {text: set(names) for text, names in before.items()}
    bound_by: dict[str, list[str]] = {}
    for name, text in bound:
        bound_by.setdefault(text, []).append(name)
    for text, names in bound_by.items():
        read_names = read(text)
        if any(isinstance(source, StarImport) for source in read_names.name_sources):
            continue
        hidden = set(names) - {definition.name for definition in read_names.definitions}
        hidden = {name for name in hidden if not is_made_by_running(name)}
        if hidden:
            found.setdefault(text, set()).update(hidden)
    kept = list(found.items())[-MOST_TEXTS:]
    return {text: frozenset(names) for text, names in kept}


@cached_by(size_of_names)
def with_observed_names(names: CellNames, observed: frozenset[str]) -> CellNames:
    """The cell, which now also defines perhaps what its text was observed to bind."""
    own = {definition.name for definition in names.definitions}
    added = [Definition(name, "observed", certain=False) for name in observed - own]
    definitions = sorted((*names.definitions, *added), key=lambda definition: definition.name)
    return replace(names, definitions=tuple(definitions)) if added else names
