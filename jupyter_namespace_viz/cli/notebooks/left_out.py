"""Which folders and files does a search for notebooks leave out?

Those that linters leave out: environments, what tools and builds make, and what Git ignores.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

FOLDERS = frozenset(
    """
    .bzr .cache .direnv .eggs .git .hg .ipynb_checkpoints .jj .mypy_cache .nox .pixi .pyenv
    .pytest_cache .ruff_cache .svn .tox .venv .virtual_documents .vscode __pycache__
    __pypackages__ _build build dist node_modules site-packages venv
    """.split()
)
"""Folders of these names are left out, and virtual environments of any name."""


class LeftOut:
    """What a search of the folder `top` leaves out; `exclude` has the user's own patterns, which
    are written as in a .gitignore file and start in the current folder.

    `top` itself was named, and is searched even where it would be left out below another folder.
    """

    def __init__(self, top: Path, exclude: Iterable[str]) -> None:
        self._top = _absolute(top)
        self._here = Path.cwd()
        self._excluded = _rules(exclude)
        self._ignored_from = self._top
        repository = _repository_of(self._top)
        if repository is not None and not any(
            _is_ignored(folder, repository, is_folder=True)
            for folder in (self._top, *self._top.parents)
            if folder.is_relative_to(repository) and folder != repository
        ):
            self._ignored_from = repository

    def folder(self, folder: Path) -> bool:
        """Whether a folder directly below one that is searched is left out."""
        path = _absolute(folder)
        return (
            path.name in FOLDERS
            or (path / "pyvenv.cfg").is_file()
            or self._is_excluded(path, is_folder=True)
            or _is_ignored(path, self._ignored_from, is_folder=True)
        )

    def file(self, file: Path) -> bool:
        """Whether a file in a folder that is searched is left out."""
        path = _absolute(file)
        return self._is_excluded(path) or _is_ignored(path, self._ignored_from)

    def below(self, path: Path) -> bool:
        """Whether a file or folder is left out, or a folder between it and `top`."""
        parents = list(_absolute(path).parents)
        between = parents[: parents.index(self._top)] if self._top in parents else []
        is_left_out = self.folder if path.is_dir() else self.file
        return is_left_out(path) or any(map(self.folder, between))

    def _is_excluded(self, path: Path, is_folder: bool = False) -> bool:
        is_below = path.is_relative_to(self._here)
        name = path.relative_to(self._here if is_below else path.anchor).as_posix()
        return self._excluded.match_file(name + "/" if is_folder else name)


def _is_ignored(path: Path, upto: Path, is_folder: bool = False) -> bool:
    """Whether the nearest .gitignore file that mentions a path, up to a folder, ignores it."""
    for folder in path.parents:
        if not folder.is_relative_to(upto):
            break
        rules = _rules_in(folder)
        if rules is not None:
            name = path.relative_to(folder).as_posix()
            ignored = rules.check_file(name + "/" if is_folder else name).include
            if ignored is not None:
                return ignored
    return False


@cache
def _rules_in(folder: Path) -> GitIgnoreSpec | None:
    try:
        text = (folder / ".gitignore").read_text(encoding="utf-8", errors="replace")
        return _rules(text.splitlines())
    except (OSError, ValueError):  # there is none, or a pattern is no pattern
        return None


def _rules(lines: Iterable[str]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec  # noqa: PLC0415 - slow to import, and only folders need it

    return GitIgnoreSpec.from_lines(lines)


def _repository_of(folder: Path) -> Path | None:
    return next((it for it in (folder, *folder.parents) if (it / ".git").exists()), None)


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(path))  # not resolved: a link stands where it was named
