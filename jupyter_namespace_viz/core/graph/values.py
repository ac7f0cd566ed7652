"""Which value does a name have when a cell runs?"""

from __future__ import annotations

from collections.abc import Callable

from jupyter_namespace_viz.core.analysis.builtin_names import is_predefined
from jupyter_namespace_viz.core.analysis.calls.origins import (
    Known,
    Origin,
    OuterName,
    Parameter,
    Step,
    leaves_of,
    root_of,
    with_root,
)
from jupyter_namespace_viz.core.analysis.cell_names import CellNames
from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph

BinderLookup = Callable[[str, int], tuple[CellNames | None, int]]
"""Takes a name and the index of a cell that uses it. Returns the names of the text that has bound
it, None when that is not known, and the index of its cell, -1 when no cell binds it."""


class ValuesAt:
    """The values of names while the cell at `index` runs, after its own line `line`.

    `binder_of` finds the texts that bind them. `binders` are the cells that have bound the names
    that were looked up.
    """

    def __init__(self, graph: DependencyGraph, index: int, binder_of: BinderLookup) -> None:
        self._graph = graph
        self._index = index
        self._binder_of = binder_of
        self._own = graph.names_at(index)
        self._line_of_own = {
            it.name: 0 if it.line is None and it.certain else it.line
            for it in self._own.definitions
        }
        self._values: dict[str | OuterName, Origin] = {}
        self._runs: dict[Origin, bool] = {}
        self.line = 1
        self.binders: dict[str, int] = {}

    def of(self, name: str | OuterName) -> Origin:
        """The origin of the value; None where nothing is known of it."""
        if isinstance(name, str) and self.is_bound_before(name):
            self.binders[name] = self._index
            return _before(self._own.value_of(name), self._index)
        if name not in self._values:
            self._values[name] = self._look_up(name)
        return self._values[name]

    def is_bound_before(self, name: str) -> bool:
        """Whether the cell itself has bound the name at this point; where the branches of a
        statement bind it, that is taken to be so.
        """
        line = self._line_of_own.get(name)
        return line is not None and line < self.line

    def may_run_function(self, origin: Origin) -> bool:
        """Whether a step from this origin may run a function of the notebook."""
        return any(map(self._is_function, leaves_of(origin)))

    def _is_function(self, leaf: Origin) -> bool:
        if not isinstance(leaf, (str, OuterName)):
            return leaf is not None and not isinstance(leaf, (Known, Parameter))
        if isinstance(leaf, str) and self.is_bound_before(leaf):
            return True
        if leaf not in self._runs:
            self._runs[leaf] = False  # a value that comes from itself
            self._runs[leaf] = self.may_run_function(self.of(leaf))
        return self._runs[leaf]

    def _look_up(self, name: str | OuterName) -> Origin:
        plain, before = (name, None) if isinstance(name, str) else (name.name, name.before)
        index = self._index if before is None else before
        names, binder = self._binder_of(plain, index)
        if before is not None and binder >= before:
            names, binder = self._graph.binder_at(plain, before)
            if binder >= before:
                return None
        if binder < 0 and is_predefined(plain):
            return Known(f"builtins.{plain}")
        self.binders[plain] = binder
        return None if names is None else _before(names.value_of(plain), binder)


def _before(value: Origin, index: int) -> Origin:
    """The value that the cell at `index` has bound, in which outer names are those before it."""
    root = root_of(value)
    if not isinstance(root, OuterName) or root.before is not None:
        return value
    if isinstance(value, Step):
        return with_root(value, OuterName(root.name, index))
    return OuterName(root.name, index)
