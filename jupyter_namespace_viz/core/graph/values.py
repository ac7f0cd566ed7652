"""Which value does a name have when a cell runs?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from jupyter_namespace_viz.core.analysis.builtin_names import is_predefined
from jupyter_namespace_viz.core.analysis.calls.bodies import Variants
from jupyter_namespace_viz.core.analysis.calls.classes import with_member
from jupyter_namespace_viz.core.analysis.calls.contents import change_by, changed
from jupyter_namespace_viz.core.analysis.calls.held_values import (
    Contents,
    Literal,
)
from jupyter_namespace_viz.core.analysis.calls.objects import without_displays
from jupyter_namespace_viz.core.analysis.calls.origins import (
    Instance,
    ItemAdded,
    Known,
    Origin,
    OuterName,
    Parameter,
    Step,
    leaves_of,
    may_be_own,
    root_of,
    with_root,
)
from jupyter_namespace_viz.core.analysis.cell_names import CellNames
from jupyter_namespace_viz.core.analysis.function_effects import FunctionEffects
from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph
from jupyter_namespace_viz.core.graph.leaks import first_leaks

BinderLookup = Callable[[str, int], tuple[CellNames | None, int]]
"""Takes a name and the index of a cell that uses it. Returns the names of the text that has bound
it, None when that is not known, and the index of its cell, -1 when no cell binds it."""


class Binders:
    """Which texts have bound the names, and what has been found out about these values, so that a
    value is followed through many cells once, and the steps of a cell once. `changes_of` tells what
    a cell adds to lists and dicts.

    Without `look_up` the texts are those of the cells, as if these ran in order.
    """

    def __init__(self, look_up: BinderLookup | None = None) -> None:
        self.look_up = look_up
        self.values: dict[OuterName, tuple[Origin, int]] = {}
        self.may_run: dict[OuterName, bool] = {}
        self.runs_of_cells: dict[int, Any] = {}
        self.changes_of: Callable[[DependencyGraph, int], list[ItemAdded]] = lambda _graph, _at: []


def in_order(graph: DependencyGraph) -> Binders:
    """The texts of the cells, as if these ran in order."""
    found: Binders = graph.memo.setdefault("binders", Binders())
    return found


class ValuesAt:
    """The values of names while the cell at `index` runs, after its own line `line`.

    `binders` are the cells that have bound the names that were looked up, `variants` what functions
    do for the arguments that the cell gives them.
    """

    def __init__(self, graph: DependencyGraph, index: int, known: Binders) -> None:
        self._graph = graph
        self._index = index
        self._known = known
        self._look_up_binder = known.look_up or graph.binder_at
        self._own = graph.names_at(index)
        self.variants = Variants()
        self._line_of_own = {
            it.name: 0 if it.line is None and it.certain else it.line
            for it in self._own.definitions
        }
        self._values: dict[str | OuterName, Origin] = {}
        self._displays: set[str] = set()
        self._runs: dict[Origin, bool] = {}
        self.line = 1
        self.binders: dict[str, int] = {}

    def of(self, name: str | OuterName | Known) -> Origin:
        """The origin of the value; None where nothing is known of it."""
        if isinstance(name, Known):
            value = self._graph.own_modules.value(name.path)
            return name if value is None else value
        if isinstance(name, str) and self.is_bound_before(name):
            self.binders[name] = self._index
            return _before(self._own.value_of(name), self._index)
        if isinstance(name, OuterName) and name.before is not None:
            return self._before_cell(name, name.before)
        if name not in self._values:
            plain = name if isinstance(name, str) else name.name
            value, self.binders[plain] = self._look_up(plain, self._index)
            if plain in self._displays:
                return value  # it depends on the line
            self._values[name] = value
        return self._values[name]

    def is_bound_before(self, name: str) -> bool:
        """Whether the cell itself has bound the name at this point; where the branches of a
        statement bind it, that is taken to be so.
        """
        line = self._line_of_own.get(name)
        return line is not None and line < self.line

    def bound_before(self) -> frozenset[str]:
        """The names that the cell itself has bound at this point."""
        return frozenset(filter(self.is_bound_before, self._line_of_own))

    def may_run_function(self, origin: Origin) -> bool:
        """Whether a step from this origin may run a function of the notebook."""
        return any(map(self._is_function, leaves_of(origin)))

    def _is_function(self, leaf: Origin) -> bool:
        if not isinstance(leaf, (str, OuterName)):
            if isinstance(leaf, Known):
                return may_be_own(leaf) and self._graph.own_modules.has(leaf.path.partition(".")[0])
            return leaf is not None and not isinstance(leaf, (Literal, Parameter))
        if isinstance(leaf, str) and self.is_bound_before(leaf):
            return True
        if isinstance(leaf, OuterName) and leaf.before is not None:
            return self._is_function_before(leaf)
        if leaf not in self._runs:
            self._runs[leaf] = False  # a value that comes from itself
            self._runs[leaf] = self.may_run_function(self.of(leaf))
        return self._runs[leaf]

    def _is_function_before(self, name: OuterName) -> bool:
        """The same for what other cells have bound: `a`, in the next one `b = a`, and so on."""
        runs, pending = self._known.may_run, [] if name in self._known.may_run else [name]
        while pending:
            leaves = list(leaves_of(self.of(pending[-1])))
            outer = (it for it in leaves if isinstance(it, OuterName) and it.before is not None)
            unknown = [it for it in outer if it not in runs]
            if not unknown:
                runs[pending.pop()] = any(map(self._is_function, leaves))
            pending += unknown
        return runs[name]

    def _before_cell(self, name: OuterName, before: int) -> Origin:
        values = self._known.values
        if name not in values:
            value, binder = self._look_up(name.name, before)
            if binder >= before:
                names, binder = self._graph.binder_at(name.name, before)
                value = None
                if names is not None and binder < before:
                    value = _before(names.value_of(name.name), binder)
            values[name] = value, binder
        value, self.binders[name.name] = values[name]
        return value

    def _look_up(self, name: str, index: int) -> tuple[Origin, int]:
        """The value that the name has for the cell at `index`, and the cell that has bound it."""
        names, binder = self._look_up_binder(name, index)
        if binder < 0 and is_predefined(name):
            return Known(f"builtins.{name}"), binder
        value = None if names is None else _before(names.value_of(name), binder)
        if isinstance(value, (FunctionEffects, Instance)):
            for attribute in self._attributes_set_between(name, binder, index):
                value = _without(value, attribute)
            if type(value) is Instance and self._is_mutated(name, binder, index):
                value = without_displays(value)
        elif isinstance(value, Contents) and value.kind != "tuple":
            value = self._contents_at(name, value, binder, index)
        return value, binder

    def _contents_at(self, name: str, found: Contents, binder: int, index: int) -> Origin:
        """What the list or dict of the cell at `binder` holds at `index`; None where code that is
        not followed may have changed it."""
        self._displays.add(name)
        value = found
        for at in range(binder, min(index + 1, len(self._graph.cells))):
            names, is_own = self._graph.names_at(at), at == self._index
            line = first_leaks(self._graph.cells[at].source).get(name)
            if line is not None and (not is_own or line < self.line):
                return None
            if at == binder or name not in names.mutated:
                continue
            if at == index and not is_own:
                return None
            changes = self._own_changes() if is_own else self._known.changes_of(self._graph, at)
            changes = [it for it in changes if it.name == name]
            if self._is_changed_by_calls(name) if is_own else not changes:
                return None
            for change in changes:
                if is_own and change.line >= self.line:
                    break
                after = changed(value, change.method, change.arguments) if change.certain else None
                if after is None:
                    return None
                value = after
        return value

    def _is_changed_by_calls(self, name: str) -> bool:
        """Whether a function of a cell that the cell itself calls may change the list or dict."""
        called = self._own.called
        cells = self._graph.names.values()
        functions = (it for cell in cells for it in cell.functions if name in it.mutated_globals)
        return any(it.name in called or it in self._own.functions for it in functions)

    def _is_mutated(self, name: str, binder: int, index: int) -> bool:
        """Whether a cell after the one at `binder` may have changed what the object holds."""
        return any(name in self._graph.names_at(at).mutated for at in range(binder + 1, index))

    def _own_changes(self) -> list[ItemAdded]:
        """What the text of the cell itself adds to lists and dicts of other cells."""
        changes = (change_by(it.step, it.certain, it.line) for it in self._own.steps)
        return [it for it in changes if it is not None]

    def _attributes_set_between(self, name: str, binder: int, index: int) -> Iterator[str]:
        """The attributes of the object of this name that cells set after the cell at `binder`."""
        setters = self._graph.memo.get("setters")
        if setters is None:
            setters = self._graph.memo["setters"] = _attributes_set(self._graph)
        for setter, attribute in setters.get(name, ()):
            if binder < setter < index:
                yield attribute


def _without(value: Origin, attribute: str) -> Origin:
    """The class or object after another cell has set the attribute."""
    if isinstance(value, FunctionEffects):
        return with_member(value, attribute, None)
    assert isinstance(value, Instance)
    held = tuple(it for it in value.attributes if it[0] != attribute)
    return Instance(with_member(value.cls, attribute, None), held)


def _attributes_set(graph: DependencyGraph) -> dict[str, list[tuple[int, str]]]:
    found: dict[str, list[tuple[int, str]]] = {}
    for index, cell in enumerate(graph.cells):
        for name, attribute in graph.names[cell.id].set_attributes:
            found.setdefault(name, []).append((index, attribute))
    return found


def _before(value: Origin, index: int) -> Origin:
    """The value that the cell at `index` has bound, in which outer names are those before it."""
    root = root_of(value)
    if isinstance(value, Contents):
        items = tuple((key, _before(item, index)) for key, item in value.items)
        return replace(value, items=items)
    if not isinstance(root, OuterName) or root.before is not None:
        return value
    if isinstance(value, Step):
        return with_root(value, OuterName(root.name, index))
    return OuterName(root.name, index)
