"""Which names does a cell bind or mutate by calling functions of other cells?"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from jupyter_namespace_viz.core.analysis.bindings import Definition
from jupyter_namespace_viz.core.analysis.calls.origins import OuterName
from jupyter_namespace_viz.core.analysis.cell_names import CellNames
from jupyter_namespace_viz.core.analysis.function_effects import FunctionEffects, with_callers
from jupyter_namespace_viz.core.analysis.random_numbers import RandomNumbers
from jupyter_namespace_viz.core.analysis.reader import size_of_names
from jupyter_namespace_viz.core.syntax.text_cache import cached_by

FunctionByName = Callable[[str], FunctionEffects | None]


@dataclass(frozen=True, slots=True)
class CallEffects:
    """What calls may do: assign globals, mutate the objects of names, draw random numbers. They
    certainly delete the names `deleted`.
    """

    assigned: frozenset[str]
    mutated: frozenset[str]
    draws: frozenset[RandomNumbers]
    deleted: frozenset[str] = frozenset()


def add_call_effects(names: dict[str, CellNames]) -> None:
    """Add to each cell what it does by calling functions of the cells above it: it defines the
    globals that they assign, and mutates what they mutate. `names` is in document order.

        c1: def f(): global n; n = 1    c2: f()    c2 defines n
    """
    with_effects = _functions_with_effects(names.values())
    if not with_effects:
        return
    functions: dict[str, FunctionEffects] = {}
    for cell_id, cell in names.items():
        if not with_effects.isdisjoint(cell.called):
            names[cell_id] = _with_effects(cell, effects_of_calls(cell, functions.get))
        for definition in cell.definitions if functions else ():
            functions.pop(definition.name, None)
        for function in cell.functions:
            if function.name in with_effects:
                functions[function.name] = function


def effects_of_calls(names: CellNames, function_of: FunctionByName) -> CallEffects:
    """The effects of the functions that the cell calls, and of the functions that these call."""
    assigned: set[str] = set()
    mutated = _mutated_arguments(names, function_of)
    draws: set[RandomNumbers] = set()
    to_visit, visited = list(names.called), set()
    while to_visit:
        name = to_visit.pop()
        function = None if name in visited else function_of(name)
        visited.add(name)
        if function is not None:
            assigned.update(function.assigned_globals)
            mutated.update(function.mutated_globals)
            draws.update(function.draws)
            to_visit += [use.name for use in function.uses if use.called]
    deleted = _certainly_deleted(names, function_of) - assigned
    return CallEffects(
        frozenset(assigned), frozenset(mutated), frozenset(draws), frozenset(deleted)
    )


def _certainly_deleted(names: CellNames, function_of: FunctionByName) -> set[str]:
    """The globals that are deleted by functions which the cell certainly calls."""
    deleted: set[str] = set()
    for pending in names.steps:
        callee = pending.step.of
        name = callee.name if isinstance(callee, OuterName) else callee
        if pending.certain and pending.step.kind == "()" and isinstance(name, str):
            function = function_of(name)
            if function is not None and not function.is_lazy:
                deleted.update(function.deleted_globals)
    return deleted


def _mutated_arguments(names: CellNames, function_of: FunctionByName) -> set[str]:
    """The names whose objects the cell passes to functions that may mutate them.

    c1: def clean(df): df["x"] = 1    c2: clean(data)    c2 mutates data
    """
    mutated = set()
    for argument in names.passed_arguments:
        function = function_of(argument.function)
        if function is not None and argument.parameter in function.mutated_parameters:
            mutated.add(argument.name)
    return mutated


def _functions_with_effects(cells: Iterable[CellNames]) -> set[str]:
    """The names of the functions that have effects, or may call a function that has."""
    callers: dict[str, list[str]] = {}
    found: set[str] = set()
    for cell in cells:
        for function in cell.functions:
            if _has_effects(function):
                found.add(function.name)
            for use in function.uses:
                if use.called:
                    callers.setdefault(use.name, []).append(function.name)
    return with_callers(found, callers)


def _has_effects(function: FunctionEffects) -> bool:
    return bool(
        function.assigned_globals
        or function.mutated_globals
        or function.mutated_parameters
        or function.draws
        or function.deleted_globals
    )


@cached_by(size_of_names)
def _with_effects(names: CellNames, effects: CallEffects) -> CellNames:
    """The cell with the effects of its calls; that these assign the globals is not certain."""
    own = {definition.name for definition in names.definitions}
    if (
        effects.assigned <= own
        and effects.mutated <= names.mutated
        and effects.draws <= names.draws
        and effects.deleted <= {*names.deletions, *own}
    ):
        return names
    new = (Definition(name, "global", certain=False) for name in effects.assigned - own)
    definitions = sorted((*names.definitions, *new), key=lambda definition: definition.name)
    return replace(
        names,
        definitions=tuple(definitions),
        deletions=tuple(sorted({*names.deletions, *effects.deleted} - own)),
        certain_deletions=names.certain_deletions | (effects.deleted - own),
        mutated=names.mutated | effects.mutated,
        draws=names.draws | effects.draws,
    )
