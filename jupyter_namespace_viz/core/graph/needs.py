"""What does a cell need, with what the functions read that it calls?"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass

from jupyter_namespace_viz.core.analysis.cell_names import Use
from jupyter_namespace_viz.core.analysis.function_effects import FunctionEffects
from jupyter_namespace_viz.core.graph.call_effects import effects_of_calls
from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph

FunctionOf = Callable[[str, int], tuple[FunctionEffects | None, int]]
"""The function (or class) of a name that the cell at a place would call, None when it is none or
not known, and the place of its cell, -1 when it has none."""


def reads_of_run(graph: DependencyGraph, position: int) -> Iterator[Use]:
    """What a run of the cell reads: what it needs at once, and what it reads under a guard."""
    guarded = (use for use in graph.names_at(position).uses if use.guarded)
    return (use for use in (*needs_at(graph, position), *guarded) if use.phase == "immediate")


def needs_at(
    graph: DependencyGraph, position: int, function_of: FunctionOf | None = None
) -> tuple[Use, ...]:
    """What the cell needs: its unguarded free names, and what the functions it uses read.

    Those are the functions that `function_of` tells, by default those that the cells define.

    A name that a function of another cell reads is needed by the cell that calls the function,
    and has that function as `via`; certain only where call and read are, and none where the cell
    has bound the name itself by then. Sorted by name, the immediate needs of the text itself
    before those that come by a call.
    """
    needs = {use.name: use for use in graph.names_at(position).uses if not use.guarded}
    for read in reads_by_calls(graph, position, function_of=function_of):
        old = needs.get(read.use.name)
        if read.is_own or (old is not None and old.phase == "immediate" and old.certain):
            continue
        if old is None or old.phase == "deferred" or read.use.certain:
            needs[read.use.name] = read.use
    return tuple(use for _, use in sorted(needs.items()))


def assigned_by_calls(
    graph: DependencyGraph, position: int, function_of: FunctionOf | None = None
) -> frozenset[str]:
    """The globals that functions of other cells assign which the cell at `position` may call."""
    find = function_of or graph.function_at
    names = graph.names_at(position)
    return effects_of_calls(names, lambda name: find(name, position)[0]).assigned


@dataclass(frozen=True, slots=True)
class CalledRead:
    """A name that the function of another cell reads because this cell calls it.

    `use` is as if the cell read it itself, `place` that of the function's cell; `is_own` when the
    cell has bound the name itself before it makes the call; `is_called` unless the function is
    only mentioned somewhere.
    """

    use: Use
    place: int
    is_own: bool
    is_called: bool


def reads_by_calls(
    graph: DependencyGraph,
    position: int,
    functions: Container[str] | None = None,
    function_of: FunctionOf | None = None,
) -> Iterator[CalledRead]:
    """What the functions of other cells read that the cell at `position` uses.

    With `functions` the cell's uses of these only are followed.
    """
    waiting = [
        (use, use.via, False)
        for use in graph.names_at(position).uses
        if use.phase == "immediate"
        and not use.guarded
        and (functions is None or use.name in functions)
    ]
    names = graph.names_at(position)
    own = {definition.name: definition.line for definition in names.definitions}
    seen: set[tuple[str, bool, bool, bool]] = set()
    while waiting:
        caller, via, is_of_cell = waiting.pop()
        certain = caller.certain and caller.called
        key = (caller.name, certain, caller.called, caller.is_consumed)
        if key in seen:
            continue
        seen.add(key)
        if is_of_cell:  # what it called calls back a function that the cell itself has defined
            function, place = names.function_of(caller.name), position
        else:
            function, place = (function_of or graph.function_at)(caller.name, position)
        if function is not None and function.is_lazy:
            certain = certain and caller.is_consumed
        for read in function.uses if function is not None else ():
            bound = own.get(read.name)
            is_own = bound is not None and caller.line is not None and bound < caller.line
            through = via or caller.name
            use = Use(
                read.name,
                "immediate",
                read.certain and certain,
                through,
                read.called and caller.called,
                line=caller.line,
                is_consumed=read.is_consumed,
            )
            yield CalledRead(use, place, is_own, caller.called)
            waiting.append((use, through, is_own))
