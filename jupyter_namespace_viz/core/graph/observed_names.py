"""Which names did a cell bind in an earlier run that its text does not show?

    c1: setattr(sys.modules["__main__"], "x", 1)    c2: print(x)

Once c1 was seen to bind `x`, it is taken to bind it perhaps: a plan for c2 runs c1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType

from jupyter_namespace_viz.core.analysis.bindings import Definition
from jupyter_namespace_viz.core.analysis.cell_names import CellNames

ObservedNames = Mapping[str, frozenset[str]]
"""Maps the texts of cells to the names that runs of them bound, without those that they show."""

NOTHING_OBSERVED: ObservedNames = MappingProxyType({})


@lru_cache(maxsize=2_000)
def with_observed_names(names: CellNames, observed: frozenset[str]) -> CellNames:
    """The cell, which now also defines perhaps what its text was observed to bind."""
    own = {definition.name for definition in names.definitions}
    added = [Definition(name, "observed", certain=False) for name in observed - own]
    definitions = sorted((*names.definitions, *added), key=lambda definition: definition.name)
    return replace(names, definitions=tuple(definitions)) if added else names
