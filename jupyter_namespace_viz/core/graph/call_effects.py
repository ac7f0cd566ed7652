"""Which names does a cell bind, or change in place, by calling functions of other cells?"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache

from jupyter_namespace_viz.core.analysis.bindings import Definition
from jupyter_namespace_viz.core.analysis.cell_names import CellNames
from jupyter_namespace_viz.core.analysis.function_effects import FunctionEffects, with_callers


def add_call_effects(names: dict[str, CellNames]) -> None:
    """Let the cells, in document order, define what the functions of cells above assign that they
    call, and touch what these touch, or change of what they are given.

        c1: def f(): global n; n = 1    c2: f()    c2 defines n
    """
    effective = _functions_with_effects(names.values())
    if not effective:
        return
    functions: dict[str, FunctionEffects] = {}
    for cell_id, found in names.items():
        called = effective & found.called
        if called:
            assigned, mutated = effects_of_calls(called, functions.get)
            mutated |= mutated_by_calls(found, functions.get)
            names[cell_id] = _with_effects(found, assigned, mutated)
        for definition in found.definitions if functions else ():
            functions.pop(definition.name, None)
        for function in found.functions:
            if function.name in effective:
                functions[function.name] = function


def effects_of_calls(
    called: Iterable[str], function_of: Callable[[str], FunctionEffects | None]
) -> tuple[frozenset[str], frozenset[str]]:
    """What these functions, and those that they call, assign and what they touch."""
    assigned: set[str] = set()
    mutated: set[str] = set()
    waiting, seen = list(called), set()
    while waiting:
        name = waiting.pop()
        function = None if name in seen else function_of(name)
        seen.add(name)
        if function is not None:
            assigned.update(function.assigned_globals)
            mutated.update(function.mutated_globals)
            waiting += [use.name for use in function.uses if use.called]
    return frozenset(assigned), frozenset(mutated)


def mutated_by_calls(
    names: CellNames, function_of: Callable[[str], FunctionEffects | None]
) -> frozenset[str]:
    """The names whose objects the cell hands to functions that may change them in place.

    c1: def clean(df): df["x"] = 1    c2: clean(data)    c2 touches data
    """
    changed = set()
    for passing in names.passed_arguments:
        function = function_of(passing.function)
        if function is not None and passing.parameter in function.mutated_parameters:
            changed.add(passing.name)
    return frozenset(changed)


def _functions_with_effects(cells: Iterable[CellNames]) -> set[str]:
    """The names of the functions that assign or touch globals, or may call one that does, and of
    those that change what they are given.
    """
    callers: dict[str, list[str]] = {}
    found: set[str] = set()
    for cell in cells:
        for function in cell.functions:
            if function.assigned_globals or function.mutated_globals or function.mutated_parameters:
                found.add(function.name)
            for use in function.uses:
                if use.called:
                    callers.setdefault(use.name, []).append(function.name)
    return with_callers(found, callers)


@lru_cache(maxsize=2_000)
def _with_effects(names: CellNames, assigned: frozenset[str], mutated: frozenset[str]) -> CellNames:
    """Whether and when the calls assign them is not known."""
    own = {definition.name for definition in names.definitions}
    if assigned <= own and mutated <= names.mutated:
        return names
    new = (Definition(name, "global", certain=False) for name in assigned - own)
    found = sorted((*names.definitions, *new), key=lambda definition: definition.name)
    return replace(names, definitions=tuple(found), mutated=names.mutated | mutated)
