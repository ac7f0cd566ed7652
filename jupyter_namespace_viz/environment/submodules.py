"""Which submodules does a package have as attributes once it is imported?

An import of `a.b` binds `b` in the package `a`, whichever module of the package makes it.
"""

from __future__ import annotations

from jupyter_namespace_viz.environment.module_files import ModuleFinder
from jupyter_namespace_viz.environment.module_text import (
    ModuleText,
    imported_modules,
    module_text,
)
from jupyter_namespace_viz.environment.version_tests import Target

MAX_CHARACTERS = 1_000_000
"""Packages whose modules have more text are not followed to their end."""


def imported_submodules(
    package: str, finder: ModuleFinder, target: Target
) -> frozenset[str] | None:
    """The names of the submodules that importing the package imports; None where it imports more
    modules than are read, or some that cannot be read."""
    read = modules_read(package, finder, target)
    if read is None:
        return None
    depth = package.count(".") + 1
    inside = (name.split(".") for name in read if name.startswith(f"{package}."))
    return frozenset(parts[depth] for parts in inside)


def modules_read(
    package: str, finder: ModuleFinder, target: Target
) -> dict[str, ModuleText | None] | None:
    """The modules of the package, itself included, that importing it imports, with their texts;
    None for what has none that can be read. The whole is None where these are too many."""
    found: dict[str, ModuleText | None] = {}
    pending, characters = [package], 0
    while pending:
        module = pending.pop()
        location = None if module in found else finder.find(module)
        if location is None:
            continue
        found[module] = None
        if location.file is None or location.file.suffix != ".py":
            continue
        read = found[module] = module_text(location.file, module, target)
        if read is not None:
            characters += len(read.text)
            if characters > MAX_CHARACTERS:
                return None
            own = module.rpartition(".")[0] if location.folders is None else module
            inside = (it for it in imported_modules(read.body, own) if it.startswith(f"{package}."))
            pending += [part for name in inside for part in _with_parents(name, package)]
    return found


def _with_parents(module: str, package: str) -> list[str]:
    """`a.b.c` and `a.b`, as far as they are inside the package."""
    parts = module.split(".")
    return [".".join(parts[:end]) for end in range(package.count(".") + 2, len(parts) + 1)]
