"""Which magics would not be found, as the extension that registers them cannot be loaded?

c1: %load_ext sql      `sql` is not installed
c2: %%sql              UsageError
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator

from jupyter_namespace_viz.core.forecast.findings import Finding
from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph
from jupyter_namespace_viz.core.syntax.known_magics import EXTENSION_MAGICS
from jupyter_namespace_viz.core.syntax.parser import parse
from jupyter_namespace_viz.core.verdicts.wording import missing_explanations

_CELL_MAGIC = re.compile(r"\s*%%(\w+)")
_REGISTERS = re.compile(r"\bregister_\w*magic|\balias_magic\b")

_OF_MAGICS = frozenset({"matplotlib", "numpy"})
"""The modules that `%matplotlib` and `%pylab` import; others that no statement imports are those of
`%load_ext`, and may register any magic."""


class MissingMagics:
    """Finds the magics of extensions that are not installed. Call `missing_in` for each cell in
    document order, and then `note_failures`."""

    def __init__(self, graph: DependencyGraph) -> None:
        self._graph = graph
        self._lacking: dict[str, int] = {}
        self._loaded: set[str] = set()
        self._is_any_registered = False

    def missing_in(self, index: int) -> Iterator[Finding]:
        """The first magic of the cell at `index` that a cell above fails to load."""
        cell = self._graph.cells[index]
        self._is_any_registered |= _REGISTERS.search(cell.source) is not None
        if self._is_any_registered or not self._lacking:
            return
        for magic, line in _magics_in(cell.source):
            loader = self._lacking.get(magic.lstrip("%"))
            if loader is not None and magic.lstrip("%") not in self._loaded:
                yield Finding(
                    cell.id,
                    magic,
                    "UsageError",
                    "provider_failed",
                    True,
                    self._graph.cells[loader].id,
                    missing_explanations.would_be_missing(magic, None, "provider_failed", loader),
                    line,
                    is_consequence=True,
                    before_run=magic.startswith("%%"),
                )
                return

    def note_failures(self, index: int, found: Iterable[Finding]) -> None:
        """Add what the cell at `index` loads, or fails to load by these findings."""
        failing = {it.imported for it in found if it.certain and it.error == "ModuleNotFoundError"}
        for imported in self._graph.names_at(index).imports:
            is_failing = imported.module in failing
            magics = EXTENSION_MAGICS.get(imported.module, frozenset())
            if is_failing:
                self._lacking |= dict.fromkeys(magics - self._lacking.keys(), index)
            else:
                self._loaded |= magics
            is_extension = not imported.statements and imported.module not in _OF_MAGICS
            self._is_any_registered |= is_extension and not (is_failing or magics)


def _magics_in(source: str) -> Iterator[tuple[str, int]]:
    """The magics that the cell certainly runs, with their marks and lines."""
    found = _CELL_MAGIC.match(source)
    if found is not None:
        yield f"%%{found[1]}", source.count("\n", 0, found.start(1)) + 1
        return
    if "%" not in source:
        return
    for node in parse(source).body:
        value = getattr(node, "value", None)
        if isinstance(value, ast.Call) and ast.unparse(value.func).endswith(".run_line_magic"):
            name = value.args[0]
            if isinstance(name, ast.Constant) and isinstance(name.value, str):
                yield f"%{name.value}", node.lineno
