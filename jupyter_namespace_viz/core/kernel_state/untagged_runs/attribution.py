"""What does a kernel's namespace look like once it is known which cells made its runs?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from jupyter_namespace_viz.core.kernel_state.namespace import Change, HeldName, Namespace, Run


def with_runs(namespace: Namespace, others: Mapping[int, Run]) -> Namespace:
    """The namespace with `others` instead of the runs that have these serials.

    They may have other cell ids than before, or one where they had none. Of each cell, the run with
    the highest serial is the last one.
    """

    def now(run: Run) -> Run:
        return others.get(run.serial, run)

    def seen(change: Change) -> Change:
        run = None if change.kind == "outside" else others.get(change.serial)
        return change if run is None else replace(change, cell_id=run.cell_id)

    def held(it: HeldName) -> HeldName:
        serials = [change.serial for change in it.changes]
        if it.bound_by is not None:
            serials.append(it.bound_by.serial)
        if others.keys().isdisjoint(serials):
            return it  # as most names are, of which there may be many
        bound_by = it.bound_by and now(it.bound_by)
        return replace(it, bound_by=bound_by, changes=tuple(map(seen, it.changes)))

    known = (*namespace.runs.values(), *namespace.replaced_runs, *namespace.other_runs)
    runs = sorted(map(now, known), key=lambda it: it.serial)
    last: dict[str, Run] = {}
    former = {run.cell_id: run for run in map(now, namespace.former_runs)}
    for run in runs:
        if run.cell_id is not None:
            before = last.get(run.cell_id)
            if before is not None and before.source != run.source:
                former[run.cell_id] = before
            last[run.cell_id] = run
    running = tuple(map(now, namespace.running_untagged))
    named = (run.cell_id for run in running)
    return replace(
        namespace,
        names={name: held(it) for name, it in namespace.names.items()},
        runs=last,
        former_runs=tuple(former.values()),
        other_runs=tuple(run for run in runs if run.cell_id is None),
        deleted_by={name: now(it) for name, it in namespace.deleted_by.items()},
        running=(*namespace.running, *(it for it in named if it is not None)),
        running_untagged=tuple(run for run in running if run.cell_id is None),
    )
