"""Which files do the paths, folders and patterns on the command line mean?"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from glob import glob, has_magic
from pathlib import Path

from jupyter_namespace_viz.cli.notebooks.left_out import LeftOut

STANDARD_INPUT = Path("-")
"""The path that means what is piped to the command."""


def notebook_files(paths: Iterable[Path], exclude: Iterable[str] = ()) -> Iterator[Path]:
    """The files of the paths; those in a folder, and those that match a pattern, are sorted.

    In folders only `.ipynb` files count: a text file may be anything, or the pair of a notebook.
    What searches leave out (`left_out.py`), and what `exclude` names, is not searched; a file that
    a path names is always read. A path without a file is kept, so that it is named when it cannot
    be read.
    """
    patterns = tuple(exclude)
    for path in paths:
        if path == STANDARD_INPUT:
            yield path
        elif path.is_dir():
            yield from sorted(_notebooks_in(path, LeftOut(path, patterns)))
        elif is_pattern(path) and (matches := sorted(glob(str(path), recursive=True))):
            left_out = LeftOut(_fixed_part(path), patterns)
            found = (match for match in map(Path, matches) if not left_out.below(match))
            yield from notebook_files(found, patterns)
        else:
            yield path


def shown(path: Path) -> str:
    """The path as it can be printed: its name need not be valid UTF-8."""
    return str(path).encode("utf-8", "replace").decode()


def is_pattern(path: Path) -> bool:
    """Whether the path is a pattern that the shell did not expand, and no file has this name."""
    return has_magic(str(path)) and not path.exists()


def _notebooks_in(folder: Path, left_out: LeftOut) -> Iterator[Path]:
    for place, folders, files in os.walk(folder):
        folders[:] = [it for it in folders if not left_out.folder(Path(place, it))]
        for file in (Path(place, it) for it in files if it.endswith(".ipynb")):
            if not left_out.file(file):
                yield file


def _fixed_part(pattern: Path) -> Path:
    """The folder that a pattern names before its first placeholder."""
    return next(it for it in pattern.parents if not has_magic(str(it)))
