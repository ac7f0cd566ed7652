"""Which cell that has not run would let a module be imported?

c1: sys.path.append("src")    c2: import in_src    c1 lets c2 import it
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph
from jupyter_namespace_viz.core.imports.failing_imports import (
    UNCHANGED,
    SearchState,
    nothing_fails,
)
from jupyter_namespace_viz.core.imports.search_changes import search_changes
from jupyter_namespace_viz.core.imports.search_states import after_change
from jupyter_namespace_viz.core.verdicts.context import VerdictContext


class _Step(NamedTuple):
    """A change that the cell at index `cell` has yet to make, and where imports look after it. With
    `is_open` its text does not show what imports find then."""

    cell: int
    state: SearchState
    is_open: bool


class ModuleMakers:
    """The cells of one notebook that change where imports look and have not run in one kernel."""

    def __init__(self, graph: DependencyGraph, context: VerdictContext) -> None:
        self._graph = graph
        self._context = context
        self._first: dict[str, int | None] = {}

    def maker_of(self, module: str, index: int) -> tuple[int, bool] | None:
        """The index of the cell above `index` that lets the module be imported, and whether that is
        certain. None where there is none."""
        if module not in self._first:
            self._first[module] = self._first_certain(module)
        first = self._first[module]
        if first is not None and first < index:
            return first, True
        above = bisect_left(self._open, index)
        return (self._open[above - 1], False) if above else None

    def found_after_own_changes(self, module: str, index: int, line: int) -> bool | None:
        """Whether the cell at `index` finds the module by what it changes itself up to that line;
        None where its text does not show that.

            sys.path.append("src"); import in_src
        """
        changes, _ = search_changes(self._graph.cells[index].source, {})
        above = [change for change in changes if change.line <= line]
        state = UNCHANGED
        for change in above:
            state = after_change(state, change)
        if not above:
            return False
        if state.is_open or self._context.import_failure is nothing_fails:
            return None
        if self._context.import_failure(module, None, state) is not None:
            return False
        return True if all(change.certain for change in above) else None

    def _first_certain(self, module: str) -> int | None:
        """The first cell after which the module is found for certain."""
        fails = self._context.import_failure
        closed = (it for it in self._steps if not it.is_open)
        return next((it.cell for it in closed if fails(module, None, it.state) is None), None)

    @cached_property
    def _open(self) -> list[int]:
        """The cells that may let any module be imported, in order."""
        return [step.cell for step in self._steps if step.is_open]

    @cached_property
    def _steps(self) -> list[_Step]:
        return list(self._read_steps())

    def _read_steps(self) -> Iterator[_Step]:
        runs = self._context.namespace.runs
        is_unknown = self._context.import_failure is nothing_fails
        state = UNCHANGED
        names: Mapping[str, str] = {}
        for index, cell in enumerate(self._graph.cells):
            changes, names = search_changes(cell.source, names)
            run = runs.get(cell.id) if changes else None
            if run is not None and run.succeeded and run.source == cell.source:
                continue  # what it changed counts already
            for change in changes:
                state = after_change(state, change)
                is_open = change.kind == "unknown" or is_unknown
                yield _Step(index, state, is_open)
