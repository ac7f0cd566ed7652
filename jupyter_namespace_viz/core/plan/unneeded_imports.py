"""Which imports has the kernel yet to run, though no cell needs them now?"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from jupyter_namespace_viz.core.analysis.cell_names import (
    CellNames,
    restoring_codes,
    restoring_imports,
)
from jupyter_namespace_viz.core.kernel_state.module_answers import missing_module
from jupyter_namespace_viz.core.kernel_state.source_runs import codes_that_ran
from jupyter_namespace_viz.core.plan import explanations
from jupyter_namespace_viz.core.plan.plan_types import Step
from jupyter_namespace_viz.core.syntax.name_sources import StarImport
from jupyter_namespace_viz.core.verdicts.cell_status import NotebookVerdict


def unneeded_imports(verdict: NotebookVerdict, known: Collection[str]) -> Iterator[Step]:
    """A step for each cell with such imports, in document order; without the names that are
    `known`, which other steps bind or no step can.

    Left out are modules that are not installed, names that a cell may bind otherwise, and names
    that were deleted.
    """
    namespace = verdict.context.namespace
    bound = {*known, *namespace.names, *namespace.deleted_by}
    ran = set(codes_that_ran(namespace, verdict.graph.read))
    for cell_id, names in verdict.graph.names.items():
        codes: dict[str, list[str]] = {}  # by name
        for name in _imported(names):
            modules = (one.module for one in restoring_imports(names, name))
            is_absent = any(missing_module(it, namespace.modules) is not None for it in modules)
            if name not in bound and not is_absent:
                codes[name] = restoring_codes(names, name)
        added = tuple(name for name, its_codes in codes.items() if its_codes)
        if added:
            bound.update(added)
            code = "\n".join(dict.fromkeys(code for name in added for code in codes[name]))
            yield Step(cell_id, code, added, explanations.imports_unneeded(added))
        for star in names.name_sources:
            is_new = isinstance(star, StarImport) and star.code not in ran
            if is_new and missing_module(str(star), namespace.modules) is None:
                ran.add(star.code or "")
                yield Step(cell_id, star.code, ("*",), explanations.imports_all_names(str(star)))


def _imported(names: CellNames) -> list[str]:
    """The names that the cell certainly imports, sorted."""
    return [it.name for it in names.definitions if it.certain and it.kind == "import"]
