"""Which names does a cell bind or mutate by calling functions of other cells?"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from jupyter_namespace_viz.core.analysis.bindings import Definition
from jupyter_namespace_viz.core.analysis.cell_names import CellNames
from jupyter_namespace_viz.core.analysis.function_effects import FunctionEffects, with_callers
from jupyter_namespace_viz.core.analysis.random_numbers import RandomNumbers

FunctionByName = Callable[[str], FunctionEffects | None]


@dataclass(frozen=True, slots=True)
class CallEffects:
    """The globals that calls may assign, the names whose objects they may mutate, and the random
    numbers that they may draw.
    """

    assigned: frozenset[str]
    mutated: frozenset[str]
    draws: frozenset[RandomNumbers]


def add_call_effects(names: dict[str, CellNames]) -> None:
    """Add to each cell, in document order, what it does by calling functions of cells above: it
    defines the globals that these assign, and mutates what these mutate.

        c1: def f(): global n; n = 1    c2: f()    c2 defines n
    """
    with_effects = _functions_with_effects(names.values())
    if not with_effects:
        return
    functions: dict[str, FunctionEffects] = {}
    for cell_id, found in names.items():
        if not with_effects.isdisjoint(found.called):
            names[cell_id] = _with_effects(found, effects_of_calls(found, functions.get))
        for definition in found.definitions if functions else ():
            functions.pop(definition.name, None)
        for function in found.functions:
            if function.name in with_effects:
                functions[function.name] = function


def effects_of_calls(names: CellNames, function_of: FunctionByName) -> CallEffects:
    """What the functions that the cell calls do, and those that these call."""
    assigned: set[str] = set()
    mutated = _mutated_arguments(names, function_of)
    draws: set[RandomNumbers] = set()
    waiting, seen = list(names.called), set()
    while waiting:
        name = waiting.pop()
        function = None if name in seen else function_of(name)
        seen.add(name)
        if function is not None:
            assigned.update(function.assigned_globals)
            mutated.update(function.mutated_globals)
            draws.update(function.draws)
            waiting += [use.name for use in function.uses if use.called]
    return CallEffects(frozenset(assigned), frozenset(mutated), frozenset(draws))


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
    """The names of the functions with an effect that others see, or that may call one."""
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
    )


@lru_cache(maxsize=2_000)
def _with_effects(names: CellNames, effects: CallEffects) -> CellNames:
    """Whether and when the calls assign the globals is not known."""
    own = {definition.name for definition in names.definitions}
    if (
        effects.assigned <= own
        and effects.mutated <= names.mutated
        and effects.draws <= names.draws
    ):
        return names
    new = (Definition(name, "global", certain=False) for name in effects.assigned - own)
    found = sorted((*names.definitions, *new), key=lambda definition: definition.name)
    return replace(
        names,
        definitions=tuple(found),
        mutated=names.mutated | effects.mutated,
        draws=names.draws | effects.draws,
    )
