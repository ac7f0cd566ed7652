"""How are notebook files read, each with the environment of its kernel?"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import click

from jupyter_namespace_viz.cli.arguments import KernelOptions
from jupyter_namespace_viz.cli.notebooks.notebook_file import (
    NotebookFile,
    UnreadableNotebook,
    because_of,
    read_notebook_file,
)
from jupyter_namespace_viz.core.graph.builder import updated_graph
from jupyter_namespace_viz.core.graph.dependency_graph import EMPTY_GRAPH, DependencyGraph
from jupyter_namespace_viz.core.imports.search_states import added_folders
from jupyter_namespace_viz.core.syntax.dialect import LAZY_ANNOTATIONS, Dialect
from jupyter_namespace_viz.environment.interpreters import (
    OURS,
    KernelPython,
    Python,
    UnusablePython,
    kernel_search_paths,
    python_at,
    python_of_kernel,
)
from jupyter_namespace_viz.environment.own_modules import OwnModuleValues
from jupyter_namespace_viz.environment.star_names import EnvironmentStarNames


@dataclass(frozen=True, slots=True)
class ReadNotebook:
    """A file and its graph; `python` is the kernel's, None where the kernel is not known here,
    and `kernel` is how it is started. `folder` is the notebook's, and
    `paths` is the `sys.path` that the kernel would have."""

    file: NotebookFile
    graph: DependencyGraph
    python: Python | None
    kernel: KernelPython
    folder: Path
    paths: tuple[str, ...]

    @property
    def unknown_kernel(self) -> str | None:
        """The name of the kernel where it is not installed here."""
        return self.file.kernel_name if self.python is None else None


def read_notebook(path: Path, kernel: KernelOptions) -> ReadNotebook:
    """A notebook with its graph; raises UnreadableNotebook."""
    return with_graph(read_notebook_file(path), kernel)


def with_graph(file: NotebookFile, kernel: KernelOptions) -> ReadNotebook:
    """The cells of a file with their graph; raises UnreadableNotebook."""
    folder = file.path.resolve().parent
    named = None if kernel.python is None else KernelPython(kernel.python)
    found = named or (None if kernel.names_only else python_of_kernel(file.kernel_name, folder))
    try:
        python = None if found is None else python_at(found)
    except UnusablePython as error:
        reason = f"{error} Name another with --python."
        raise UnreadableNotebook(file.path, reason) from error
    paths = kernel_search_paths(() if python is None else python.paths, folder)
    is_lazy = python is not None and python.target.grammar >= LAZY_ANNOTATIONS
    language = None if file.is_python else file.language
    dialect = Dialect(language, kernel.magics, annotations_run=not is_lazy)
    added = [os.path.normpath(folder / it) for it in added_folders(it.source for it in file.cells)]
    star_names = _star_names((*paths, *added), str(folder), kernel=found)
    sources = [it.source for it in file.cells]
    own = OwnModuleValues((*paths, *added), str(folder), found or OURS, sources)
    graph = updated_graph(EMPTY_GRAPH, file.cells, star_names, dialect, own_modules=own)
    return ReadNotebook(file, graph, python, found or OURS, folder, paths)


_star_names = cache(EnvironmentStarNames)  # shared by the notebooks of a folder


def forget_star_names() -> None:
    """Read the files of modules again: they may have changed since."""
    _star_names.cache_clear()


@dataclass
class NotebookReader:
    """Iterates over the files that can be read; others are named on standard error, and kept in
    `unreadable`."""

    files: Iterable[Path]
    kernel: KernelOptions
    unreadable: list[UnreadableNotebook] = field(default_factory=list)

    @property
    def failed(self) -> bool:
        """Whether a file could not be read."""
        return bool(self.unreadable)

    def __iter__(self) -> Iterator[ReadNotebook]:
        for path in self.files:
            try:
                read = read_notebook(path, self.kernel)
            except UnreadableNotebook as error:
                self._fail(error)
            except Exception as error:  # noqa: BLE001 - one notebook takes no other with it
                self._fail(UnreadableNotebook(path, because_of(error)))
            else:
                yield read

    def _fail(self, error: UnreadableNotebook) -> None:
        self.unreadable.append(error)
        click.echo(str(error), err=True)
