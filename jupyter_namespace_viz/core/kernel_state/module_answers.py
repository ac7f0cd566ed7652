"""Which of the modules that a notebook imports does the kernel have?"""

from __future__ import annotations

from collections.abc import Mapping

from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph
from jupyter_namespace_viz.core.kernel_state.namespace import HeldName, ModuleAnswer, Namespace

Modules = Mapping[str, ModuleAnswer]


def modules_to_find(graph: DependencyGraph, namespace: Namespace) -> frozenset[str]:
    """The modules to ask the kernel for: those that the notebook imports, also in functions, their
    top-level packages, those that cells did not find when they last ran, and those of the user's
    own that were looked into.
    """
    imports = [imported for names in graph.names.values() for imported in names.imports]
    absolute = [one for one in imports if one.top_level_module is not None]
    in_functions = (
        one.module
        for names in graph.names.values()
        for function in names.functions
        for one in function.imports
        if not one.module.startswith(".")
    )
    tops = (one.module.partition(".")[0] for one in absolute)
    not_found = (run.missing_module for run in namespace.runs.values())
    modules = frozenset(one.module for one in absolute)
    own = graph.own_modules.to_find
    return modules.union(tops, in_functions, filter(None, not_found), own)


def name_sources_to_find(graph: DependencyGraph) -> frozenset[str]:
    """The name sources to ask the kernel for: star imports and `%run file`, each as its text."""
    return frozenset(str(source) for names in graph.names.values() for source in names.name_sources)


def missing_module(module: str, modules: Modules) -> str | None:
    """The module that an import of `module` certainly does not find: itself or a package above it;
    None where the import may succeed.
    """
    for name in (module, module.partition(".")[0]):
        answer = modules.get(name)
        if answer is not None:
            return None if answer.found else answer.absent or name
    return None


def unverified_module(module: str, modules: Modules) -> str | None:
    """The module that an import of `module` may not find: the package above has no file for it, and
    only the package's code could provide it. None where there is no such doubt.
    """
    answer = modules.get(module)
    return None if answer is None or not answer.found or answer.certain else answer.absent


def is_module(held: HeldName, expected: str, modules: Modules) -> bool:
    """Whether the held name is the module that an import of `expected` would bind.

    Any module counts where the kernel has not answered for `expected`.
    """
    if held.kind != "module":
        return False
    answer = modules.get(expected)
    return answer is None or answer.loaded_as is None or answer.loaded_as == held.module
