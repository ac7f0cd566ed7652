"""Which cells are quiet, because they wait only for the cells above to run?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph
from jupyter_namespace_viz.core.kernel_state.cell_runs import LastRuns
from jupyter_namespace_viz.core.kernel_state.source_runs import has_code_run
from jupyter_namespace_viz.core.verdicts.verdict_types import CellVerdict


def with_waiting(
    graph: DependencyGraph,
    held: Iterable[str],
    runs: LastRuns,
    running: Iterable[int],
    verdicts: Iterable[CellVerdict],
) -> list[CellVerdict]:
    """Mark the cells that wait: the cells above that have yet to run would bind all that they lack,
    and neither they nor a cell below have run. `held` are the names that the kernel holds;
    `running` are the indexes of the cells that run now.

    Whether a cell above can run does not matter. If it cannot, it has a verdict of its own, which
    is the cause, and fixing it fixes the cells that wait for it:

        c1: import numpy as np  (not installed)    c2: x = np.ones(3)  (waits)    c3: x + 1  (waits)

    A cell that does not parse is taken to bind the names that its text would bind: the cells below
    must not change with every key that the user types in it. A cell that has run to its end with
    its present text is not waited for: what it binds is held, or is not coming.
    """
    present = set(held)
    any_name = False  # whether a cell above may bind any name
    last_begun = max([runs.last_index, *running])
    marked = []
    for index, verdict in enumerate(verdicts):
        obstacles = verdict.obstacles
        waits = (
            index > last_begun
            and bool(obstacles)
            and all(it.status == "missing" and (it.name in present or any_name) for it in obstacles)
        )
        marked.append(replace(verdict, waiting=True) if waits else verdict)
        run = runs.of(index)
        if run is not None and run.succeeded and run.source == graph.cells[index].source:
            continue
        names = graph.names_at(index)
        if names.clears_namespace:
            present.clear()
        present.update(definition.name for definition in names.definitions)
        present.update(names.intended_names)
        present.difference_update(names.deletions)
        if names.unknown_sources and not has_code_run(names, runs.codes_that_ran):
            any_name = True
    return marked
