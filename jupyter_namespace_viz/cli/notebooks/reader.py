"""How are notebook files read, each with the environment of its kernel?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
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
from jupyter_namespace_viz.core.syntax.dialect import Dialect
from jupyter_namespace_viz.environment.interpreters import (
    UnusablePython,
    kernel_search_paths,
    python_of_kernel,
)
from jupyter_namespace_viz.environment.star_names import EnvironmentStarNames


@dataclass(frozen=True, slots=True)
class ReadNotebook:
    """A file and its graph; `python` is the kernel's, `folder` the notebook's, and `paths` is the
    `sys.path` that the kernel would have."""

    file: NotebookFile
    graph: DependencyGraph
    python: str
    folder: Path
    paths: tuple[str, ...]


def read_notebook(path: Path, kernel: KernelOptions) -> ReadNotebook:
    """A notebook with its graph; raises UnreadableNotebook."""
    file = read_notebook_file(path)
    folder = path.resolve().parent
    python = kernel.python or python_of_kernel(file.kernel_name)
    try:
        paths = kernel_search_paths(python, folder)
    except UnusablePython as error:
        reason = f"{error} Name another with --python."
        raise UnreadableNotebook(path, reason) from error
    dialect = Dialect(None if file.is_python else file.language, kernel.magics)
    graph = updated_graph(EMPTY_GRAPH, file.cells, _star_names(paths, str(folder)), dialect)
    return ReadNotebook(file, graph, python, folder, paths)


_star_names = cache(EnvironmentStarNames)  # shared by the notebooks of a folder


@dataclass
class NotebookReader:
    """Iterates over the files that can be read; others are named on standard error, and set
    `failed`."""

    files: Iterable[Path]
    kernel: KernelOptions
    failed: bool = False

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
        self.failed = True
        click.echo(str(error), err=True)
