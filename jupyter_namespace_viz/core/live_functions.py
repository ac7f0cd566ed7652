"""What do the functions read that the kernel holds now?

A function is what its text was when its cell ran. The cell may have been edited or deleted since,
or it never was a cell of the notebook.
"""

from __future__ import annotations

from jupyter_namespace_viz.core.graph import DependencyGraph
from jupyter_namespace_viz.core.namespace import HeldName, Namespace
from jupyter_namespace_viz.core.needs import FunctionOf
from jupyter_namespace_viz.core.reading import read_cell
from jupyter_namespace_viz.core.scopes import FunctionNames


def live_functions(graph: DependencyGraph, namespace: Namespace) -> FunctionOf:
    """Tells the functions that the kernel holds by the texts that ran, others by their cells."""

    def function_of(name: str, position: int) -> tuple[FunctionNames | None, int]:
        held = namespace.names.get(name)
        run = None if held is None else held.bound_by
        if run is None:
            return graph.function_at(name, position)
        place = graph.positions.get(run.cell_id or "", -1)
        if held is not None and _is_imported(held):
            return None, place  # the text may define another, in case that it cannot be imported
        if place >= 0 and graph.cells[place].source == run.source:
            return graph.names_at(place).function_of(name), place
        return read_cell(run.source).function_of(name), place

    return function_of


def _is_imported(held: HeldName) -> bool:
    return held.kind == "function" and held.module not in {None, "__main__"}
