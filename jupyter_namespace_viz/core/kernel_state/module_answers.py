"""What does the kernel say of the modules that a notebook imports?"""

from __future__ import annotations

import re
from collections.abc import Mapping

from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph
from jupyter_namespace_viz.core.kernel_state.namespace import HeldName, ModuleAnswer

Modules = Mapping[str, ModuleAnswer]

_MAY_BRING_MODULES = re.compile(
    r"^[^#\n]*\b(?:(?:pip3?|conda|mamba|uv)\b.*\binstall\b|sys\.path\b|chdir\b)"
    r"|^[ \t]*%?cd(?:[ \t]+[^\s=]|$)",
    re.MULTILINE,
)


def modules_to_find(graph: DependencyGraph) -> frozenset[str]:
    """The modules that the notebook imports, and the top-level ones above them: what to ask the
    kernel for.
    """
    imports = [imported for names in graph.names.values() for imported in names.imports]
    absolute = [one for one in imports if one.top_level_module is not None]
    tops = (one.module.partition(".")[0] for one in absolute)
    return frozenset(one.module for one in absolute).union(tops)


def star_modules(graph: DependencyGraph) -> frozenset[str]:
    """The star imports of the notebook, `%run file` included: what to ask the kernel for."""
    return frozenset(str(it) for names in graph.names.values() for it in names.name_sources)


def missing_module(module: str, modules: Modules) -> str | None:
    """What an import of the module certainly does not find, the module itself or one above it."""
    for name in (module, module.partition(".")[0]):
        answer = modules.get(name)
        if answer is not None:
            return None if answer.found else answer.absent or name
    return None


def unverified_module(module: str, modules: Modules) -> str | None:
    """What an import of the module hardly finds: no file of the package above shows it, which only
    its code could bring along.
    """
    answer = modules.get(module)
    return None if answer is None or not answer.found or answer.certain else answer.absent


def is_module(held: HeldName, expected: str, modules: Modules) -> bool:
    """Whether the held name is the module that an import would bind, as far as is known."""
    if held.kind != "module":
        return False
    answer = modules.get(expected)
    return answer is None or answer.loaded_as is None or answer.loaded_as == held.module


def first_line_changing_modules(source: str) -> int | None:
    """The first line of the text that may install packages, or change where modules are looked
    for; None if there is none.
    """
    found = _MAY_BRING_MODULES.search(source)
    return None if found is None else source.count("\n", 0, found.start()) + 1
