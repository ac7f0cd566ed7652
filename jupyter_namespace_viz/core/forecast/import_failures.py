"""Which imports would fail, or give another module, while the cells run in order?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from jupyter_namespace_viz.core.analysis.cell_names import Import, top_level_imports
from jupyter_namespace_viz.core.forecast.findings import Finding
from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph
from jupyter_namespace_viz.core.kernel_state.module_answers import first_line_changing_modules
from jupyter_namespace_viz.core.verdicts import explanations, module_explanations


@dataclass(frozen=True, slots=True)
class Shadow:
    """A file beside the notebook that is imported instead of the installed one of its name."""

    local: str
    installed: str


def no_shadow(module: str) -> Shadow | None:  # noqa: ARG001
    """Of a notebook whose folder nobody looked into."""
    return None


class AbsentModules:
    """Which imports the environment cannot serve, while the cells run in order."""

    def __init__(
        self, graph: DependencyGraph, is_installed: Callable[[str], bool], python: str | None
    ) -> None:
        self.graph = graph
        self.is_installed = is_installed
        self.python = python
        self.changed_by: int | None = None

    def missing_in(self, position: int) -> Iterator[Finding]:
        """The modules that the cell cannot import; not certain after one that may bring some."""
        if first_line_changing_modules(self.graph.cells[position].source) is not None:
            self.changed_by = position
        for imported in top_level_imports(self.graph.names_at(position)):
            if not imported.guarded and not self.is_installed(imported.module):
                yield self._finding(imported, position)

    def _finding(self, imported: Import, position: int) -> Finding:
        message = module_explanations.not_installed(imported.module, self.python)
        if self.changed_by is None:
            provider = None
            message += " Install the package that provides it."
        else:
            provider = self.graph.cells[self.changed_by].id
            message += f" {explanations.cell_number(self.changed_by).capitalize()} may change that."
        return Finding(
            self.graph.cells[position].id,
            imported.module,
            "ModuleNotFoundError",
            "not_installed",
            imported.certain and provider is None,
            provider,
            message,
            imported.line,
        )


class ShadowedModules:
    """The modules whose imports give another file; each is told where it is imported first."""

    def __init__(self, graph: DependencyGraph, shadow_of: Callable[[str], Shadow | None]) -> None:
        self.graph = graph
        self.shadow_of = shadow_of
        self.seen: set[str] = set()

    def first_imported_in(self, position: int) -> Iterator[Finding]:
        """The shadowed modules that no cell above imports."""
        for imported in top_level_imports(self.graph.names_at(position)):
            module = imported.module
            shadow = None if module in self.seen else self.shadow_of(module)
            self.seen.add(module)
            if shadow is not None:
                yield Finding(
                    self.graph.cells[position].id,
                    module,
                    "AttributeError",
                    "clobbered",
                    False,
                    None,
                    f"`{module}` is imported from `{shadow.local}` beside the notebook, not from "
                    f"the installed `{shadow.installed}`. Rename `{shadow.local}` unless it is "
                    "meant.",
                    imported.line,
                )
