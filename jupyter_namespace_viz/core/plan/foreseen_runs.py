"""Which cells would be stale after some cells ran?

The runs are foreseen from the texts of the cells: each one is taken to succeed, and to bind and
mutate all that its text may.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from jupyter_namespace_viz.core.analysis.cell_names import CellNames
from jupyter_namespace_viz.core.analysis.constant_bindings import binds_same_value
from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph
from jupyter_namespace_viz.core.kernel_state.cell_runs import LastRuns
from jupyter_namespace_viz.core.kernel_state.namespace import Change, HeldName, Namespace, Run
from jupyter_namespace_viz.core.kernel_state.random_states import RandomStates
from jupyter_namespace_viz.core.verdicts.staleness import Staleness


def staleness_after(
    graph: DependencyGraph, namespace: Namespace, runs: LastRuns, cell_ids: Iterable[str]
) -> Staleness:
    """The staleness of the cells after these ran, in this order; `runs` are those until now."""
    after = namespace_after(graph, namespace, cell_ids)
    return Staleness(graph, after, runs.seen_in(after))


def namespace_after(
    graph: DependencyGraph, namespace: Namespace, cell_ids: Iterable[str]
) -> Namespace:
    """What the kernel would hold after these cells ran, in this order."""
    names, runs = dict(namespace.names), dict(namespace.runs)
    removed: dict[str, HeldName] = {}
    states, drew = RandomStates({}), dict(namespace.drew)
    last = max((it.serial for it in (*runs.values(), *namespace.other_runs)), default=0)
    for serial, cell_id in enumerate(cell_ids, last + 1):
        source = graph.cells[graph.index_of[cell_id]].source
        run = runs[cell_id] = Run(serial, cell_id, None, source, succeeded=True)
        drew[serial] = states.drawn_by(graph.names[cell_id])
        states.enter(source, graph.names[cell_id])
        _run_cell(graph.names[cell_id], run, names, removed)
    return replace(namespace, names=names, runs=runs, drew=drew)


def _run_cell(
    read: CellNames, run: Run, names: dict[str, HeldName], removed: dict[str, HeldName]
) -> None:
    """Update the names, and those that were removed, whose changes are remembered."""
    for name in read.deletions:
        if name in names:
            removed[name] = replace(names.pop(name), bound_by=None)
    for definition in read.definitions:
        name = definition.name
        names[name] = _bound(name, names.get(name) or removed.get(name), run)
    for name in read.mutated:
        held = names.get(name)
        if held is not None and held.kind != "module" and not _is_of(held, run):
            change = Change(run.serial, run.cell_id, "mutated")
            names[name] = replace(held, changes=(*held.changes, change))


def _bound(name: str, held: HeldName | None, run: Run) -> HeldName:
    if held is None:
        return HeldName(
            name, "instance", "object", bound_by=run, changes=(Change(run.serial, run.cell_id),)
        )
    last = held.changes[-1] if held.changes else None
    is_same = held.kind == "module" or (
        held.bound_by is not None
        and last is not None
        and last.kind == "bound"
        and last.is_of(held.bound_by)
        and binds_same_value(name, held.bound_by.source, run.source)
    )
    if is_same and last is not None:
        again = replace(last, again=(*last.again, run.serial))
        changes = (*held.changes[:-1], again)
    else:
        changes = (*held.changes, Change(run.serial, run.cell_id))
    return replace(held, bound_by=run, changes=changes)


def _is_of(held: HeldName, run: Run) -> bool:
    return bool(held.changes) and held.changes[-1].is_of(run)
