"""What does a cell need, including what the functions that it calls read?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass, replace
from typing import NamedTuple

from jupyter_namespace_viz.core.analysis.calls.classes import may_swallow
from jupyter_namespace_viz.core.analysis.calls.following import Follower
from jupyter_namespace_viz.core.analysis.calls.origins import (
    ItemAdded,
    OuterName,
    PendingStep,
    Step,
    leaves_of,
)
from jupyter_namespace_viz.core.analysis.calls.reduction import Reducer
from jupyter_namespace_viz.core.analysis.calls.signatures import refuses
from jupyter_namespace_viz.core.analysis.cell_names import Import, TakenName, Use
from jupyter_namespace_viz.core.analysis.flow import deleted_here, is_deleted_here
from jupyter_namespace_viz.core.analysis.function_effects import (
    Doubt,
    FunctionEffects,
    weaker_doubt,
)
from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph
from jupyter_namespace_viz.core.graph.enrichment.call_effects import effects_of_calls
from jupyter_namespace_viz.core.graph.values import Binders, ValuesAt, in_order


def reads_of_run(
    graph: DependencyGraph, index: int, binders: Binders | None = None
) -> Iterator[Use]:
    """What a run of the cell at `index` reads: its immediate needs, and its guarded reads.
    `binders` are those of `needs_at`.
    """
    guarded = (use for use in graph.names_at(index).uses if use.guarded)
    needs = needs_at(graph, index, binders)
    return (use for use in (*needs, *guarded) if use.phase == "immediate")


def needs_at(graph: DependencyGraph, index: int, binders: Binders | None = None) -> tuple[Use, ...]:
    """The needs of the cell at `index`: its unguarded free names, and what the functions that it
    calls read. `binders` are the texts that define these, by default those of the cells.

    A name that a function of another cell reads is a need of the cell that calls the function. Its
    `via` is that function, and it is certain only where the call and the read both are. It is no
    need where the cell has bound the name itself before the call.

    Sorted by name, one `Use` for each. A certain immediate use in the cell's own text takes
    precedence over one by a call. A name that the cell has deleted is no need where a function
    that it calls may bind it again.
    """
    lines = _swallowing_lines(graph, index, binders)
    needs = {use.name: use for use in graph.names_at(index).uses if not use.guarded}
    for name, use in needs.items() if lines else ():
        if any(use.line in it for it in lines):
            needs[name] = replace(use, certain=False)
    if any(map(is_deleted_here, needs)):
        for name in assigned_by_calls(graph, index, binders):
            needs.pop(deleted_here(name), None)
    for name, (call, certain) in _bound_by_calls(graph, index, binders).items():
        if name in needs and _is_after(call, needs[name]):
            if certain:
                del needs[name]
            else:
                needs[name] = replace(needs[name], certain=False)
    for read in reads_of_called_functions(graph, index, binders=binders):
        use, old = read.use, needs.get(read.use.name)
        if use.certain and any(use.line in it for it in lines):
            use = replace(use, certain=False)
        if read.is_bound_by_caller or (
            old is not None and old.phase == "immediate" and old.certain
        ):
            continue
        if old is None or old.phase == "deferred" or use.certain:
            needs[use.name] = use
        elif old.doubt:
            needs[use.name] = replace(use, doubt=weaker_doubt(old.doubt, use.doubt))
    return tuple(use for _, use in sorted(needs.items()))


def _bound_by_calls(
    graph: DependencyGraph, index: int, binders: Binders | None
) -> dict[str, tuple[PendingStep, bool]]:
    """The globals that functions bind which the cell calls, with the first call that does, and
    whether it certainly does; one that does takes precedence."""
    calls: dict[str, tuple[PendingStep, bool]] = {}
    for run in runs_of_functions(graph, index, binders):
        for name in run.function.assigned_globals:
            certain = run.certain and name in run.function.certainly_assigned
            if name not in calls or certain > calls[name][1]:
                calls[name] = run.pending, certain
    return calls


def _is_after(call: PendingStep, use: Use) -> bool:
    """Whether the cell uses the name after the call; on its line, what is no argument is taken to
    be."""
    if use.line is None or use.line != call.line:
        return use.line is not None and use.line > call.line
    return use.name not in _names_in(call.step)


def _swallowing_lines(graph: DependencyGraph, index: int, binders: Binders | None) -> list[range]:
    """The lines of the cell whose errors a context manager of another cell, or of the user's own
    module, may handle."""
    steps = graph.names_at(index).steps
    ends = [it for it in steps if it.step.kind in {"__exit__", "__aexit__"}]
    if not ends:
        return []
    values = ValuesAt(graph, index, binders or in_order(graph))
    begins = {it.step.of: it.line for it in steps if it.step.kind in {"__enter__", "__aenter__"}}
    found = []
    for end in ends:
        reduce = Reducer(values.of).reduce
        if end.step.of in begins and may_swallow(reduce(end.step.of), reduce):
            found.append(range(begins[end.step.of] + 1, end.line + 1))
    return found


def assigned_by_calls(
    graph: DependencyGraph, index: int, binders: Binders | None = None
) -> frozenset[str]:
    """The globals that functions of other cells assign when the cell at `index` calls them."""
    find = (binders or in_order(graph)).look_up or graph.binder_at

    def function_of(name: str) -> FunctionEffects | None:
        names = find(name, index)[0]
        return None if names is None else names.function_of(name)

    return effects_of_calls(graph.names_at(index), function_of).assigned


def perhaps_assigned(
    graph: DependencyGraph, index: int, binders: Binders | None = None
) -> frozenset[str]:
    """The globals that functions may assign when the cell calls them, of which it is not known
    whether and when: `needs_at` does not regard them."""
    known = _bound_by_calls(graph, index, binders)
    return assigned_by_calls(graph, index, binders) - known.keys()


_CATCHES_IMPORTS = re.compile(r"\bexcept\b.*\b(?:ImportError|ModuleNotFoundError)\b")


def imports_of_calls(
    graph: DependencyGraph, index: int, binders: Binders | None = None
) -> Iterator[Import]:
    """What functions of other cells certainly import when the cell at `index` calls them."""
    runs = runs_of_functions(graph, index, binders)
    if not runs or _CATCHES_IMPORTS.search(graph.cells[index].source):
        return
    for run in runs:
        # An import below the call, or in a cell below, is none that this call makes.
        is_made = run.certain and run.function_index <= index
        for one in run.function.imports if is_made else ():
            if one.certain:
                line = run.pending.line
                order = run.pending.order
                taken = tuple(TakenName(it, True, False, line, order) for it in one.names)
                yield Import(one.module, True, False, line, taken=taken, order=order)


@dataclass(frozen=True, slots=True)
class CalledRead:
    """A name that a function reads because a cell calls it.

    `use` is the read as if the calling cell made it. `function_index` is the index of the cell that
    defines the function. `is_bound_by_caller` when the calling cell has bound the name itself
    before the call.
    """

    use: Use
    function_index: int
    is_bound_by_caller: bool


def reads_of_called_functions(
    graph: DependencyGraph,
    index: int,
    functions: Set[str] | None = None,
    binders: Binders | None = None,
) -> Iterator[CalledRead]:
    """What functions of other cells read when the cell at `index` calls them, and the functions
    that these call in turn.

    `functions` limits this to what the cell does with these functions and classes, and adds what
    functions inside of them read, and methods, which may run later.
    """
    bound: dict[str, PendingStep] = {}  # by the first call that certainly binds the name
    for run in runs_of_functions(graph, index, binders):
        pending = run.pending
        if functions is not None and functions.isdisjoint(_names_in(pending.step)):
            continue
        for read in run.function.uses:
            is_bound = bound.get(read.name, pending) is not pending
            is_read = not read.guarded and (functions is not None or not read.is_nested)
            if is_read and not is_bound:
                is_sure = read.certain and run.certain
                use = Use(
                    read.name,
                    "immediate",
                    is_sure,
                    run.via,
                    line=pending.line,
                    doubt="handled" if read.handled else run.doubt,
                    order=pending.order,
                )
                yield CalledRead(use, run.function_index, read.name in run.bound_before)
        for name in run.function.certainly_assigned if run.certain else ():
            bound.setdefault(name, pending)


class FunctionRun(NamedTuple):
    """A function of another cell that runs, or may run, when a cell takes the step `pending`.

    `function_index` is the index of the cell that defines it, `via` the name under which the cell
    at `index` knows it or its object. `bound_before` are the names that this cell has bound itself
    by then. The rest is that of `Called`.
    """

    function: FunctionEffects
    certain: bool
    doubt: Doubt
    function_index: int
    pending: PendingStep
    via: str | None
    bound_before: frozenset[str]


def runs_of_functions(
    graph: DependencyGraph, index: int, binders: Binders | None = None
) -> tuple[FunctionRun, ...]:
    """The functions that run, or may run, when the cell at `index` takes its steps."""
    known = binders or in_order(graph)
    if index not in known.runs_of_cells:
        known.changes_of = changes_of
        known.runs_of_cells[index] = tuple(_follow_steps(graph, index, known))
    runs: tuple[FunctionRun, ...] = known.runs_of_cells[index]
    return runs


def changes_of(graph: DependencyGraph, index: int) -> list[ItemAdded]:
    """What the cell at `index` adds to lists and dicts of other cells, also by calls."""
    found: dict[int, list[ItemAdded]] = graph.memo.setdefault("changes", {})
    if index not in found:
        found[index] = []  # while its own steps are followed
        values = ValuesAt(graph, index, in_order(graph))
        for pending in graph.names_at(index).steps:
            values.line = pending.line
            follower = Follower(values.of, values.may_run_function, values.variants)
            follower.follow(pending.step, pending.certain)
            found[index] += follower.changes
    return found[index]


def _follow_steps(graph: DependencyGraph, index: int, binders: Binders) -> Iterator[FunctionRun]:
    steps = graph.names_at(index).steps
    if not steps:
        return
    values = ValuesAt(graph, index, binders)
    shapes = dict(graph.names_at(index).shapes)
    for pending in steps:
        values.line = pending.line
        if not values.may_run_function(pending.step):
            continue
        name = pending.step.of if pending.step.kind == "()" else None
        if isinstance(name, str) and name in shapes and refuses(values.of(name), shapes[name]):
            continue
        follower = Follower(values.of, values.may_run_function, values.variants)
        follower.follow(pending.step, pending.certain)
        if follower.called:
            via, bound = pending.via or _via(pending.step, values), values.bound_before()
            for function, certain, doubt in follower.called:
                at = values.binders.get(function.name, index)
                yield FunctionRun(function, certain, doubt, at, pending, via, bound)


def _names_in(step: Step) -> set[str]:
    """The names of other cells, and of the own functions, with which the step deals."""
    leaves = (leaf.name if isinstance(leaf, OuterName) else leaf for leaf in leaves_of(step))
    return {
        leaf.name if isinstance(leaf, FunctionEffects) else leaf
        for leaf in leaves
        if isinstance(leaf, (str, FunctionEffects))
    }


def _via(step: Step, values: ValuesAt) -> str | None:
    """The name of the function or object that the cell uses, None for a lambda."""
    users = (leaf for leaf in leaves_of(step) if values.may_run_function(leaf))
    names = [
        leaf.name if isinstance(leaf, (OuterName, FunctionEffects)) else leaf for leaf in users
    ]
    last = names[-1] if names else None  # the root comes last, after what it is given
    return last if isinstance(last, str) and last else None
