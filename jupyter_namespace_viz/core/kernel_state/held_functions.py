"""What do the functions read that the kernel holds now?

A function is what its text was when its cell ran. The cell may have been edited or deleted since,
or it never was a cell of the notebook.
"""

from __future__ import annotations

from jupyter_namespace_viz.core.analysis.function_effects import FunctionEffects
from jupyter_namespace_viz.core.analysis.reader import read_cell
from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph
from jupyter_namespace_viz.core.graph.needs import FunctionLookup
from jupyter_namespace_viz.core.kernel_state.namespace import HeldName, Namespace


def held_functions(graph: DependencyGraph, namespace: Namespace) -> FunctionLookup:
    """Tells the functions that the kernel holds by the texts that ran, others by their cells."""

    def function_of(name: str, position: int) -> tuple[FunctionEffects | None, int]:
        held = namespace.names.get(name)
        if held is None or held.bound_by is None:
            return graph.function_at(name, position)
        place = graph.index_of.get(held.bound_by.cell_id or "", -1)
        source = defining_source(held)
        if source is None:
            return None, place
        if place >= 0 and graph.cells[place].source == source:
            return graph.names_at(place).function_of(name), place
        return read_cell(source).function_of(name), place

    return function_of


def defining_source(held: HeldName) -> str | None:
    """The text that defined the function or class which the kernel holds.

    None where nobody saw that, and for what was imported: the text may define another in case
    that it cannot be.
    """
    is_imported = held.kind == "function" and held.module not in {None, "__main__"}
    if held.bound_by is None or held.kind == "module" or is_imported:
        return None
    return held.bound_by.source
