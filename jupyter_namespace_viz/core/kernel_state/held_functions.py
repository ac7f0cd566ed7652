"""What do the functions that the kernel holds read?

The text that ran defines a function. The cell may have been edited or deleted since, or the text
may come from elsewhere, such as a console.
"""

from __future__ import annotations

from jupyter_namespace_viz.core.analysis.calls.origins import Step
from jupyter_namespace_viz.core.analysis.cell_names import CellNames
from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph
from jupyter_namespace_viz.core.graph.values import Binders, in_order
from jupyter_namespace_viz.core.kernel_state.cell_runs import LastRuns
from jupyter_namespace_viz.core.kernel_state.namespace import HeldName, Namespace


def held_functions(graph: DependencyGraph, namespace: Namespace, runs: LastRuns) -> Binders:
    """Looks up the texts that ran and bound a name, and its cell where the kernel lacks it.

    Where no run has bound anything, as after a restart, these are the texts of the cells in order,
    of which most is known already.
    """
    if all(held.bound_by is None for held in namespace.names.values()):
        return in_order(graph)

    def binder_of(name: str, index: int) -> tuple[CellNames | None, int]:
        held = namespace.names.get(name)
        if held is None or held.bound_by is None:
            return graph.binder_at(name, index)
        index_of_binder = runs.origin(held.bound_by, name).index
        definer = -1 if index_of_binder is None else index_of_binder
        if definer >= 0 and runs.contains(definer, held.bound_by):
            names = graph.names_at(definer)
        else:
            names = graph.read(held.bound_by.source)
        is_of_text = (
            defining_source(held) is not None
            or names.function_of(name) is None
            or isinstance(names.value_of(name), Step)  # what a decorator of a module has made of it
        )
        return (names if is_of_text else None), definer

    return Binders(binder_of)


def defining_source(held: HeldName) -> str | None:
    """The text that defined the function or class that the kernel holds; None where that run was
    not seen.

    None also for a module or an imported function. The text may define a fallback for the latter:

        try: from fast import f
        except ImportError:
            def f(): ...
    """
    is_imported = held.kind == "function" and held.module not in {None, "__main__"}
    if held.bound_by is None or held.kind == "module" or is_imported:
        return None
    return held.bound_by.source
