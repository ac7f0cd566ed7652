"""Which notebook does a path name, what is its newest text, and which kernel runs it?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path, PurePosixPath
from typing import Any

from jupyter_core.utils import ensure_async
from tornado.web import HTTPError

from jupyter_namespace_viz.agents.errors import Unanswerable
from jupyter_namespace_viz.agents.shared_documents import shared_cells
from jupyter_namespace_viz.core.analysis.cell_names import Cell
from jupyter_namespace_viz.protocol.errors import quoted


@dataclass(frozen=True, slots=True)
class NotebookText:
    """The code cells of a notebook, and the ids of its other cells. `saved_at` is None where the
    text is that of the document which the server shares among browsers. `counts` are the execution
    counts of that document: those of a file may be of another kernel.
    """

    cells: tuple[Cell, ...]
    not_code: frozenset[str]
    saved_at: datetime | None
    counts: Mapping[str, int | None] = field(default_factory=dict)


class OpenNotebooks:
    """The notebooks of one Jupyter server. `root` is its folder; None where it has none.

    `sessions` and `contents` are the server's managers, `settings` those of its web application, in
    which extensions leave what others may use.
    """

    def __init__(
        self, sessions: Any, contents: Any, settings: Mapping[str, Any], root: str | None
    ) -> None:
        self._sessions = sessions
        self._contents = contents
        self._settings = settings
        self._root = None if not root else Path(root).expanduser().resolve()
        self._saved: dict[str, NotebookText] = {}

    def path_of(self, path: str) -> str:
        """The path as the server has it: relative to its root, with slashes between the parts."""
        given = Path(path).expanduser()
        if given.is_absolute() and self._root is not None:
            resolved = given.resolve()
            if resolved.is_relative_to(self._root):
                return resolved.relative_to(self._root).as_posix()
            if not resolved.exists():  # "/a.ipynb", relative to the root
                return path.strip("/")
            raise Unanswerable(
                f"{path} is outside the folder of this Jupyter server, {self._root}. Give a path "
                "in that folder."
            )
        return path.replace("\\", "/").strip("/").removeprefix("./")

    async def kernel_of(self, path: str) -> str | None:
        """The id of the kernel that runs the notebook; None where none does, or where several
        sessions of VS Code have its name."""
        sessions = [
            it
            for it in await ensure_async(self._sessions.list_sessions())
            if it.get("path") and it.get("kernel")
        ]
        kernels: list[tuple[bool, str]] = [
            (session.get("type") == "notebook", session["kernel"]["id"])
            for session in sessions
            if session["path"] == path
        ]
        if kernels:
            return max(kernels, key=lambda it: it[0])[1]
        name = PurePosixPath(path).name
        of_vs_code: list[str] = [
            session["kernel"]["id"]
            for session in sessions
            if VS_CODE in session["path"] and _VS_CODE_SUFFIX.sub("", session["path"]) == name
        ]
        return of_vs_code[0] if len(of_vs_code) == 1 else None

    async def text_of(self, path: str) -> NotebookText:
        """The text of the shared document if there is one, else that of the saved file; raises
        Unanswerable."""
        shared = await shared_cells(self._settings, path)
        return _text_of(shared, None) if shared is not None else await self._saved_text(path)

    async def _saved_text(self, path: str) -> NotebookText:
        """The text of the file, which is read again when it was saved."""
        try:
            model = await ensure_async(self._contents.get(path, content=False))
        except HTTPError as error:
            raise _unreadable(path, str(error.log_message or error)) from error
        if model["type"] == "directory":
            raise _unreadable(path, "it is a folder")
        saved_at = model["last_modified"].astimezone(timezone.utc)
        known = self._saved.get(path)
        if known is not None and known.saved_at == saved_at:
            return known
        try:
            model = await ensure_async(self._contents.get(path, content=True, type="notebook"))
        except HTTPError as error:  # its message may quote the text of any file
            raise _unreadable(path, "its text is not that of a notebook") from error
        text = _text_of(model["content"]["cells"], saved_at)
        if len(self._saved) >= MOST_FILES:
            del self._saved[next(iter(self._saved))]
        self._saved[path] = text
        return text


LONGEST_REASON = 300

MOST_FILES = 16
"""Files whose text is kept until they are saved again."""

VS_CODE = "-jvsc-"
"""What is in the paths of the sessions that VS Code opens for a notebook: its name without its
folder, this and an id."""

_VS_CODE_SUFFIX = re.compile(rf"{VS_CODE}[\w-]+(?=\.ipynb$)")


def _unreadable(path: str, why: str) -> Unanswerable:
    return Unanswerable(
        f"There is no notebook {quoted(path)} that can be read ({why[:LONGEST_REASON]}). "
        "Give its path relative to the root folder of the Jupyter server."
    )


def _text_of(cells: Any, saved_at: datetime | None) -> NotebookText:
    """The text of cells as nbformat describes them; those without an id, or with that of another
    cell, get one."""
    code: dict[str, Cell] = {}
    counts: dict[str, int | None] = {}
    not_code = set()
    for index, cell in enumerate(cells):
        cell_id, is_code = cell.get("id"), cell["cell_type"] == "code"
        if is_code:
            known = cell_id if cell_id and cell_id not in code else f"cell-at-{index}"
            code[known] = Cell(known, _source(cell["source"]))
            count = cell.get("execution_count")
            counts[known] = None if count is None else int(count)  # a document has floats
        elif cell_id:
            not_code.add(cell_id)
    counts = counts if saved_at is None else {}
    return NotebookText(tuple(code.values()), frozenset(not_code), saved_at, counts)


def _source(source: Any) -> str:
    return "".join(source) if isinstance(source, list) else str(source)
