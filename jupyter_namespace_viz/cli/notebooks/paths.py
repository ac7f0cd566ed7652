"""Which files do the paths, folders and patterns on the command line mean?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from glob import glob, has_magic
from pathlib import Path


def notebook_files(paths: Iterable[Path]) -> Iterator[Path]:
    """The files of the paths; those in a folder, and those that match a pattern, are sorted.

    In folders only `.ipynb` files count: a text file may be anything, or the pair of a notebook.
    A path without a file is kept, so that it is named when it cannot be read.
    """
    for path in paths:
        if path.is_dir():
            found = path.rglob("*.ipynb")
            yield from sorted(it for it in found if ".ipynb_checkpoints" not in it.parts)
        elif is_pattern(path) and (matches := sorted(glob(str(path), recursive=True))):
            yield from notebook_files(map(Path, matches))
        else:
            yield path


def shown(path: Path) -> str:
    """The path as it can be printed: its name need not be valid UTF-8."""
    return str(path).encode("utf-8", "replace").decode()


def is_pattern(path: Path) -> bool:
    """Whether the path is a pattern that the shell did not expand, and no file has this name."""
    return has_magic(str(path)) and not path.exists()
