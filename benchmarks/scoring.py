"""How accurate is a reading of notebooks, compared with what happened when they ran?

A reading is what `jupyter namespace-viz names --json` prints for a notebook. What happened is in an
oracle file, recorded while the notebook ran from top to bottom. These fields of its list `cells`
are read:

    index, cell_index   its number among the cells of the list, and among all cells of the file
    status              cells that did not end with "ok" do not count
    uses                name → `index` of the cell that had bound it, or "ipython": read at module
                        level or in a class body, a comprehension or the body of a magic
    use_kinds           name → how it was read; "exec" is the body of a magic
    deferred_uses       name → providers, as in `uses`: read by a function of this cell
    foreign_uses        names that a library read through the namespace
    deletes             name → the cell that had bound it: what the cell deleted
    defs                names that are bound when the cell ends
    transient           names that the cell bound and deleted again
    foreign_defs        names that a library or IPython bound

Recall is the share of what happened that was read; precision the share of what was read that
happened. A name counts as used when it was read in any way, or deleted. So the precision of
deferred uses cannot be 100 %: functions that are never called read nothing. Names that no text
shows, such as those of a star import, do not count for the recall of definitions.
"""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from IPython.core.inputtransformer2 import TransformerManager

MEASURES = ("definitions", "immediate", "deferred", "magic-body", "edges")

_PREDEFINED = {*dir(builtins), "get_ipython", "display", "exit", "quit", "In", "Out"}
_OF_IPYTHON = re.compile(r"In|Out|get_ipython|exit|quit|_{1,3}|__\w*__|_\d+|_i+\d*")

_BINDING_NODES = (
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
    ast.ExceptHandler,
    ast.MatchAs,
    ast.MatchStar,
)


@dataclass
class Measure:
    """Counts of what happened and the part that was read, of what was read and the part that
    happened.
    """

    happened: int = 0
    happened_and_read: int = 0
    read: int = 0
    read_and_happened: int = 0

    def expect(self, happened: Collection[object], read: Collection[object]) -> None:
        """Count for the recall."""
        self.happened += len(happened)
        self.happened_and_read += len({*happened} & {*read})

    def claim(self, read: Collection[object], happened: Collection[object]) -> None:
        """Count for the precision."""
        self.read += len(read)
        self.read_and_happened += len({*read} & {*happened})

    @property
    def recall(self) -> float | None:
        """In percent; None where nothing happened."""
        return _percent(self.happened_and_read, self.happened)

    @property
    def precision(self) -> float | None:
        """In percent; None where nothing was read."""
        return _percent(self.read_and_happened, self.read)


def _percent(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 2) if whole else None


@dataclass
class Score:
    """The measures over all added notebooks, and the number of their cells that ran."""

    notebooks: int = 0
    cells: int = 0
    measures: dict[str, Measure] = field(
        default_factory=lambda: {name: Measure() for name in MEASURES}
    )

    def add(self, reading: dict[str, Any], oracle: dict[str, Any], sources: list[str]) -> None:
        """Count a notebook; `sources` are the texts of all cells of the file."""
        self.notebooks += 1
        cell_index = {cell["index"]: cell["cell_index"] for cell in oracle["cells"]}
        nothing = {"definitions": [], "uses": []}
        readings = {cell["index"]: cell for cell in reading["cells"]}
        ran = [cell for cell in oracle["cells"] if cell["status"] == "ok"]
        self.cells += len(ran)
        edges = set()
        for cell in ran:
            index = cell["cell_index"]
            self._add_definitions(readings.get(index, nothing), cell, sources[index])
            self._add_uses(readings.get(index, nothing), cell)
            providers = {cell_index[it] for it in _providers(cell)} - {index}
            edges |= {(provider, index) for provider in providers}
        indexes = {cell["cell_index"] for cell in ran}
        read_edges = {(it["provider"], it["consumer"]) for it in reading["edges"]}
        read_edges = {edge for edge in read_edges if indexes.issuperset(edge)}
        self.measures["edges"].expect(edges, read_edges)
        self.measures["edges"].claim(read_edges, edges)

    def _add_definitions(self, reading: dict[str, Any], cell: dict[str, Any], source: str) -> None:
        read = _own_names(it["name"] for it in reading["definitions"])
        bound = _own_names(cell["defs"])
        in_text, has_star = _names_bound_in(source)
        unshown = {*cell["foreign_defs"]}
        shown = {
            name
            for name in bound
            if name in in_text
            or (not (has_star or name in unshown) and re.search(rf"\b{re.escape(name)}\b", source))
        }
        self.measures["definitions"].expect(shown, read)
        self.measures["definitions"].claim(read, bound.union(cell["transient"]))

    def _add_uses(self, reading: dict[str, Any], cell: dict[str, Any]) -> None:
        read = {
            phase: _own_names(it["name"] for it in reading["uses"] if it["phase"] == phase)
            for phase in ("immediate", "deferred")
        }
        read_at_all = read["immediate"] | read["deferred"] | {*reading.get("deletions", ())}
        at_once, later = {*_immediate_uses(cell)}, {*_deferred_uses(cell)}
        in_magics = {name for name in at_once if cell["use_kinds"].get(name) == "exec"}
        self.measures["immediate"].expect(at_once - in_magics, read_at_all)
        self.measures["magic-body"].expect(in_magics, read_at_all)
        self.measures["deferred"].expect(later - at_once, read_at_all)

        deleted = {name for name, it in cell["deletes"].items() if isinstance(it, int)}
        used = at_once | later | _own_names(cell["foreign_uses"]) | deleted
        for phase, names in read.items():
            # Builtins are read although no cell binds them: they are not counted.
            claimed = {name for name in names if name in used or name not in _PREDEFINED}
            self.measures[phase].claim(claimed, used)


def _immediate_uses(cell: dict[str, Any]) -> dict[str, Any]:
    """Name → provider, without names that IPython provides."""
    uses = cell["uses"].items()
    return {name: it for name, it in uses if it != "ipython" and not _is_of_ipython(name)}


def _deferred_uses(cell: dict[str, Any]) -> dict[str, list[Any]]:
    """Name → providers, without names that only IPython provides."""
    uses = cell["deferred_uses"].items()
    return {name: its for name, its in uses if {*its} - {"ipython"} and not _is_of_ipython(name)}


def _providers(cell: dict[str, Any]) -> Iterator[int]:
    found = [*_immediate_uses(cell).values()]
    found += (it for its in _deferred_uses(cell).values() for it in its)
    return (it for it in found if isinstance(it, int))


def _own_names(names: Collection[str] | Iterator[str]) -> set[str]:
    return {name for name in names if not _is_of_ipython(name)}


def _is_of_ipython(name: str) -> bool:
    return _OF_IPYTHON.fullmatch(name) is not None


def _names_bound_in(source: str) -> tuple[set[str], bool]:
    """The names that the text of a cell binds anywhere, and whether it has a star import."""
    try:
        tree = ast.parse(TransformerManager().transform_cell(source))
    except Exception:  # noqa: BLE001 - IPython's transformers raise errors of many kinds
        return set(), False
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif isinstance(node, ast.alias):
            names.add(node.asname or node.name.partition(".")[0])
        elif isinstance(node, _BINDING_NODES) and node.name:
            names.add(node.name)
    return names, "*" in names
