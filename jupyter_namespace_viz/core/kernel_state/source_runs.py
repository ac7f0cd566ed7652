"""Which star imports, `%run` and the like ran, in whichever cell or without one?

c1: from math import *; n = 3    only its star import is restored: `pi` is as c1 would bind it
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from jupyter_namespace_viz.core.analysis.cell_names import CellNames, restoring_imports
from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph, ReadSource
from jupyter_namespace_viz.core.kernel_state.namespace import HeldName, Namespace


def codes_that_ran(namespace: Namespace, read: ReadSource) -> frozenset[str]:
    """The code of each name source that ran to its end in this generation."""
    runs = (*namespace.runs.values(), *namespace.other_runs)
    return frozenset(code for run in runs if run.succeeded for code in _codes_of(read(run.source)))


def has_code_run(names: CellNames, ran: Collection[str]) -> bool:
    """Whether all that may bind any name in the cell is among the codes that `ran`."""
    return all(source.code in ran for source in names.unknown_sources)


def may_bind(names: CellNames, name: str, former: Mapping[str, Collection[str]]) -> bool:
    """Whether code of the cell that may bind any name may bind this one; a star import that is in
    `former` binds the names that it bound in an earlier generation.
    """
    return any(name in former.get(str(source), (name,)) for source in names.unknown_sources)


def imports_alike(ran: CellNames, names: CellNames, name: str) -> bool:
    """Whether the text that ran imports the name as the cell with these names does.

    What star imports bind is looked up for cells only, so theirs are compared by their code.
    """
    imports = restoring_imports(names, name)
    if restoring_imports(ran, name) == imports:
        return bool(imports)
    codes = _codes_of(ran)
    return ran.definition_of(name) is None and any(one.code in codes for one in imports)


class NotebookSources:
    """The name sources of a notebook's cells."""

    def __init__(self, graph: DependencyGraph) -> None:
        self._read = graph.read
        self._first: dict[str, int] = {}
        for index in range(len(graph.cells)):
            for code in _codes_of(graph.names_at(index)):
                self._first.setdefault(code, index)

    def bind(self, held: HeldName, before: int | None = None) -> bool:
        """Whether the held name was bound by a name source that a cell of the notebook has, or one
        of the cells above `before`.
        """
        if held.bound_by is None or not self._first:
            return False
        ran = self._read(held.bound_by.source)
        if ran.definition_of(held.name) is not None:
            return False
        first = min((self._first[it] for it in _codes_of(ran) if it in self._first), default=None)
        return first is not None and (before is None or first < before)


def _codes_of(names: CellNames) -> list[str]:
    return [source.code for source in names.name_sources if source.code is not None]
