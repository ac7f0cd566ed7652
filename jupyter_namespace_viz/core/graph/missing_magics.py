"""Which magics would not be found, as the extension that registers them cannot be loaded?

c1: %load_ext sql      `sql` is not installed
c2: %%sql              UsageError
"""

from __future__ import annotations

import ast
import re
from collections.abc import Container, Iterable
from typing import NamedTuple

from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph
from jupyter_namespace_viz.core.syntax.known_magics import EXTENSION_MAGICS
from jupyter_namespace_viz.core.syntax.parser import parse
from jupyter_namespace_viz.core.syntax.text_cache import cached_by_text

_CELL_MAGIC = re.compile(r"\s*%%(\w+)")
_REGISTERS = re.compile(r"\bregister_\w*magic|\balias_magic\b")

_OF_MAGICS = frozenset({"matplotlib", "numpy"})
"""The modules that `%matplotlib` and `%pylab` import; others that no statement imports are those of
`%load_ext`, and may register any magic."""


class MissingMagic(NamedTuple):
    """A magic, with its marks, on a line of a cell; the cell at `loader` cannot load `module`."""

    name: str
    line: int
    module: str
    loader: int


class MissingMagics:
    """Finds the magics of extensions that cannot be loaded. Call `missing_in` for each cell in
    document order, and then `note`."""

    def __init__(self, graph: DependencyGraph) -> None:
        self._graph = graph
        self._lacking: dict[str, tuple[str, int]] = {}
        self._loaded: set[str] = set()
        self._is_any_registered = False

    def missing_in(self, index: int) -> MissingMagic | None:
        """The first magic of the cell at `index` that a cell above fails to load."""
        if not self._lacking:
            return None
        source = self._graph.cells[index].source
        self._is_any_registered |= _REGISTERS.search(source) is not None
        for name, line in () if self._is_any_registered else _magics_in(source):
            module, loader = self._lacking.get(name.lstrip("%"), ("", 0))
            if module and name.lstrip("%") not in self._loaded:
                return MissingMagic(name, line, module, loader)
        return None

    def note(self, index: int, failing: Container[str]) -> None:
        """Add what the cell at `index` loads, where the imports of these modules fail."""
        names = self._graph.names_at(index)
        for imported in names.imports:
            magics = EXTENSION_MAGICS.get(imported.module, frozenset())
            is_extension = not imported.statements and imported.module not in _OF_MAGICS
            if imported.module not in failing or imported.guarded or not imported.certain:
                self._loaded |= magics
                self._is_any_registered |= is_extension and not magics
            else:
                self._lack(magics, imported.module, index)

    def _lack(self, magics: Iterable[str], module: str, index: int) -> None:
        if not self._lacking:
            above = self._graph.cells[: index + 1]
            self._is_any_registered |= any(_REGISTERS.search(cell.source) for cell in above)
        for magic in magics:
            self._lacking.setdefault(magic, (module, index))


def _size_of(magics: tuple[tuple[str, int], ...]) -> int:
    return 100 + 100 * len(magics)


@cached_by_text(_size_of, unread=())
def _magics_in(source: str) -> tuple[tuple[str, int], ...]:
    """The magics that the cell certainly runs, with their marks and lines."""
    cell_magic = _CELL_MAGIC.match(source)
    if cell_magic is not None:
        return ((f"%%{cell_magic[1]}", source.count("\n", 0, cell_magic.start(1)) + 1),)
    if "%" not in source:
        return ()
    found = []
    for node in parse(source).body:
        value = getattr(node, "value", None)
        if isinstance(value, ast.Call) and ast.unparse(value.func).endswith(".run_line_magic"):
            name = value.args[0]
            if isinstance(name, ast.Constant) and isinstance(name.value, str):
                found.append((f"%{name.value}", node.lineno))
    return tuple(found)
