"""Which names does a cell bind by calling functions of other cells?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache

from jupyter_namespace_viz.core.bindings import Definition
from jupyter_namespace_viz.core.cell_names import CellNames
from jupyter_namespace_viz.core.scopes import FunctionNames, with_callers


def enter_called_globals(names: dict[str, CellNames]) -> None:
    """Let the cells, in document order, define what the functions of cells above assign that they
    call.

        c1: def f(): global n; n = 1    c2: f()    c2 defines n
    """
    assigning = _assigning_functions(names.values())
    if not assigning:
        return
    functions: dict[str, FunctionNames] = {}
    for cell_id, found in names.items():
        called = assigning & found.called
        assigned = _assigned_by(called, functions) if called else None
        if assigned:
            names[cell_id] = _with_globals(found, assigned)
        for definition in found.definitions if functions else ():
            functions.pop(definition.name, None)
        for function in found.functions:
            if function.name in assigning:
                functions[function.name] = function


def _assigning_functions(cells: Iterable[CellNames]) -> set[str]:
    """The names of the functions that assign globals, or may call one that does."""
    callers: dict[str, list[str]] = {}
    found: set[str] = set()
    for cell in cells:
        for function in cell.functions:
            if function.assigns:
                found.add(function.name)
            for use in function.uses:
                if use.called:
                    callers.setdefault(use.name, []).append(function.name)
    return with_callers(found, callers)


def _assigned_by(called: Iterable[str], functions: Mapping[str, FunctionNames]) -> frozenset[str]:
    """What these functions assign, and those that they call."""
    assigned: set[str] = set()
    waiting, seen = list(called), set()
    while waiting:
        name = waiting.pop()
        if name in functions and name not in seen:
            seen.add(name)
            assigned.update(functions[name].assigns)
            waiting += [use.name for use in functions[name].uses if use.called]
    return frozenset(assigned)


@lru_cache(maxsize=2_000)
def _with_globals(names: CellNames, assigned: frozenset[str]) -> CellNames:
    """Whether and when the calls assign them is not known."""
    own = {definition.name for definition in names.definitions}
    new = (Definition(name, "global", certain=False) for name in assigned - own)
    found = sorted((*names.definitions, *new), key=lambda definition: definition.name)
    return replace(names, definitions=tuple(found))
