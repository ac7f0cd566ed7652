"""Which names have the same object, or a part of it, judging by the text?

    c1: rows = []    c2: view = rows    c3: rows.append(1)    c3 mutates view too

Only assignments of a name or an attribute at the top level of a cell count, until one of the names
is bound again. What is mutated may be an equal object by then, so this is a maybe as all mutations.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from jupyter_namespace_viz.core.analysis.cell_names import CellNames
from jupyter_namespace_viz.core.analysis.reader import size_of_names
from jupyter_namespace_viz.core.syntax.text_cache import cached_by


class Aliases:
    """The aliases after some cells, in the order in which they run."""

    def __init__(self) -> None:
        self._affected: dict[str, set[str]] = {}
        self._sources: dict[str, set[str]] = {}  # the same pairs, by the second name

    def enter(self, names: CellNames, mutated: Iterable[str]) -> frozenset[str]:
        """The cell runs and mutates the objects of the names `mutated`; returns the other names
        whose objects change with these.
        """
        if self._affected:
            self._forget(name.name for name in names.definitions if name.certain)
        for name, other in names.aliases:
            self._affected.setdefault(name, set()).add(other)
            self._sources.setdefault(other, set()).add(name)
        found = set(mutated)
        pending = list(found) if self._affected else []
        while pending:
            others = self._affected.get(pending.pop(), set()) - found
            found |= others
            pending += others
        return frozenset(found.difference(mutated))

    def _forget(self, bound: Iterable[str]) -> None:
        """These names have other objects now."""
        for name in bound:
            for other in self._affected.pop(name, ()):
                self._sources[other].discard(name)
            for source in self._sources.pop(name, ()):
                self._affected[source].discard(name)


def add_aliases(names: dict[str, CellNames]) -> None:
    """Add to each cell what it mutates under another name. `names` is in document order."""
    if not any(cell.aliases for cell in names.values()):
        return
    aliases = Aliases()
    for cell_id, cell in names.items():
        others = aliases.enter(cell, cell.mutated)
        if others:
            names[cell_id] = _with_mutated(cell, others)


@cached_by(size_of_names)
def _with_mutated(names: CellNames, others: frozenset[str]) -> CellNames:
    return replace(names, mutated=names.mutated | others)
