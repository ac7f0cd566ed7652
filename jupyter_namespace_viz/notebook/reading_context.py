"""What of a kernel changes how cells are read?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jupyter_namespace_viz.core.graph.star_imports import StarNameLookup, nothing_known
from jupyter_namespace_viz.core.syntax.dialect import PYTHON, Dialect
from jupyter_namespace_viz.core.syntax.known_magics import Magics
from jupyter_namespace_viz.core.syntax.name_sources import NameSource
from jupyter_namespace_viz.environment.star_names import EnvironmentStarNames, known_elsewhere
from jupyter_namespace_viz.kernel.view import KernelView


@dataclass(frozen=True, slots=True, eq=False)
class ReadingContext:
    """What star imports give there, and what the kernel takes cells for.

    The same object as long as nothing of it changes: graphs are made for one.
    """

    star_names: StarNameLookup
    dialect: Dialect
    key: object = None


NOWHERE = ReadingContext(nothing_known, PYTHON)
"""Without a kernel."""


def reading_context_of(
    view: KernelView | None, magics: Magics, before: ReadingContext
) -> ReadingContext:
    """The surroundings in this kernel; `before` itself when they are the same.

    A module's star names are those that the kernel holds while it is loaded, else those that its
    files tell, which are read anew after a restart. A kernel on another machine has other files.
    """
    language = (
        view.language or "unknown" if view is not None and view.state == "not_python" else None
    )
    dialect = Dialect(language=language, magics=magics)
    if view is None:
        key: object = dialect
        star_names: StarNameLookup = nothing_known
    else:
        namespace = view.namespace
        held, paths, folder = namespace.star_names, namespace.paths, namespace.folder
        key = (dialect, namespace.generation, paths, folder, dict(held))
        star_names = _KernelStarNames(held, _not_held(view))
    return before if key == before.key else ReadingContext(star_names, dialect, key)


def _not_held(view: KernelView) -> StarNameLookup:
    if not view.shares_files:
        return known_elsewhere
    paths, folder = view.namespace.paths, view.namespace.folder
    return EnvironmentStarNames(paths, folder) if paths else nothing_known


class _KernelStarNames:
    """What star imports give in one kernel: as it holds them, else as is known otherwise."""

    def __init__(self, held: Mapping[str, frozenset[str]], otherwise: StarNameLookup) -> None:
        self._held = held
        self._otherwise = otherwise

    def __call__(self, source: NameSource) -> frozenset[str] | None:
        held = self._held.get(str(source))
        return self._otherwise(source) if held is None else held
