"""What does a cell need, including what the functions that it calls read?"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass, replace
from functools import partial

from jupyter_namespace_viz.core.analysis.cell_names import CellNames, Import, TakenName, Use
from jupyter_namespace_viz.core.analysis.flow import deleted_here, is_deleted_here
from jupyter_namespace_viz.core.analysis.function_effects import FunctionEffects
from jupyter_namespace_viz.core.graph.call_effects import effects_of_calls
from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph

FunctionLookup = Callable[[str, int], tuple[FunctionEffects | None, int]]
"""Takes a name and the index of a cell that would call it. Returns the function or class, None when
it is none or not known, and the index of the cell that defines it, -1 when no cell does."""


def reads_of_run(
    graph: DependencyGraph, index: int, function_of: FunctionLookup | None = None
) -> Iterator[Use]:
    """What a run of the cell at `index` reads: its immediate needs, and its guarded reads.
    `function_of` is that of `needs_at`.
    """
    guarded = (use for use in graph.names_at(index).uses if use.guarded)
    needs = needs_at(graph, index, function_of)
    return (use for use in (*needs, *guarded) if use.phase == "immediate")


def needs_at(
    graph: DependencyGraph, index: int, function_of: FunctionLookup | None = None
) -> tuple[Use, ...]:
    """The needs of the cell at `index`: its unguarded free names, and what the functions that it
    calls read. `function_of` looks the functions up, by default as the cells' texts define them.

    A name that a function of another cell reads is a need of the cell that calls the function. Its
    `via` is that function, and it is certain only where the call and the read both are. It is no
    need where the cell has bound the name itself before the call.

    Sorted by name, one `Use` for each. A certain immediate use in the cell's own text takes
    precedence over one by a call. A name that the cell has deleted is no need where a function
    that it calls may bind it again.
    """
    needs = {use.name: use for use in graph.names_at(index).uses if not use.guarded}
    if any(map(is_deleted_here, needs)):
        for name in assigned_by_calls(graph, index, function_of):
            needs.pop(deleted_here(name), None)
    for read in reads_of_called_functions(graph, index, function_of=function_of):
        old = needs.get(read.use.name)
        if read.is_bound_by_caller or (
            old is not None and old.phase == "immediate" and old.certain
        ):
            continue
        if old is None or old.phase == "deferred" or read.use.certain:
            needs[read.use.name] = read.use
    return tuple(use for _, use in sorted(needs.items()))


def assigned_by_calls(
    graph: DependencyGraph, index: int, function_of: FunctionLookup | None = None
) -> frozenset[str]:
    """The globals that functions of other cells assign when the cell at `index` calls them."""
    find = function_of or graph.function_at
    names = graph.names_at(index)
    return effects_of_calls(names, lambda name: find(name, index)[0]).assigned


_CATCHES_IMPORTS = re.compile(r"\bexcept\b.*\b(?:ImportError|ModuleNotFoundError)\b")


def imports_of_calls(graph: DependencyGraph, index: int) -> Iterator[Import]:
    """What functions of other cells certainly import when the cell at `index` calls them."""
    cell = graph.cells[index]
    if _CATCHES_IMPORTS.search(cell.source):
        return
    to_visit = [
        (use.name, use.line or 1, use.is_consumed)
        for use in graph.names_at(index).uses
        if use.phase == "immediate"
        and use.called
        and ((use.certain and not use.guarded) or use.name == graph.names_at(index).automagic)
    ]
    visited: set[str] = set()
    while to_visit:
        name, line, is_consumed = to_visit.pop()
        found, provider = graph.function_at(name, index)
        # An import below the call, or in a cell below, is none that this call makes.
        function = None if name in visited or provider > index else found
        visited.add(name)
        if function is None or (function.is_lazy and not is_consumed):
            continue
        for one in function.imports:
            if one.certain:
                taken = tuple(TakenName(name, True, False, line) for name in one.names)
                yield Import(one.module, True, False, line, taken=taken)
        to_visit += [
            (read.name, line, read.is_consumed)
            for read in function.uses
            if read.certain and read.called
        ]


@dataclass(frozen=True, slots=True)
class CalledRead:
    """A name that a function reads because a cell calls it.

    `use` is the read as if the calling cell made it. `function_index` is the index of the cell that
    defines the function. `is_bound_by_caller` when the calling cell has bound the name itself
    before the call. `is_called` is False when the cell only mentions the function, and so may call
    it.
    """

    use: Use
    function_index: int
    is_bound_by_caller: bool
    is_called: bool


def reads_of_called_functions(
    graph: DependencyGraph,
    index: int,
    functions: Container[str] | None = None,
    function_of: FunctionLookup | None = None,
) -> Iterator[CalledRead]:
    """What functions of other cells read when the cell at `index` calls them, and the functions
    that these call in turn.

    `functions` limits this to the cell's uses of these functions.
    """
    names = graph.names_at(index)
    to_visit = [
        (use, use.via, False)
        for use in map(partial(_as_python, names), names.uses)
        if use.phase == "immediate"
        and not use.guarded
        and (functions is None or use.name in functions)
    ]
    line_of_own = {definition.name: definition.line for definition in names.definitions}
    visited: set[tuple[str, bool, bool, bool]] = set()
    while to_visit:
        caller, via, is_own_function = to_visit.pop()
        certain = caller.certain and caller.called
        key = (caller.name, certain, caller.called, caller.is_consumed)
        if key in visited:
            continue
        visited.add(key)
        if is_own_function:  # a function of another cell calls back one that this cell defines
            function, function_index = names.function_of(caller.name), index
        else:
            function, function_index = (function_of or graph.function_at)(caller.name, index)
        if function is not None and function.is_lazy:
            certain = certain and caller.is_consumed
        for read in function.uses if function is not None else ():
            if read.guarded:
                continue
            bound = line_of_own.get(read.name)
            is_own = bound is not None and caller.line is not None and bound < caller.line
            called_function = via or caller.name
            use = Use(
                read.name,
                "immediate",
                read.certain and certain,
                called_function,
                read.called and caller.called,
                line=caller.line,
                is_consumed=read.is_consumed,
            )
            yield CalledRead(use, function_index, is_own, caller.called)
            to_visit.append((use, called_function, is_own))


def _as_python(names: CellNames, use: Use) -> Use:
    """The use if the cell's text runs as Python although it may be a magic: where the kernel holds
    the first word, the cell calls it.
    """
    return replace(use, certain=True, guarded=False) if use.name == names.automagic else use
