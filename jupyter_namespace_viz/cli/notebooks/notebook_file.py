"""Which cells does a notebook's file hold?"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from jupyter_namespace_viz.cli.notebooks.json_notebook import NoNotebook, parsed_json, source_of
from jupyter_namespace_viz.cli.notebooks.paths import STANDARD_INPUT, is_pattern, shown
from jupyter_namespace_viz.cli.notebooks.text_notebook import (
    UnreadableText,
    is_text_notebook,
    parsed_text,
)
from jupyter_namespace_viz.core.analysis.cell_names import Cell
from jupyter_namespace_viz.environment.regular_files import text_of

MAX_NOTEBOOK_BYTES = 100_000_000
"""Larger files are not read: their JSON alone would take a gigabyte."""

_REMEDY = 'Name a notebook, a folder or a pattern such as "notebooks/**/*.ipynb".'

_VERSIONS = {"python2": "2", "python3": "3"}
"""The Python versions of kernels whose names say it."""


MAY_RAISE = "raises-exception"
"""The tag of cells whose errors are expected."""


class UnreadableNotebook(Exception):
    """A file that is not a notebook; the message names it and says why."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason

    def __str__(self) -> str:
        return f"{shown(self.path)} could not be read as a notebook: {self.reason}"


def unreadable_as_json(notebooks: Iterable[UnreadableNotebook]) -> list[dict[str, str]]:
    """How the JSON of all commands lists the files that could not be read."""
    return [{"path": shown(it.path), "reason": it.reason} for it in notebooks]


def because_of(error: Exception) -> str:
    """The reason where reading failed by a mistake of ours: the other notebooks are read all the
    same."""
    return f"reading it failed ({error!r}). Please report this as a bug."


@dataclass(frozen=True, slots=True)
class NotebookFile:
    """The code cells of a file in document order.

    `cells` have ids that are unique even where those of the file are not; `ids` are those of the
    file, None where a cell has none; `indexes` count all cells of the file from 0. `other_ids` are
    those of the cells that are not code. `language` and its version are those of the kernel, as far
    as the file says. `may_raise` are the ids of the `cells` whose errors are expected: they end no
    Run All. `piped` is the whole text where it came through a pipe, and cannot be read
    again.
    """

    path: Path
    cells: tuple[Cell, ...]
    indexes: tuple[int, ...]
    ids: tuple[str | None, ...]
    other_ids: tuple[str, ...]
    kernel_name: str | None = None
    language: str = "python"
    language_version: str | None = None
    may_raise: frozenset[str] = frozenset()
    piped: str | None = None

    @property
    def is_python(self) -> bool:
        """Whether its cells are read; cells in another language are not."""
        return is_python(self.language)


def is_python(language: str) -> bool:
    """Whether a kernel's language is Python, under any name: `python`, `ipython`, `python3`."""
    return "python" in language


def read_notebook_file(path: Path) -> NotebookFile:
    """The cells of a notebook file of any version, or of a text notebook; raises
    UnreadableNotebook."""
    is_text = is_text_notebook(path)
    try:
        if path == STANDARD_INPUT:
            text = _piped_text()
            return replace(notebook_file_of(path, parsed_json(text), is_text), piped=text)
        text = text_of(path, MAX_NOTEBOOK_BYTES)
        notebook = parsed_text(text, path.suffix) if is_text else parsed_json(text)
        return notebook_file_of(path, notebook, is_text)
    except (UnreadableText, NoNotebook) as error:
        raise UnreadableNotebook(path, str(error)) from error
    except FileNotFoundError as error:
        reason = "no file matches this pattern." if is_pattern(path) else "there is no such file."
        raise UnreadableNotebook(path, f"{reason} {_REMEDY}") from error
    except OSError as error:
        raise UnreadableNotebook(path, error.strerror or str(error)) from error
    except UnicodeDecodeError as error:
        raise UnreadableNotebook(path, "it is not UTF-8 text.") from error
    except RecursionError as error:
        raise UnreadableNotebook(path, "its JSON is nested too deeply.") from error
    except (AssertionError, AttributeError, LookupError, TypeError, ValueError) as error:
        # nbformat's converters fail in many ways on JSON that only looks like a notebook.
        raise UnreadableNotebook(path, f"it is damaged ({error!r}).") from error


def _piped_text() -> str:
    read = sys.stdin.buffer.read(MAX_NOTEBOOK_BYTES + 1)
    if len(read) > MAX_NOTEBOOK_BYTES:
        raise OSError(f"it is larger than {MAX_NOTEBOOK_BYTES / 1e6:,.0f} MB.")
    return read.decode("utf-8")


def notebook_file_of(path: Path, notebook: Any, is_text: bool = False) -> NotebookFile:
    """The cells of a notebook of version 4, whose metadata may hold anything."""
    kernel, language = (
        entry if isinstance(entry, dict) else {}
        for entry in map(notebook["metadata"].get, ("kernelspec", "language_info"))
    )
    cells = notebook["cells"]
    code = [(index, cell) for index, cell in enumerate(cells) if cell["cell_type"] == "code"]
    sources = [source_of(cell) for _, cell in code]
    others = [cell.get("id") for cell in cells if cell["cell_type"] != "code"]
    return NotebookFile(
        path,
        cells=tuple(
            Cell(str(index), source) for (index, _), source in zip(code, sources, strict=True)
        ),
        indexes=tuple(index for index, _ in code),
        # Text notebooks have no ids; jupytext invents some.
        ids=tuple(None if is_text else cell.get("id") for _, cell in code),
        other_ids=tuple(it for it in others if not is_text and _text(it)),
        kernel_name=_text(kernel.get("name")),
        language=(_text(kernel.get("language")) or _text(language.get("name")) or "python").lower(),
        language_version=_text(language.get("version"))
        or _VERSIONS.get(_text(kernel.get("name")) or ""),
        may_raise=frozenset(str(index) for index, cell in code if MAY_RAISE in _tags_of(cell)),
    )


def _tags_of(cell: Any) -> list[Any]:
    metadata = cell.get("metadata")
    tags = metadata.get("tags") if isinstance(metadata, dict) else None
    return tags if isinstance(tags, list) else []


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
