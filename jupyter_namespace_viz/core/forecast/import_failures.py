"""Which imports would fail, or import another module, when the cells run in order?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from jupyter_namespace_viz.core.analysis.cell_names import Import, may_run, top_level_imports
from jupyter_namespace_viz.core.forecast.findings import Finding
from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph
from jupyter_namespace_viz.core.kernel_state.module_answers import first_line_changing_modules
from jupyter_namespace_viz.core.sentences import CellAt, in_sequence, sentence
from jupyter_namespace_viz.core.verdicts.wording import module_explanations


@dataclass(frozen=True, slots=True)
class Shadow:
    """A file in the notebook's folder that is imported instead of the installed one of its name."""

    local: str
    installed: str


def no_shadow(module: str) -> Shadow | None:  # noqa: ARG001
    """The lookup for a notebook whose folder is not searched."""
    return None


class UninstalledModules:
    """Finds the imports whose modules the environment does not have.

    Call `missing_in` for each cell in document order. `python` is the path of the interpreter,
    where it is known.
    """

    def __init__(
        self, graph: DependencyGraph, is_installed: Callable[[str], bool], python: str | None
    ) -> None:
        self.graph = graph
        self.is_installed = is_installed
        self.python = python
        self.changed_by: int | None = None

    def missing_in(self, index: int) -> Iterator[Finding]:
        """The modules that the cell at `index` cannot import.

        Not certain where this cell or one above may install modules or change where imports look.
        """
        if first_line_changing_modules(self.graph.cells[index].source) is not None:
            self.changed_by = index
        for imported in top_level_imports(self.graph.names_at(index)):
            if imported.guarded or self.is_installed(imported.module):
                continue
            if may_run(imported, self._is_there):
                yield self._finding(imported, index)

    def _is_there(self, module: str) -> bool:
        return self.is_installed(module.partition(".")[0])

    def _finding(self, imported: Import, index: int) -> Finding:
        cause = module_explanations.not_installed(imported.module, self.python)
        if self.changed_by is None:
            provider = None
            message = in_sequence(cause, sentence("Install the package that provides it."))
        else:
            provider = self.graph.cells[self.changed_by].id
            changer = CellAt(self.changed_by)
            message = in_sequence(cause, sentence("Cell {cell} may change that.", cell=changer))
        return Finding(
            self.graph.cells[index].id,
            imported.module,
            "ModuleNotFoundError",
            "not_installed",
            imported.certain and provider is None,
            provider,
            message,
            imported.line,
        )


class ShadowedModules:
    """Finds the imports that import a file of the notebook's folder instead of an installed module.

    Call `first_imported_in` for each cell in document order: each module is found where it is first
    imported.
    """

    def __init__(self, graph: DependencyGraph, shadow_of: Callable[[str], Shadow | None]) -> None:
        self.graph = graph
        self.shadow_of = shadow_of
        self.seen: set[str] = set()

    def first_imported_in(self, index: int) -> Iterator[Finding]:
        """The shadowed modules that the cell at `index` imports and no cell above does."""
        for imported in top_level_imports(self.graph.names_at(index)):
            module = imported.module
            shadow = None if module in self.seen else self.shadow_of(module)
            self.seen.add(module)
            if shadow is not None:
                yield Finding(
                    self.graph.cells[index].id,
                    module,
                    "AttributeError",
                    "clobbered",
                    False,
                    None,
                    module_explanations.shadowed_beside_notebook(
                        module, shadow.local, shadow.installed
                    ),
                    imported.line,
                )
