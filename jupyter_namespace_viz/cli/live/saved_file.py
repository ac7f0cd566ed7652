"""What does a notebook's file hold, and was it saved again?"""

from __future__ import annotations

from pathlib import Path

from jupyter_namespace_viz.cli.notebooks.notebook_file import (
    NotebookFile,
    UnreadableNotebook,
    read_notebook_file,
)


class SavedFile:
    """A notebook's file; `content` is what was last read of it. Raises UnreadableNotebook."""

    def __init__(self, path: Path) -> None:
        self._path = path
        # Before the file is read, so that a save during the reading is noticed by the next look.
        self._saved_at = _saved_at(path)
        self._is_unreadable = False
        self.content: NotebookFile = read_notebook_file(path)

    def read_if_saved(self) -> bool:
        """Whether `content` is new because the file was saved since the last call.

        Raises UnreadableNotebook where the file cannot be read twice in a row; the first time it
        may be half written.
        """
        saved_at = _saved_at(self._path)
        if saved_at == self._saved_at:
            return False
        try:
            self.content = read_notebook_file(self._path)
        except UnreadableNotebook:
            if self._is_unreadable:
                raise
            self._is_unreadable = True
            return False
        self._saved_at, self._is_unreadable = saved_at, False
        return True


def _saved_at(path: Path) -> int | None:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return None
