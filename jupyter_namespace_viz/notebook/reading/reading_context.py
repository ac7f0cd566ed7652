"""Which facts about a kernel affect how cells are read?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from jupyter_namespace_viz.core.graph.enrichment.observed_names import (
    NOTHING_OBSERVED,
    ObservedNames,
)
from jupyter_namespace_viz.core.graph.enrichment.star_imports import StarNameLookup, nothing_known
from jupyter_namespace_viz.core.syntax.dialect import LAZY_ANNOTATIONS, PYTHON, Dialect
from jupyter_namespace_viz.core.syntax.known_magics import Magics
from jupyter_namespace_viz.core.syntax.name_sources import NameSource
from jupyter_namespace_viz.environment.interpreters import KernelPython
from jupyter_namespace_viz.environment.star_names import EnvironmentStarNames, known_elsewhere
from jupyter_namespace_viz.kernel.view import KernelView


@dataclass(frozen=True, slots=True, eq=False)
class ReadingContext:
    """Which names star imports bind, in which dialect the kernel reads cells, and what they bound
    in earlier runs.

    It stays the same object until something in it changes: a graph belongs to one reading context.
    Two contexts with an equal `key` are the same.
    """

    star_names: StarNameLookup
    dialect: Dialect
    observed: ObservedNames = field(default_factory=lambda: NOTHING_OBSERVED)
    key: object = None


NO_KERNEL_CONTEXT = ReadingContext(nothing_known, PYTHON)
"""The context of a notebook without a kernel."""


def dialect_of(view: KernelView | None, magics: Magics) -> Dialect:
    """The dialect in which this kernel reads the first cell."""
    if view is None:
        return Dialect(magics=magics)
    language = view.language or "unknown" if view.state == "not_python" else None
    version = view.namespace.version
    is_lazy = version is not None and version >= LAZY_ANNOTATIONS
    return Dialect(language, magics, annotations_run=not is_lazy)


def reading_context_of(
    view: KernelView | None, magics: Magics, previous: ReadingContext
) -> ReadingContext:
    """The reading context of this kernel; `previous` itself when it is still the same.

    The star names of a module that the kernel has loaded come from the kernel, those of others from
    their files, which are read again after a restart. If the kernel runs on another machine, its
    files are not read.
    """
    dialect = dialect_of(view, magics)
    if view is None:
        key: object = dialect
        star_names: StarNameLookup = nothing_known
        observed = NOTHING_OBSERVED
    else:
        namespace = view.namespace
        loaded, paths, folder = namespace.star_names, namespace.paths, namespace.folder
        key = (dialect, namespace.generation, paths, folder, dict(loaded))
        observed = namespace.observed
        star_names = _KernelStarNames(loaded, _lookup_in_files(view))
    if key == previous.key:
        return previous
    return ReadingContext(star_names, dialect, observed, key)


def _lookup_in_files(view: KernelView) -> StarNameLookup:
    """The lookup for modules that the kernel has not loaded."""
    if not view.shares_files:
        return known_elsewhere
    paths, folder = view.namespace.paths, view.namespace.folder
    python = view.namespace.python
    kernel = None if python is None else KernelPython(python)
    return EnvironmentStarNames(paths, folder, kernel=kernel) if paths else nothing_known


class _KernelStarNames:
    """The `StarNameLookup` of one kernel: the names of loaded modules, else those of `fallback`."""

    def __init__(self, loaded: Mapping[str, frozenset[str]], fallback: StarNameLookup) -> None:
        self._loaded = loaded
        self._fallback = fallback

    def __call__(self, source: NameSource) -> frozenset[str] | None:
        names = self._loaded.get(str(source))
        return self._fallback(source) if names is None else names
