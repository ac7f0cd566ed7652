"""How are notebook files read, each against the environment that its kernel has?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import click

from jupyter_namespace_viz.cli.notebook_file import (
    NotebookFile,
    UnreadableNotebook,
    read_notebook_file,
)
from jupyter_namespace_viz.core.connecting import updated_graph
from jupyter_namespace_viz.core.graph import EMPTY_GRAPH, DependencyGraph
from jupyter_namespace_viz.environment.interpreters import python_of_kernel, search_paths
from jupyter_namespace_viz.environment.star_names import StarNames


@dataclass(frozen=True, slots=True)
class ReadNotebook:
    """A file, its graph, and where its kernel would look for modules: its own folder first."""

    file: NotebookFile
    graph: DependencyGraph
    python: str
    paths: tuple[str, ...]


@dataclass
class NotebookReader:
    """Reads the files that can be read; the others are named on standard error, and `failed`.

    `python` is whose environment is asked about; None means that of each notebook's kernel, or
    our own where the kernel is not installed here.
    """

    files: Iterable[Path]
    python: str | None = None
    failed: bool = False
    _star_names: dict[tuple[str, ...], StarNames] = field(default_factory=dict)

    def __iter__(self) -> Iterator[ReadNotebook]:
        for path in self.files:
            try:
                file = read_notebook_file(path)
            except UnreadableNotebook as error:
                self.failed = True
                click.echo(str(error), err=True)
            else:
                yield self._read(file)

    def _read(self, file: NotebookFile) -> ReadNotebook:
        python = self.python or python_of_kernel(file.kernel_name)
        paths = (str(file.path.resolve().parent), *search_paths(python))
        star_names = self._star_names.setdefault(paths, StarNames(paths))
        return ReadNotebook(file, updated_graph(EMPTY_GRAPH, file.cells, star_names), python, paths)
